package io.guildhall.http.live;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.room.Room;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.AggregateReader;
import io.guildhall.http.route.PublicPages;
import io.guildhall.http.route.job.ReadableJobs;
import io.guildhall.http.route.room.VisibleMembers;
import io.guildhall.projections.readmodel.live.Channel;
import io.guildhall.projections.readmodel.live.LiveEvent.Change;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** Decides who can subscribe to a channel: everyone who can read the resource that it is about. */
final class ChannelAccess {
    /**
     * @param members of a room who see each other's presence and typing; none while one of them blocks the other
     * @param isDoubtful whether it must be checked again, because an account was suspended
     */
    record Grant(Set<String> members, BooleanSupplier isDoubtful) {
        static final Grant CERTAIN = new Grant(Set.of(), () -> false);
    }

    private final AggregateReader<Room> rooms;
    private final AggregateReader<Contract> contracts;
    private final ReadableJobs jobs;
    private final VisibleMembers visibleMembers;

    ChannelAccess(Entities entities, PublicPages pages) {
        this.rooms = new AggregateReader<>(entities, Room.AGGREGATE);
        this.contracts = new AggregateReader<>(entities, Contract.AGGREGATE);
        this.jobs = new ReadableJobs(entities, pages);
        this.visibleMembers = new VisibleMembers(entities);
    }

    /** @throws Problem 404 (in the stage) if the caller cannot read the channel's resource */
    CompletionStage<Grant> check(Channel channel, Caller caller) {
        return switch (channel.kind()) {
            case ME ->
                channel.id().equals(caller.id())
                        ? completedFuture(Grant.CERTAIN)
                        : failedFuture(AggregateApi.notFound());
            case ROOM ->
                rooms.read(channel.id(), it -> it.isVisibleTo(caller.id()))
                        .thenCompose(room -> visibleMembers.of(room, caller.id()))
                        .thenApply(members -> new Grant(members, () -> false));
            case CONTRACT ->
                contracts.read(channel.id(), it -> it.isVisibleTo(caller.id())).thenApply(_ -> Grant.CERTAIN);
            case JOB ->
                jobs.read(channel.id(), Optional.of(caller))
                        .thenApply(job -> jobs.isPublic(job, Optional.of(caller))
                                ? new Grant(Set.of(), () -> !jobs.isPublic(job, Optional.of(caller)))
                                : Grant.CERTAIN);
        };
    }

    /**
     * Whether the caller can read an event's resource in its state after the event. An event can be older than the access
     * to its channel: a job was a draft of its client before it was published.
     */
    boolean isVisible(Optional<Change> change, Caller caller) {
        if (change.isEmpty()) return true;
        return switch (change.get()) {
            case Change.ContractChanged(var _, var contract) -> contract.isVisibleTo(caller.id());
            case Change.JobChanged(var _, var job) -> job.isVisibleTo(Optional.of(caller.id()));
            case Change.MemberChanged(var accountId, var isRemoved) -> !isRemoved || !accountId.equals(caller.id());
            case Change.MessagePosted _,
                    Change.RoomMadeReadOnly _,
                    Change.MessageChanged _,
                    Change.ProposalChanged _,
                    Change.InviteChanged _,
                    Change.GigChanged _,
                    Change.RoomListed _,
                    Change.Notified _ -> true;
        };
    }
}
