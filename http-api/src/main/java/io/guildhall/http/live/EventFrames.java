package io.guildhall.http.live;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.guildhall.domain.room.Reaction;
import io.guildhall.http.endpoint.Json;
import io.guildhall.http.route.contract.ContractResource;
import io.guildhall.http.route.gig.GigResource;
import io.guildhall.http.route.invite.InviteResource;
import io.guildhall.http.route.job.JobResource;
import io.guildhall.http.route.notification.NotificationEndpoints.NotificationResource;
import io.guildhall.http.route.profile.NamedUsers;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.http.route.proposal.ProposalResource;
import io.guildhall.http.route.room.ListedRoomResource;
import io.guildhall.http.route.room.MessageResource;
import io.guildhall.http.route.room.RoomResource.MemberResource;
import io.guildhall.projections.readmodel.live.AccountList;
import io.guildhall.projections.readmodel.live.Channel;
import io.guildhall.projections.readmodel.live.LiveEvent;
import io.guildhall.projections.readmodel.live.LiveEvent.Change;
import io.guildhall.projections.readmodel.room.MessageReaction;
import io.guildhall.projections.readmodel.room.MessageRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Writes events of channels as frames: each as JSON once for all subscribers that see the same content. */
final class EventFrames {
    /** An event that can be sent to many clients. */
    static final class Written {
        private final Channel channel;
        private final LiveEvent event;
        private final NamedUsers.Names names;
        private final Map<Object, String> json = new ConcurrentHashMap<>();

        private Written(Channel channel, LiveEvent event, NamedUsers.Names names) {
            this.names = names;
            this.channel = channel;
            this.event = event;
        }

        long offset() {
            return event.offset();
        }

        Optional<Change> change() {
            return event.change();
        }

        /** Empty if the event concerns no client. */
        Optional<String> json(String accountId) {
            return event.change()
                    .map(change -> json.computeIfAbsent(
                            variant(change, accountId),
                            _ -> text(names.write(frame(channel, event, change, accountId)))));
        }
    }

    private EventFrames() {}

    /** Completes with the events in their order, when the names of the users in them are known. */
    static CompletionStage<List<Written>> of(Channel channel, List<LiveEvent> events, NamedUsers users) {
        // Every reader's frame names the same users.
        var frames = events.stream()
                .flatMap(it -> it.change().map(change -> frame(channel, it, change, "")).stream())
                .toList();
        return users.namesIn(frames)
                .thenApply(names -> events.stream()
                        .map(it -> new Written(channel, it, names))
                        .toList());
    }

    static String write(ServerFrame frame) {
        return text(Json.write(frame));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    /**
     * What distinguishes the content for this reader: readers with equal variants see the same frame. The owner of a job
     * sees more of it than others, and the reactions to a message show which are the reader's.
     */
    private static Object variant(Change change, String accountId) {
        return switch (change) {
            case Change.JobChanged(var _, var job) -> job.belongsTo(accountId);
            case Change.MessagePosted(var message) -> reactions(message, accountId);
            case Change.MessageChanged(var message) -> reactions(message, accountId);
            case Change.MemberChanged _,
                    Change.RoomListed _,
                    Change.RoomMadeReadOnly _,
                    Change.ContractChanged _,
                    Change.ProposalChanged _,
                    Change.InviteChanged _,
                    Change.GigChanged _,
                    Change.Notified _ -> true;
        };
    }

    private static Set<Reaction> reactions(MessageRow message, String accountId) {
        return message.reactions().stream()
                .filter(it -> it.accountId().equals(accountId))
                .map(MessageReaction::reaction)
                .collect(toUnmodifiableSet());
    }

    private static ServerFrame.Event frame(Channel channel, LiveEvent event, Change change, String readerId) {
        var name = channel.name();
        var offset = event.offset();
        var at = event.at();
        var list = event.list().flatMap(it -> path(it).or(() -> pathOfJob(change)));
        return switch (change) {
            case Change.MessagePosted(var message) ->
                new ServerFrame.MessageEvent(name, offset, at, MessageResource.forReader(message, readerId));
            case Change.MessageChanged(var message) ->
                new ServerFrame.MessageChangedEvent(name, offset, at, MessageResource.forReader(message, readerId));
            case Change.MemberChanged(var accountId, var isRemoved) ->
                new ServerFrame.MemberEvent(
                        name, offset, at, new MemberResource(UserResource.of(accountId), isRemoved));
            case Change.RoomListed(var id, var room) ->
                new ServerFrame.RoomEvent(name, offset, at, list, id, room.map(ListedRoomResource::from));
            case Change.RoomMadeReadOnly(var since) -> new ServerFrame.ReadOnlyEvent(name, offset, at, since);
            case Change.ContractChanged(var id, var contract) ->
                new ServerFrame.ContractEvent(name, offset, at, list, ContractResource.fromContract(id, contract));
            case Change.JobChanged(var id, var job) ->
                new ServerFrame.JobEvent(
                        name,
                        offset,
                        at,
                        list,
                        job.belongsTo(readerId) ? JobResource.forClient(id, job) : JobResource.forOthers(id, job));
            case Change.ProposalChanged(var id, var proposal) ->
                new ServerFrame.ProposalEvent(name, offset, at, list, ProposalResource.fromProposal(id, proposal));
            case Change.InviteChanged(var id, var invite) ->
                new ServerFrame.InviteEvent(name, offset, at, list, InviteResource.fromInvite(id, invite));
            case Change.GigChanged(var id, var gig) ->
                new ServerFrame.GigEvent(name, offset, at, list, GigResource.fromGig(id, gig));
            case Change.Notified(var notification) ->
                new ServerFrame.NotificationEvent(name, offset, at, list, NotificationResource.fromRow(notification));
        };
    }

    /** The path of a list; empty if there is one for each job. */
    private static Optional<String> path(AccountList list) {
        return switch (list) {
            case RECEIVED_PROPOSALS -> Optional.empty();
            case NOTIFICATIONS -> Optional.of("/api/me/notifications");
            case JOBS -> Optional.of("/api/me/jobs");
            case PROPOSALS -> Optional.of("/api/me/proposals");
            case SENT_INVITES -> Optional.of("/api/me/invites/sent");
            case RECEIVED_INVITES -> Optional.of("/api/me/invites/received");
            case CONTRACTS -> Optional.of("/api/me/contracts");
            case GIGS -> Optional.of("/api/me/gigs");
            case ROOMS -> Optional.of("/api/me/rooms");
        };
    }

    private static Optional<String> pathOfJob(Change change) {
        return change instanceof Change.ProposalChanged(var _, var proposal)
                ? proposal.findBid().map(it -> "/api/jobs/" + it.jobId() + "/proposals")
                : Optional.empty();
    }

    /** The resources to read again after a gap. */
    static List<String> gets(Channel channel) {
        return switch (channel.kind()) {
            case ME ->
                Stream.concat(
                                Stream.of(AccountList.values())
                                        .map(EventFrames::path)
                                        .flatMap(Optional::stream),
                                Stream.of("/api/me/counters"))
                        .toList();
            case ROOM -> List.of("/api/rooms/" + channel.id(), "/api/rooms/" + channel.id() + "/messages");
            case CONTRACT -> List.of("/api/contracts/" + channel.id());
            case JOB -> List.of("/api/jobs/" + channel.id());
        };
    }
}
