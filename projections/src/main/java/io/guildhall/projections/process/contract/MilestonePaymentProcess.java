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
import io.guildhall.projections.process.CommandSender;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Keeps a contract and its escrows in step: money held starts the work, accepted work releases the money, released money pays the milestone. */
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
    public List<On<?>> follows() {
        return List.of(on(Contract.AGGREGATE, this::contract), on(Escrow.AGGREGATE, this::escrow));
    }

    CompletionStage<Void> contract(Recorded<ContractEvent> recorded) {
        return switch (recorded.event()) {
            case ContractEvent.MilestoneAccepted e ->
                sender.send(
                        recorded,
                        Escrow.AGGREGATE,
                        Escrow.id(recorded.entityId(), e.number()),
                        new EscrowCommand.Release());
            case ContractEvent.MilestoneEvent _,
                    ContractEvent.Drawn _,
                    ContractEvent.Completed _,
                    ContractEvent.Cancelled _ -> NOTHING;
        };
    }

    CompletionStage<Void> escrow(Recorded<EscrowEvent> recorded) {
        return switch (recorded.event()) {
            case EscrowEvent.MoneyHeld e -> held(recorded, e.deal());
            case EscrowEvent.MoneyReleased e ->
                sender.send(
                        recorded,
                        Contract.AGGREGATE,
                        e.deal().contractId(),
                        new MarkPaid(e.deal().milestone()));
            case EscrowEvent.CallStep _, EscrowEvent.Opened _, EscrowEvent.CalledOff _, EscrowEvent.MoneyRefunded _ ->
                NOTHING;
        };
    }

    /** A contract that was cancelled meanwhile takes no money: it goes back. */
    private CompletionStage<Void> held(Recorded<?> cause, EscrowDeal deal) {
        var funded = new MarkFunded(deal.milestone());
        return sender.send(
                cause,
                Contract.AGGREGATE,
                deal.contractId(),
                funded,
                refusal -> refusal == ContractRejection.ALREADY_CANCELLED
                        ? sender.send(cause, Escrow.AGGREGATE, cause.entityId(), new EscrowCommand.CallOff())
                        : CommandSender.broken(Contract.AGGREGATE, deal.contractId(), funded, refusal));
    }
}
