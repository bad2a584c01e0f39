package io.guildhall.projections.relay;

import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.review.ReviewEvent;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.projections.Recorded;
import java.util.Optional;

/** Selects the published events of contracts, rooms and reviews. */
final class ContractEvents {
    private ContractEvents() {}

    static Optional<PublishedEvent> ofContract(Recorded<ContractEvent> recorded) {
        var id = recorded.entityId();
        var deal = recorded.event().deal();
        var client = deal.clientId();
        var freelancer = deal.freelancerId();
        return switch (recorded.event()) {
            case ContractEvent.Created e -> Optional.of(created(id, e));
            case ContractEvent.MilestoneFunded e ->
                Optional.of(new PublishedContract.MilestoneFunded(id, client, freelancer, e.number(), e.amount()));
            case ContractEvent.WorkSubmitted e ->
                Optional.of(new PublishedContract.WorkSubmitted(id, client, freelancer, e.number()));
            case ContractEvent.ChangesRequested e ->
                Optional.of(new PublishedContract.ChangesRequested(id, client, freelancer, e.number()));
            case ContractEvent.MilestoneAccepted e ->
                Optional.of(
                        new PublishedContract.MilestoneAccepted(id, client, freelancer, e.number(), e.amount(), false));
            case ContractEvent.AcceptedBySilence e ->
                Optional.of(
                        new PublishedContract.MilestoneAccepted(id, client, freelancer, e.number(), e.amount(), true));
            case ContractEvent.MilestonePaid e ->
                Optional.of(new PublishedContract.MilestonePaid(id, client, freelancer, e.number(), e.amount()));
            case ContractEvent.RefundRequested e ->
                Optional.of(new PublishedContract.RefundRequested(
                        id,
                        client,
                        freelancer,
                        e.number(),
                        e.request().by(),
                        e.request().amount()));
            case ContractEvent.RefundDeclined e ->
                Optional.of(new PublishedContract.RefundDeclined(
                        id, client, freelancer, e.number(), e.request().amount()));
            case ContractEvent.RefundWithdrawn e ->
                Optional.of(new PublishedContract.RefundWithdrawn(
                        id, client, freelancer, e.number(), e.request().amount()));
            case ContractEvent.SettlementDecided e ->
                Optional.of(new PublishedContract.SettlementDecided(
                        id,
                        client,
                        freelancer,
                        e.number(),
                        e.decision().method(),
                        e.decision().settlement().refund(),
                        e.decision().settlement().release()));
            case ContractEvent.MilestoneSettled e ->
                Optional.of(new PublishedContract.MilestoneSettled(
                        id,
                        client,
                        freelancer,
                        e.number(),
                        e.decision().settlement().refund(),
                        e.decision().settlement().release()));
            case ContractEvent.ReleaseHeld e ->
                Optional.of(new PublishedContract.ReleaseHeld(id, client, freelancer, e.number(), e.amount()));
            case ContractEvent.ReleaseResumed e ->
                Optional.of(new PublishedContract.ReleaseResumed(id, client, freelancer, e.number(), e.amount()));
            case ContractEvent.Completed _ -> Optional.of(new PublishedContract.Completed(id, client, freelancer));
            case ContractEvent.Cancelled _ -> Optional.of(new PublishedContract.Cancelled(id, client, freelancer));
            // Silence periods are steps inside the system, suspensions are published for the user, and operators settle
            // a stalled release.
            case ContractEvent.SilenceStarted _,
                    ContractEvent.WarningIssued _,
                    ContractEvent.WarningTold _,
                    ContractEvent.ReleaseStalled _,
                    ContractEvent.PartySuspended _,
                    ContractEvent.PartyReinstated _ -> Optional.empty();
        };
    }

    private static PublishedEvent created(String id, ContractEvent.Created event) {
        var deal = event.deal();
        return new PublishedContract.Created(
                id,
                deal.clientId(),
                deal.freelancerId(),
                deal.jobId(),
                deal.proposalId(),
                deal.inviteId(),
                deal.price(),
                deal.feeBasisPoints(),
                event.milestones().stream()
                        .map(it -> new PublishedContract.Milestone(it.number(), it.amount(), it.days()))
                        .toList());
    }

    static Optional<PublishedEvent> ofReview(Recorded<ReviewEvent> recorded) {
        return switch (recorded.event()) {
            case ReviewEvent.Revealed e ->
                Optional.of(new PublishedContract.ReviewRevealed(
                        recorded.entityId(),
                        e.subject().contractId(),
                        e.subject().authorId(),
                        e.subject().subjectId(),
                        e.ratings().overall(),
                        e.ratings().quality(),
                        e.ratings().communication(),
                        e.ratings().timeliness(),
                        e.ratings().professionalism()));
            // Reviews are sealed until they are revealed.
            case ReviewEvent.Opened _, ReviewEvent.Written _, ReviewEvent.Lapsed _ -> Optional.empty();
        };
    }

    /** Private to the parties. */
    static Optional<PublishedEvent> ofRoom(Recorded<RoomEvent> recorded) {
        return switch (recorded.event()) {
            case RoomEvent.Opened _,
                    RoomEvent.ConversationOpened _,
                    RoomEvent.PairEvent _,
                    RoomEvent.MessageEvent _,
                    RoomEvent.MadeReadOnly _,
                    RoomEvent.MemberEvent _ -> Optional.empty();
        };
    }
}
