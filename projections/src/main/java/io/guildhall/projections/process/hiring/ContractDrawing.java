package io.guildhall.projections.process.hiring;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand.Draw;
import io.guildhall.domain.contract.ContractRejection;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.process.CommandSender;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** Draws a contract from what was agreed, once. */
public record ContractDrawing(CommandSender sender) {
    public CompletionStage<Void> draw(Recorded<?> cause, String contractId, Deal deal, List<MilestoneTerms> parts) {
        var milestones = IntStream.range(0, parts.size())
                .mapToObj(i -> {
                    var part = parts.get(i);
                    return Milestone.pending(i + 1, part.title(), part.amount(), part.days());
                })
                .toList();
        var draw = new Draw(deal, milestones);
        return sender.send(cause, Contract.AGGREGATE, contractId, draw, refusal -> {
            // Drawn before, under the fee that held then: that one stands.
            if (refusal == ContractRejection.DRAWN_OTHERWISE) return CommandSender.NOTHING;
            return CommandSender.broken(Contract.AGGREGATE, contractId, draw, refusal);
        });
    }
}
