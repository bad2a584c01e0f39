package io.guildhall.projections.notify;

import static io.guildhall.projections.notify.Notification.About.contract;
import static io.guildhall.projections.notify.Notification.About.job;
import static io.guildhall.projections.notify.NotificationKind.*;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteEvent;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalEvent;
import io.guildhall.domain.review.Review;
import io.guildhall.domain.review.ReviewEvent;
import io.guildhall.domain.savedsearch.SavedSearches;
import io.guildhall.domain.savedsearch.SavedSearchesEvent;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.notify.Notification.About;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who is told what when: from an event to notices, and nothing else. Every channel reads it, so that all of them say the same; what a
 * channel does about a notice, and how often, is its own business, by the notice's id.
 */
public final class NotificationMatrix {
    private NotificationMatrix() {}

    /** What one aggregate's events tell. */
    public record Source<E>(Aggregate<?, ?, E, ?> aggregate, Function<Recorded<E>, List<Notification>> notices) {}

    public static final List<Source<?>> SOURCES = List.of(
            new Source<>(Job.AGGREGATE, NotificationMatrix::ofJob),
            new Source<>(Proposal.AGGREGATE, NotificationMatrix::ofProposal),
            new Source<>(Invite.AGGREGATE, NotificationMatrix::ofInvite),
            new Source<>(Escrow.AGGREGATE, NotificationMatrix::ofEscrow),
            new Source<>(Contract.AGGREGATE, NotificationMatrix::ofContract),
            new Source<>(Review.AGGREGATE, NotificationMatrix::ofReview),
            new Source<>(SavedSearches.AGGREGATE, NotificationMatrix::ofSavedSearches));

    private static List<Notification> ofJob(Recorded<JobEvent> recorded) {
        var about = job(recorded.entityId());
        return switch (recorded.event()) {
            case JobEvent.ProposalReceived e ->
                List.of(notice(
                        recorded,
                        e.at(),
                        e.clientId(),
                        PROPOSAL_RECEIVED,
                        e.title(),
                        "",
                        about.proposal(e.proposalId())));
            case JobEvent.FillingAbandoned e ->
                List.of(notice(
                        recorded,
                        e.at(),
                        e.clientId(),
                        HIRE_REFUSED,
                        e.title(),
                        e.why(),
                        about.proposal(e.proposalId())));
            case JobEvent.PostingEvent _, JobEvent.HiringEvent _, JobEvent.EndEvent _ -> List.of();
        };
    }

    private static List<Notification> ofProposal(Recorded<ProposalEvent> recorded) {
        return switch (recorded.event()) {
            case ProposalEvent.Accepted e ->
                List.of(notice(
                        recorded,
                        e.at(),
                        e.freelancerId(),
                        PROPOSAL_ACCEPTED,
                        e.jobTitle(),
                        "",
                        job(e.jobId()).proposal(recorded.entityId()).drawn(e.contractId())));
            // The event has no title: whoever shows it looks the job up.
            case ProposalEvent.Declined e ->
                List.of(new Notification(
                        Notification.id(recorded, e.freelancerId(), PROPOSAL_DECLINED, e.at()),
                        e.freelancerId(),
                        PROPOSAL_DECLINED,
                        Optional.empty(),
                        e.why().name(),
                        job(e.jobId()).proposal(recorded.entityId()),
                        e.at()));
            // The client hears of a submitted proposal when the job has taken it in.
            case ProposalEvent.SubmissionEvent _, ProposalEvent.WaitingEvent _, ProposalEvent.Withdrawn _ -> List.of();
        };
    }

    private static List<Notification> ofInvite(Recorded<InviteEvent> recorded) {
        var letter = recorded.event().letter();
        return switch (recorded.event()) {
            case InviteEvent.Sent _ -> List.of(notice(recorded, letter.freelancerId(), INVITE_RECEIVED, ""));
            case InviteEvent.Declined e -> List.of(notice(recorded, letter.clientId(), INVITE_DECLINED, e.why()));
            case InviteEvent.Withdrawn _ -> List.of(notice(recorded, letter.freelancerId(), INVITE_WITHDRAWN, ""));
            case InviteEvent.Reminded _ -> List.of(notice(recorded, letter.freelancerId(), INVITE_EXPIRING, ""));
            case InviteEvent.Expired _ ->
                List.of(
                        notice(recorded, letter.clientId(), INVITE_EXPIRED, ""),
                        notice(recorded, letter.freelancerId(), INVITE_EXPIRED, ""));
            case InviteEvent.Refused e ->
                List.of(notice(
                        recorded, letter.freelancerId(), INVITE_REFUSED, e.why().name()));
            // The client hears of it when the contract is there to be paid.
            case InviteEvent.Accepted _ -> List.of();
        };
    }

    private static Notification notice(
            Recorded<InviteEvent> recorded, String recipientId, NotificationKind kind, String detail) {
        var source = recorded.event().letter().source();
        var about = Notification.About.invite(recorded.entityId(), source.jobId());
        return notice(recorded, recorded.event().at(), recipientId, kind, source.title(), detail, about);
    }

