package io.guildhall.projections.process.contract;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.ContractCommand.HoldRelease;
import io.guildhall.domain.contract.ContractCommand.MarkFunded;
import io.guildhall.domain.contract.ContractCommand.MarkPaid;
import io.guildhall.domain.contract.ContractCommand.MarkReleaseStalled;
import io.guildhall.domain.contract.ContractCommand.MarkSettled;
import io.guildhall.domain.contract.ContractCommand.RecordRedirect;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.ContractRejection;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.domain.escrow.EscrowRejection;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import io.guildhall.projections.process.CommandSender;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Keeps a contract and its escrows in step. Held money marks the milestone as funded. An accepted milestone releases the
 * money, and a settlement refunds or splits it. Money that has moved marks the milestone as paid or settled.
 */
public final class MilestonePaymentProcess implements Process {
    private final Entities entities;
    private final CommandSender sender;

    public MilestonePaymentProcess(Entities entities) {
        this.entities = entities;
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
            case ContractEvent.MilestoneAccepted e -> release(recorded, e);
            case ContractEvent.AcceptedBySilence e -> release(recorded, e);
            case ContractEvent.ReleaseResumed e -> release(recorded, e);
            case ContractEvent.SettlementDecided e -> settle(recorded, e);
            case ContractEvent.MilestoneEvent _,
                    ContractEvent.StandingEvent _,
                    ContractEvent.Created _,
                    ContractEvent.Completed _,
                    ContractEvent.Cancelled _ -> NOTHING;
        };
    }

    private CompletionStage<Void> onEscrowEvent(Recorded<EscrowEvent> recorded) {
        return switch (recorded.event()) {
            case EscrowEvent.MoneyHeld e -> markFunded(recorded, e.deal());
            case EscrowEvent.MoneyReleased e
            when e.releasesAll() ->
                sendToContract(recorded, e.deal(), new MarkPaid(e.deal().milestone()));
            case EscrowEvent.MoneyRefunded e
            when e.part().isEmpty() ->
                sendToContract(recorded, e.deal(), new MarkSettled(e.deal().milestone()));
            case EscrowEvent.ReleaseStalled e
            when e.why().equals(Escrow.SUSPENDED) ->
                sendToContract(recorded, e.deal(), new HoldRelease(e.deal().milestone()));
            case EscrowEvent.ReleaseStalled e
            when e.part().isEmpty() ->
                sendToContract(
                        recorded, e.deal(), new MarkReleaseStalled(e.deal().milestone()));
            case EscrowEvent.ReleaseSettledOutside e
            when e.part().isEmpty() ->
                sendToContract(recorded, e.deal(), new MarkPaid(e.deal().milestone()));
            case EscrowEvent.RefundSettledOutside e
            when e.part().isEmpty() ->
                sendToContract(recorded, e.deal(), new MarkSettled(e.deal().milestone()));
            case EscrowEvent.SplitCompleted e ->
                sendToContract(recorded, e.deal(), new MarkSettled(e.deal().milestone()));
            case EscrowEvent.SplitRedirected e ->
                sendToContract(
                        recorded,
                        e.deal(),
                        new RecordRedirect(e.deal().milestone(), e.settlement(), e.by(), e.reason()));
            // The two parts of a split.
            case EscrowEvent.MoneyReleased _, EscrowEvent.MoneyRefunded _, EscrowEvent.OutsideEvent _ -> NOTHING;
            case EscrowEvent.CallEvent _,
                    EscrowEvent.Opened _,
                    EscrowEvent.Cancelled _,
                    EscrowEvent.SplitStarted _,
                    EscrowEvent.SettlementPostponed _ -> NOTHING;
        };
    }

    /**
     * Releases the money if the contract still does: it may hold the release by now, or an admin may have decided
     * otherwise. Neither can happen to a release that was not held before.
     */
    private CompletionStage<Void> release(Recorded<?> cause, ContractEvent.MilestoneEvent e) {
        return entities.state(Contract.AGGREGATE, cause.entityId())
                .thenCompose(contract -> contract.releases(e.number()) ? releaseOrHold(cause, e) : NOTHING);
    }

    /** While the freelancer is suspended, the contract holds the release. */
    private CompletionStage<Void> releaseOrHold(Recorded<?> cause, ContractEvent.MilestoneEvent e) {
        var release = new EscrowCommand.Release();
        var escrow = Escrow.id(cause.entityId(), e.number());
        return sender.send(cause, Escrow.AGGREGATE, escrow, release, rejection -> switch (rejection) {
            case COUNTERPART_SUSPENDED, CALLER_SUSPENDED ->
                sender.send(cause, Contract.AGGREGATE, cause.entityId(), new HoldRelease(e.number()));
            case SETTLED_OTHERWISE, ALREADY_CANCELLED -> NOTHING;
            case NOT_OPENED,
                    EXISTS_WITH_OTHER_TERMS,
                    NOT_YOURS,
                    OTHER_PARTY_ONLY,
                    OWN_CONTRACT,
                    ALREADY_FUNDING,
                    ALREADY_FUNDED,
                    NOT_HELD,
                    NO_SUCH_ATTEMPT,
                    NOT_STALLED,
                    SECOND_PAYMENT,
                    WRONG_AMOUNT,
                    DOES_NOT_ADD_UP -> CommandSender.unexpected(Escrow.AGGREGATE, escrow, release, rejection);
        });
    }

    /** A release that the provider had refused before may have succeeded in the meantime: then the milestone is paid. */
    private CompletionStage<Void> settle(Recorded<?> cause, ContractEvent.SettlementDecided e) {
        var settle = new EscrowCommand.Settle(e.decision().settlement());
        var escrow = Escrow.id(cause.entityId(), e.number());
        return sender.send(
                cause,
                Escrow.AGGREGATE,
                escrow,
                settle,
                rejection -> rejection == EscrowRejection.SETTLED_OTHERWISE
                        ? NOTHING
                        : CommandSender.unexpected(Escrow.AGGREGATE, escrow, settle, rejection));
    }

    private CompletionStage<Void> sendToContract(Recorded<?> cause, EscrowDeal deal, ContractCommand command) {
        return sender.send(cause, Contract.AGGREGATE, deal.contractId(), command);
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
