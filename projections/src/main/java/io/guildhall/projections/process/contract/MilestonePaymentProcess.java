package io.guildhall.projections.process.contract;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand.MarkFunded;
import io.guildhall.domain.contract.ContractCommand.MarkPaid;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.ContractRejection;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import io.guildhall.projections.process.CommandSender;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Keeps a contract and its escrows in step. Held money marks the milestone as funded, an accepted milestone releases
 * the money, and released money marks the milestone as paid.
 */
public final class MilestonePaymentProcess implements Process {
    private final CommandSender sender;

    public MilestonePaymentProcess(Entities entities) {
        this.sender = new CommandSender(entities);
    }

    @Override
    public String name() {
        return "payout";
    }

    @Override
    public Start start() {
        return Start.beginning();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Contract.AGGREGATE, this::onContractEvent), on(Escrow.AGGREGATE, this::onEscrowEvent));
    }

    private CompletionStage<Void> onContractEvent(Recorded<ContractEvent> recorded) {
        return switch (recorded.event()) {
            case ContractEvent.MilestoneAccepted e ->
                sender.send(
                        recorded,
                        Escrow.AGGREGATE,
                        Escrow.id(recorded.entityId(), e.number()),
                        new EscrowCommand.Release());
            case ContractEvent.MilestoneEvent _,
                    ContractEvent.Created _,
                    ContractEvent.Completed _,
                    ContractEvent.Cancelled _ -> NOTHING;
        };
    }

    private CompletionStage<Void> onEscrowEvent(Recorded<EscrowEvent> recorded) {
        return switch (recorded.event()) {
            case EscrowEvent.MoneyHeld e -> markFunded(recorded, e.deal());
            case EscrowEvent.MoneyReleased e ->
                sender.send(
                        recorded,
                        Contract.AGGREGATE,
                        e.deal().contractId(),
                        new MarkPaid(e.deal().milestone()));
            case EscrowEvent.CallEvent _, EscrowEvent.Opened _, EscrowEvent.Cancelled _, EscrowEvent.MoneyRefunded _ ->
                NOTHING;
        };
    }

    /** Refunds the money if the contract was cancelled in the meantime. */
    private CompletionStage<Void> markFunded(Recorded<?> cause, EscrowDeal deal) {
        var funded = new MarkFunded(deal.milestone());
        return sender.send(
                cause,
                Contract.AGGREGATE,
                deal.contractId(),
                funded,
                rejection -> rejection == ContractRejection.ALREADY_CANCELLED
                        ? sender.send(cause, Escrow.AGGREGATE, cause.entityId(), new EscrowCommand.Cancel())
                        : CommandSender.unexpected(Contract.AGGREGATE, deal.contractId(), funded, rejection));
    }
}