    private static List<Notification> ofEscrow(Recorded<EscrowEvent> recorded) {
        return switch (recorded.event()) {
            case EscrowEvent.FundingDeclined e ->
                List.of(notice(recorded, e, e.deal().clientId(), FUNDING_DECLINED, e.code()));
            case EscrowEvent.ActionRequired e ->
                List.of(notice(recorded, e, e.deal().clientId(), FUNDING_NEEDS_YOU, ""));
            case EscrowEvent.MoneyRefunded e ->
                List.of(notice(recorded, e, e.deal().clientId(), MONEY_REFUNDED, ""));
            // Told once, though it is tried, and may fail, many times.
            case EscrowEvent.ReleaseFailed e
            when e.attempt() == 1 -> List.of(notice(recorded, e, e.deal().freelancerId(), PAYOUT_FAILED, e.why()));
            case EscrowEvent.ReleaseFailed _ -> List.of();
            // That money is held or paid is told by the contract: money that came in vain goes back, and only that is
            // told.
            case EscrowEvent.MoneyMoved _, EscrowEvent.CallStep _, EscrowEvent.Opened _, EscrowEvent.CalledOff _ ->
                List.of();
        };
    }

    private static List<Notification> ofContract(Recorded<ContractEvent> recorded) {
        var about = contract(recorded.entityId());
        var deal = recorded.event().deal();
        return switch (recorded.event()) {
            case ContractEvent.MilestoneFunded e ->
                List.of(
                        notice(
                                recorded,
                                e.at(),
                                deal.clientId(),
                                ESCROW_FUNDED,
                                e.title(),
                                "",
                                about.milestone(e.number())),
                        notice(
                                recorded,
                                e.at(),
                                deal.freelancerId(),
                                ESCROW_FUNDED,
                                e.title(),
                                "",
                                about.milestone(e.number())));
            case ContractEvent.WorkSubmitted e ->
                List.of(notice(
                        recorded,
                        e.at(),
                        deal.clientId(),
                        WORK_SUBMITTED,
                        e.title(),
                        e.note(),
                        about.milestone(e.number())));
            case ContractEvent.ChangesRequested e ->
                List.of(notice(
                        recorded,
                        e.at(),
                        deal.freelancerId(),
                        CHANGES_REQUESTED,
                        e.title(),
                        e.note(),
                        about.milestone(e.number())));
            case ContractEvent.MilestonePaid e ->
                List.of(notice(
                        recorded,
                        e.at(),
                        deal.freelancerId(),
                        MILESTONE_PAID,
                        e.title(),
                        "",
                        about.milestone(e.number())));
            case ContractEvent.Cancelled e -> {
                var other = e.by().equals(deal.clientId()) ? deal.freelancerId() : deal.clientId();
                yield List.of(notice(recorded, e.at(), other, CONTRACT_CANCELLED, deal.title(), e.why(), about));
            }
            case ContractEvent.Drawn e
            when deal.inviteId().isPresent() ->
                List.of(notice(recorded, e.at(), deal.clientId(), INVITE_ACCEPTED, deal.title(), "", about));
            // A hire was told by the proposal; acceptance is told when it is paid; completion when the reviews are due.
            case ContractEvent.Drawn _, ContractEvent.MilestoneAccepted _, ContractEvent.Completed _ -> List.of();
        };
    }

    private static List<Notification> ofReview(Recorded<ReviewEvent> recorded) {
        var subject = recorded.event().subject();
        var about = contract(subject.contractId());
        return switch (recorded.event()) {
            case ReviewEvent.Opened e ->
                List.of(notice(recorded, e.at(), subject.authorId(), REVIEW_DUE, subject.title(), "", about));
            case ReviewEvent.Revealed e ->
                List.of(notice(recorded, e.at(), subject.subjectId(), REVIEW_REVEALED, subject.title(), "", about));
            case ReviewEvent.Written _, ReviewEvent.Lapsed _ -> List.of();
        };
    }

    /** Whatever is found is told once to each account, whenever and by however many of its searches it is found. */
    private static List<Notification> ofSavedSearches(Recorded<SavedSearchesEvent> recorded) {
        return switch (recorded.event()) {
            case SavedSearchesEvent.Matched e -> {
                var id = Notification.id(recorded.entityId() + "/" + e.documentId() + "/" + NEW_MATCH, e.listedAt());
                var about = e.kind() == SearchCriteria.Kind.JOB ? job(e.documentId()) : Notification.About.NOTHING;
                yield List.of(new Notification(
                        id,
                        recorded.entityId(),
                        NEW_MATCH,
                        Optional.of(e.title()),
                        e.name(),
                        about.found(e.documentId(), e.searchId()),
                        e.at()));
            }
            case SavedSearchesEvent.EditEvent _ -> List.of();
        };
    }

    private static Notification notice(
            Recorded<?> recorded, EscrowEvent e, String recipientId, NotificationKind kind, String detail) {
        var about = contract(e.deal().contractId()).milestone(e.deal().milestone());
        return notice(recorded, e.at(), recipientId, kind, e.deal().title(), detail, about);
    }

    private static Notification notice(
            Recorded<?> recorded,
            Instant at,
            String recipientId,
            NotificationKind kind,
            String title,
            String detail,
            About about) {
        return new Notification(
                Notification.id(recorded, recipientId, kind, at),
                recipientId,
                kind,
                Optional.of(title),
                detail,
                about,
                at);
    }
}
