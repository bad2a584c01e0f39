package io.guildhall.projections.process;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.contract.EscrowRules;
import io.guildhall.domain.hire.Hire;
import io.guildhall.domain.hire.HireCommand;
import io.guildhall.domain.hire.HireRejection;
import io.guildhall.domain.hire.HireSource;
import io.guildhall.domain.hire.HireTerms;
import io.guildhall.domain.invite.InviteDetails;
import io.guildhall.domain.job.JobEvent.FillingStarted;
import io.guildhall.kernel.Correlation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Starts hires. Starting the same hire again has no effect; one that has failed is undone again.
 *
 * @param timeLimit from the start of a hire to its deadline
 * @param feeBasisPoints the fee of hires that are older than pinned fees
 * @param rules the escrow rules of the contract, which are pinned now
 */
public record HireStart(Entities entities, Duration timeLimit, int feeBasisPoints, EscrowRules rules) {

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
                                timeLimit,
                                Optional.of(rules))))
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
                        timeLimit,
                        Optional.of(rules)));
    }

    /**
     * A repeated accept can start a hire that failed long ago. Without this, nothing would follow until the deadline.
     */
    private CompletionStage<Void> start(Correlation correlation, String contractId, HireCommand.Start command) {
        return entities.execute(correlation, Hire.AGGREGATE, contractId, command)
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Done<Hire, HireRejection>(Hire.Failed failed) ->
                        new HireUndo(new CommandSender(entities))
                                .undo(correlation, contractId, failed.details(), failed.reason());
                    case Outcome.Done<Hire, HireRejection> _ -> CommandSender.NOTHING;
                    case Outcome.Rejected<Hire, HireRejection>(var rejection) ->
                        CommandSender.unexpected(Hire.AGGREGATE, contractId, command, rejection);
                });
    }
}
