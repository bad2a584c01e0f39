package io.guildhall.projections.process;

import static io.guildhall.projections.process.CommandSender.NOTHING;

import io.guildhall.domain.hire.HireDetails;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteCommand;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.kernel.Correlation;
import java.util.concurrent.CompletionStage;

/** Undoes failed hires. Undoing the same hire again has no effect. */
public record HireUndo(CommandSender sender) {
    /**
     * Reports the failed hire to the proposal or invite, and then to the job: while the job is in filling, the deadline
     * can repeat reports that were lost.
     *
     * @param reason a code
     */
    public CompletionStage<Void> undo(Correlation correlation, String contractId, HireDetails hire, String reason) {
        var id = hire.source().id();
        var told = switch (hire.source().kind()) {
            case PROPOSAL ->
                sender.send(correlation, Proposal.AGGREGATE, id, new ProposalCommand.Reinstate(contractId, reason));
            case INVITE, ORDER ->
                sender.send(
                        correlation,
                        Invite.AGGREGATE,
                        id,
                        new InviteCommand.Refuse(contractId, AcceptanceFailure.fromCode(reason)));
        };
        return told.thenCompose(_ -> hire.jobId()
                .map(job -> abandon(correlation, job, contractId, reason))
                .orElse(NOTHING));
    }

    private CompletionStage<Void> abandon(Correlation correlation, String jobId, String contractId, String reason) {
        var abandon = new JobCommand.AbandonHire(contractId, reason);
        return sender.send(correlation, Job.AGGREGATE, jobId, abandon, rejection -> switch (rejection) {
            // The hire was already undone, or never filled this job. The job may be in another hire by now.
            case DIFFERENT_HIRE, NOT_OPEN -> NOTHING;
            case NOT_POSTED,
                    NOT_YOURS,
                    ALREADY_POSTED,
                    INVALID_BUDGET,
                    REVISION_MISMATCH,
                    BEING_FILLED,
                    OTHER_CURRENCY,
                    CURRENCY_FIXED,
                    CALLER_SUSPENDED,
                    COUNTERPART_SUSPENDED -> CommandSender.unexpected(Job.AGGREGATE, jobId, abandon, rejection);
        });
    }
}
