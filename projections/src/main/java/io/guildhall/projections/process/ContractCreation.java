package io.guildhall.projections.process;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand.Create;
import io.guildhall.domain.contract.ContractRejection;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.projections.Recorded;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** Creates a contract from agreed terms; creating the same contract again has no effect. */
public record ContractCreation(CommandSender sender) {
    public CompletionStage<Void> create(Recorded<?> cause, String contractId, Deal deal, List<MilestoneTerms> terms) {
        var milestones = IntStream.range(0, terms.size())
                .mapToObj(i -> {
                    var milestone = terms.get(i);
                    return Milestone.pending(i + 1, milestone.title(), milestone.amount(), milestone.days());
                })
                .toList();
        var create = new Create(deal, milestones, Optional.empty());
        return sender.send(cause, Contract.AGGREGATE, contractId, create, rejection -> {
            // The hire started before fees were pinned, and the fee was changed since: that contract stays in force.
            if (rejection == ContractRejection.EXISTS_WITH_OTHER_TERMS) return CommandSender.NOTHING;
            return CommandSender.unexpected(Contract.AGGREGATE, contractId, create, rejection);
        });
    }
}
