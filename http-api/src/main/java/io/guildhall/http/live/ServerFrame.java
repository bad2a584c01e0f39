package io.guildhall.http.live;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.contract.ContractResource;
import io.guildhall.http.route.gig.GigResource;
import io.guildhall.http.route.invite.InviteResource;
import io.guildhall.http.route.job.JobResource;
import io.guildhall.http.route.notification.NotificationEndpoints.NotificationResource;
import io.guildhall.http.route.proposal.ProposalResource;
import io.guildhall.http.route.room.CountersResource;
import io.guildhall.http.route.room.ListedRoomResource;
import io.guildhall.http.route.room.MessageResource;
import io.guildhall.http.route.room.RoomResource.MemberResource;
import io.guildhall.port.Presence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A frame to a client, as JSON with its name in {@code type}. The AsyncAPI document has the summaries, and the descriptions
 * of the components from {@code descriptions.json}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerFrame.Authenticated.class, name = "authenticated"),
    @JsonSubTypes.Type(value = ServerFrame.Subscribed.class, name = "subscribed"),
    @JsonSubTypes.Type(value = ServerFrame.Resync.class, name = "resync"),
    @JsonSubTypes.Type(value = ServerFrame.Unsubscribed.class, name = "unsubscribed"),
    @JsonSubTypes.Type(value = ServerFrame.Failed.class, name = "error"),
    @JsonSubTypes.Type(value = ServerFrame.Pong.class, name = "pong"),
    @JsonSubTypes.Type(value = ServerFrame.Closed.class, name = "closed"),
    @JsonSubTypes.Type(value = ServerFrame.MessageEvent.class, name = "message"),
    @JsonSubTypes.Type(value = ServerFrame.MessageChangedEvent.class, name = "message-changed"),
    @JsonSubTypes.Type(value = ServerFrame.ContractEvent.class, name = "contract"),
    @JsonSubTypes.Type(value = ServerFrame.JobEvent.class, name = "job"),
    @JsonSubTypes.Type(value = ServerFrame.ProposalEvent.class, name = "proposal"),
    @JsonSubTypes.Type(value = ServerFrame.InviteEvent.class, name = "invite"),
    @JsonSubTypes.Type(value = ServerFrame.GigEvent.class, name = "gig"),
    @JsonSubTypes.Type(value = ServerFrame.NotificationEvent.class, name = "notification"),
    @JsonSubTypes.Type(value = ServerFrame.RoomEvent.class, name = "room"),
    @JsonSubTypes.Type(value = ServerFrame.MemberEvent.class, name = "member"),
    @JsonSubTypes.Type(value = ServerFrame.ReadOnlyEvent.class, name = "read-only"),
    @JsonSubTypes.Type(value = ServerFrame.CountersShown.class, name = "counters"),
    @JsonSubTypes.Type(value = ServerFrame.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = ServerFrame.Read.class, name = "read"),
    @JsonSubTypes.Type(value = ServerFrame.Present.class, name = "presence")
})
public sealed interface ServerFrame {
    @Summary("The connection is authenticated until expiresAt, and for a grace period of 60 s after it.")
    record Authenticated(String accountId, Instant expiresAt) implements ServerFrame {}

    @Summary("The client is subscribed. The events after the offset follow.")
    record Subscribed(String channel, String epoch, long offset) implements ServerFrame {}

    @Summary("The client is subscribed, but the events that it has missed cannot be sent. Read the listed paths again.")
    record Resync(String channel, String epoch, long offset, String code, List<String> gets) implements ServerFrame {}

    @Summary("The subscription has ended: code says whether the client requested it or has lost its access.")
    record Unsubscribed(String channel, String code, String detail) implements ServerFrame {}

    @Summary("A frame was refused. The connection stays open.")
    record Failed(String code, String detail, Optional<String> channel, List<Problem.FieldError> errors)
            implements ServerFrame {}

    @Summary("The response to ping.")
    record Pong() implements ServerFrame {}

    @Summary("The last event of a stream of server-sent events. A WebSocket has a close frame instead.")
    record Closed(int code, String reason) implements ServerFrame {}

    /**
     * An event of a channel, with the resource as the API returns it: as it was after the event. It is sent exactly once on
     * each channel, in the order of the offsets, and can be received again after the offset of an earlier one.
     */
    sealed interface Event extends ServerFrame {
        String channel();

        /** Counts the events of the channel. An offset can be missing: then the event concerns no client. */
        long offset();

        Instant at();
    }

    @Summary("A message was sent in a room.")
    record MessageEvent(String channel, long offset, Instant at, MessageResource message) implements Event {}

    @Summary("A message was edited or deleted, or its reactions have changed.")
    record MessageChangedEvent(String channel, long offset, Instant at, MessageResource message) implements Event {}

    @Summary(value = "A contract has changed.", channel = "contract:ctr_01kapz6s4b7n5k2j9f8d1q3w0t")
    record ContractEvent(String channel, long offset, Instant at, Optional<String> list, ContractResource contract)
            implements Event {}

    @Summary(
            value = "A job has changed. Its private content is sent to its client only.",
            channel = "job:job_01kapz5d2w9h7g4t6v8x3c1r0m")
    record JobEvent(String channel, long offset, Instant at, Optional<String> list, JobResource job) implements Event {}

    @Summary(value = "A proposal of yours, or for a job of yours, has changed.", channel = "me")
    record ProposalEvent(String channel, long offset, Instant at, Optional<String> list, ProposalResource proposal)
            implements Event {}

    @Summary(value = "An invite that you have sent or received has changed.", channel = "me")
    record InviteEvent(String channel, long offset, Instant at, Optional<String> list, InviteResource invite)
            implements Event {}

    @Summary(value = "A gig of yours has changed.", channel = "me")
    record GigEvent(String channel, long offset, Instant at, Optional<String> list, GigResource gig) implements Event {}

    @Summary(value = "You have a new notification.", channel = "me")
    record NotificationEvent(
            String channel, long offset, Instant at, Optional<String> list, NotificationResource notification)
            implements Event {}

    @Summary(value = "A room of your list is new or has changed, or you can no longer read it.", channel = "me")
    record RoomEvent(
            String channel,
            long offset,
            Instant at,
            Optional<String> list,
            String roomId,
            Optional<ListedRoomResource> room)
            implements Event {}

    @Summary("An admin has removed a member from the room, or restored the member's access.")
    record MemberEvent(String channel, long offset, Instant at, MemberResource member) implements Event {}

    @Summary(
            "The contract of the room ended some time ago: its members can still read the room, and no longer write in it.")
    record ReadOnlyEvent(String channel, long offset, Instant at, Instant readOnlySince) implements Event {}

    @Summary(
            value = "Your counters: after each subscription to `me`, and when they have changed. Not stored.",
            channel = "me")
    record CountersShown(String channel, CountersResource counters) implements ServerFrame {}

    /** Information that is shown briefly and never stored: it can be lost. */
    sealed interface Ephemeral extends ServerFrame {
        String channel();

        String accountId();
    }

    @Summary("Another member of the room is typing. Not stored.")
    record Typing(String channel, String accountId) implements Ephemeral {}

    @Summary(
            "Another member has read the room up to a message. Not stored; the resource of the room has the read marks of all members.")
    record Read(String channel, String accountId, long number) implements Ephemeral {}

    @Summary("Another member of the room is online, away or offline. Not stored.")
    record Present(String channel, String accountId, Presence.State state, Optional<Instant> lastSeen)
            implements Ephemeral {}
}
