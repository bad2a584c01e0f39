package io.guildhall.projections.process;

import io.guildhall.domain.hire.Hire;
import io.guildhall.domain.hire.HireCommand;
import io.guildhall.domain.hire.HireSource;
import io.guildhall.domain.hire.HireTerms;
import io.guildhall.domain.invite.InviteDetails;
import io.guildhall.domain.job.JobEvent.FillingStarted;
import io.guildhall.kernel.Correlation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Starts hires. Starting the same hire again has no effect.
 *
 * @param timeLimit from the start of a hire to its deadline
 * @param feeBasisPoints the fee of hires that are older than pinned fees
 */
public record HireStart(CommandSender sender, Duration timeLimit, int feeBasisPoints) {

    /** Starts the hire by a proposal that the client has accepted. Does nothing for an invite, which starts its own hire. */
    public CompletionStage<Void> byProposal(Correlation correlation, String jobId, FillingStarted e) {
        return e.proposalId()
                .map(proposal -> start(
                        correlation,
                        e.contractId(),
                        new HireCommand.Start(
                                HireSource.proposal(proposal, e.revision()),
                                Optional.of(jobId),
                                e.clientId(),
                                e.title(),
                                e.feeBasisPoints().orElse(feeBasisPoints),
                                Optional.empty(),
                                timeLimit)))
                .orElse(CommandSender.NOTHING);
    }

    /**
     * Starts the hire by an invite that the freelancer has accepted.
     *
     * @param fee empty for an acceptance that is older than pinned fees
     */
    public CompletionStage<Void> byInvite(
            Correlation correlation, String inviteId, InviteDetails invite, String contractId, Optional<Integer> fee) {
        var jobId = invite.source().jobId();
        var source = jobId.isPresent()
                ? HireSource.invite(inviteId, invite.number())
                : HireSource.order(inviteId, invite.number());
        var offer = invite.offer();
        return start(
                correlation,
                contractId,
                new HireCommand.Start(
                        source,
                        jobId,
                        invite.clientId(),
                        invite.source().title(),
                        fee.orElse(feeBasisPoints),
                        Optional.of(new HireTerms(invite.freelancerId(), offer.price(), offer.milestones())),
                        timeLimit));
    }

    private CompletionStage<Void> start(Correlation correlation, String contractId, HireCommand.Start command) {
        return sender.send(correlation, Hire.AGGREGATE, contractId, command);
    }
}
