package io.guildhall.projections.relay;

import io.guildhall.domain.gig.GigEvent;
import io.guildhall.domain.hire.HireEvent;
import io.guildhall.domain.invite.InviteEvent;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.proposal.ProposalEvent;
import io.guildhall.projections.Recorded;
import java.util.Optional;

/** Selects the published events of jobs, proposals, invites, gigs and hires. */
final class JobEvents {
    private JobEvents() {}

    static Optional<PublishedEvent> ofJob(Recorded<JobEvent> recorded) {
        var id = recorded.entityId();
        return switch (recorded.event()) {
            case JobEvent.Posted e ->
                Optional.of(new PublishedJob.JobPosted(
                        id,
                        e.clientId(),
                        e.details().pay(),
                        e.details().budgetMin(),
                        e.details().budgetMax(),
                        e.details().experienceLevel()));
            case JobEvent.Published _ -> Optional.of(new PublishedJob.JobPublished(id));
            case JobEvent.Edited e ->
                Optional.of(new PublishedJob.JobEdited(
                        id,
                        e.details().pay(),
                        e.details().budgetMin(),
                        e.details().budgetMax(),
                        e.details().experienceLevel()));
            case JobEvent.Hired e ->
                Optional.of(new PublishedJob.JobHired(id, e.contractId(), e.proposalId(), e.inviteId()));
            case JobEvent.Closed _ -> Optional.of(new PublishedJob.JobClosed(id));
            case JobEvent.Completed e -> Optional.of(new PublishedJob.JobCompleted(id, e.contractId()));
            case JobEvent.Cancelled e -> Optional.of(new PublishedJob.JobCancelled(id, e.contractId()));
            // Steps of a hire, whose result is published, and counts of proposals, each of which is published itself.
            case JobEvent.ProposalReceived _,
                    JobEvent.ProposalsCounted _,
                    JobEvent.FillingStarted _,
                    JobEvent.FillingAbandoned _ -> Optional.empty();
        };
    }

    static Optional<PublishedEvent> ofProposal(Recorded<ProposalEvent> recorded) {
        var id = recorded.entityId();
        return switch (recorded.event()) {
            case ProposalEvent.Submitted e -> Optional.of(submitted(id, e, 1));
            case ProposalEvent.Resubmitted e -> Optional.of(submitted(id, e, e.revision()));
            case ProposalEvent.Revised e ->
                Optional.of(new PublishedJob.ProposalRevised(
                        id, e.terms().price(), e.terms().deliveryDays(), e.revision()));
            case ProposalEvent.Shortlisted _ -> Optional.of(new PublishedJob.ProposalShortlisted(id));
            case ProposalEvent.Accepted e ->
                Optional.of(new PublishedJob.ProposalAccepted(
                        id, e.jobId(), e.clientId(), e.freelancerId(), e.contractId(), e.revision()));
            case ProposalEvent.Reinstated e ->
                Optional.of(new PublishedJob.ProposalReinstated(
                        id, e.jobId(), e.clientId(), e.freelancerId(), e.contractId()));
            case ProposalEvent.Declined e ->
                Optional.of(new PublishedJob.ProposalDeclined(id, e.jobId(), e.clientId(), e.freelancerId(), e.why()));
            case ProposalEvent.Withdrawn e ->
                Optional.of(new PublishedJob.ProposalWithdrawn(id, e.jobId(), e.clientId(), e.freelancerId()));
            // Only its freelancer is notified.
            case ProposalEvent.Seen _ -> Optional.empty();
        };
    }

    private static PublishedEvent submitted(String id, ProposalEvent.SubmissionEvent event, long revision) {
        return new PublishedJob.ProposalSubmitted(
                id,
                event.jobId(),
                event.clientId(),
                event.freelancerId(),
                event.terms().price(),
                event.terms().deliveryDays(),
                revision);
    }

    static Optional<PublishedEvent> ofInvite(Recorded<InviteEvent> recorded) {
        var id = recorded.entityId();
        var invite = recorded.event().letter();
        var clientId = invite.clientId();
        var freelancerId = invite.freelancerId();
        return switch (recorded.event()) {
            case InviteEvent.Sent _ ->
                Optional.of(new PublishedJob.InviteSent(
                        id,
                        invite.source().jobId(),
                        invite.source().gigId(),
                        clientId,
                        freelancerId,
                        invite.offer().price(),
                        invite.expiresAt()));
            case InviteEvent.Accepted e ->
                Optional.of(new PublishedJob.InviteAccepted(id, clientId, freelancerId, e.contractId()));
            case InviteEvent.Declined _ -> Optional.of(new PublishedJob.InviteDeclined(id, clientId, freelancerId));
            case InviteEvent.Withdrawn _ -> Optional.of(new PublishedJob.InviteWithdrawn(id, clientId, freelancerId));
            case InviteEvent.Expired _ -> Optional.of(new PublishedJob.InviteExpired(id, clientId, freelancerId));
            case InviteEvent.Refused e ->
                Optional.of(new PublishedJob.InviteRefused(id, clientId, freelancerId, e.contractId(), e.why()));
            // Published as a notification.
            case InviteEvent.Reminded _ -> Optional.empty();
        };
    }

    static Optional<PublishedEvent> ofGig(Recorded<GigEvent> recorded) {
        var id = recorded.entityId();
        return switch (recorded.event()) {
            case GigEvent.Posted e -> Optional.of(new PublishedJob.GigPosted(id, e.freelancerId()));
            case GigEvent.Edited _ -> Optional.of(new PublishedJob.GigEdited(id));
            case GigEvent.Published _ -> Optional.of(new PublishedJob.GigPublished(id));
            case GigEvent.Paused _ -> Optional.of(new PublishedJob.GigPaused(id));
            case GigEvent.Archived _ -> Optional.of(new PublishedJob.GigArchived(id));
        };
    }

    /** Steps inside the system: its job, proposal or invite and its contract are published. */
    static Optional<PublishedEvent> ofHire(Recorded<HireEvent> recorded) {
        return switch (recorded.event()) {
            case HireEvent.Started _, HireEvent.Agreed _, HireEvent.Succeeded _, HireEvent.Failed _ -> Optional.empty();
        };
    }
}
