package io.guildhall.projections.readmodel.live;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.projections.readmodel.notification.NotificationRow;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.RoomListing;
import java.time.Instant;
import java.util.Optional;

/**
 * One event on a channel.
 *
 * @param offset counts the events of the channel from 1, without gaps; of a room, contract or job it is the sequence
 *     number of the journal's event
 * @param list which of the account's lists has changed; on channels of accounts only
 * @param change empty if the event concerns no client
 */
public record LiveEvent(long offset, Instant at, Optional<AccountList> list, Optional<Change> change) {
    /** The changed resource in its state after the event. */
    public sealed interface Change {
        record MessagePosted(MessageRow message) implements Change {}

        /** @param message in a state after the event: it can include later events */
        record MessageChanged(MessageRow message) implements Change {}

        /** @param isRemoved whether the member can no longer read the room */
        record MemberChanged(String accountId, boolean isRemoved) implements Change {}

        /** The members can only read the room since then. */
        record RoomMadeReadOnly(Instant since) implements Change {}

        record ContractChanged(String id, Contract contract) implements Change {}

        record JobChanged(String id, Job job) implements Change {}

        record ProposalChanged(String id, Proposal proposal) implements Change {}

        record InviteChanged(String id, Invite invite) implements Change {}

        record GigChanged(String id, Gig gig) implements Change {}

        /** @param room in its current state; empty if the account can no longer read it */
        record RoomListed(String roomId, Optional<RoomListing> room) implements Change {}

        record Notified(NotificationRow notification) implements Change {}
    }
}
