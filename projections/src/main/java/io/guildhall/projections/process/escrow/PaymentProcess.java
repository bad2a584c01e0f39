package io.guildhall.projections.process.escrow;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;
import static io.guildhall.projections.process.CommandSender.sequentially;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyEvent;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutAccountEvent;
import io.guildhall.domain.payout.PayoutStatus;
import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Schedule;
import io.guildhall.projections.Start;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Turns each recorded intent to move money, or to open a payout account, into a deadline that is due immediately;
 * {@link PaymentDeadlines} makes the call. A slow or unavailable provider delays only these calls, and no call is lost.
 */
public final class PaymentProcess implements Process {
    private final Schedule schedule;
    private final PaymentDeadlines deadlines;
    private final Duration confirmationWindow;

    /** @param confirmationWindow how long a payer can take to confirm a charge */
    public PaymentProcess(Schedule schedule, PaymentDeadlines deadlines, Duration confirmationWindow) {
        this.schedule = schedule;
        this.deadlines = deadlines;
        this.confirmationWindow = confirmationWindow;
    }

    @Override
    public String name() {
        return "payment";
    }

    @Override
    public Start start() {
        return Start.beginning();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(
                on(PayoutAccount.AGGREGATE, this::onPayoutAccountEvent),
                on(Escrow.AGGREGATE, this::onEscrowEvent),
                on(Contract.AGGREGATE, this::onContractEvent),
                on(Discrepancy.AGGREGATE, this::onDiscrepancyEvent));
    }

    @Override
    public Map<DeadlineKind, DeadlineHandler> deadlines() {
        return deadlines.handlers();
    }

    private CompletionStage<Void> onPayoutAccountEvent(Recorded<PayoutAccountEvent> recorded) {
        var account = recorded.entityId();
        return switch (recorded.event()) {
            case PayoutAccountEvent.Requested e ->
                schedule.plan(
                        recorded.correlation(), PaymentDeadlines.OPEN_ACCOUNT.forEntity(account, e.attempt()), e.at());
            case PayoutAccountEvent.Opened e
            when e.status() != PayoutStatus.VERIFIED ->
                schedule.plan(recorded.correlation(), PaymentDeadlines.CHECK_ACCOUNT.forEntity(account), e.at());
            case PayoutAccountEvent.Opened _ -> retryTransfers(account);
            case PayoutAccountEvent.StatusChanged e -> {
                var checked = schedule.plan(
                        recorded.correlation(), PaymentDeadlines.CHECK_ACCOUNT.forEntity(account), e.at());
                yield e.status() == PayoutStatus.VERIFIED ? checked.thenCompose(_ -> retryTransfers(account)) : checked;
            }
            case PayoutAccountEvent.ChecksResumed e ->
                schedule.plan(recorded.correlation(), PaymentDeadlines.CHECK_ACCOUNT.forEntity(account), e.at());
            case PayoutAccountEvent.Refused _, PayoutAccountEvent.ChecksEnded _, PayoutAccountEvent.ChecksDismissed _ ->
                NOTHING;
        };
    }

    private CompletionStage<Void> retryTransfers(String account) {
        return schedule.makeGroupDue(PaymentDeadlines.TRANSFER, account);
    }

    private CompletionStage<Void> onDiscrepancyEvent(Recorded<DiscrepancyEvent> recorded) {
        var discrepancy = recorded.entityId();
        return switch (recorded.event()) {
            case DiscrepancyEvent.ReturnStarted e ->
                schedule.plan(
                        recorded.correlation(),
                        PaymentDeadlines.RETURN_SURPLUS.forEntity(discrepancy, e.attempt()),
                        e.at());
            case DiscrepancyEvent.Reported _,
                    DiscrepancyEvent.ReturnStep _,
                    DiscrepancyEvent.Returned _,
                    DiscrepancyEvent.Closed _ -> NOTHING;
        };
    }

    private CompletionStage<Void> onEscrowEvent(Recorded<EscrowEvent> recorded) {
        var escrow = recorded.entityId();
        return switch (recorded.event()) {
            case EscrowEvent.FundingStarted e ->
                schedule.plan(recorded.correlation(), PaymentDeadlines.CHARGE.forEntity(escrow, e.attempt()), e.at());
            // The charge is checked immediately: it may not be confirmed any more.
            case EscrowEvent.ActionRequired e ->
                schedule.plan(
                                recorded.correlation(),
                                PaymentDeadlines.ABANDON_CHARGE.forEntity(escrow, e.attempt()),
                                e.at().plus(confirmationWindow))
                        .thenCompose(_ -> schedule.makeDue(PaymentDeadlines.CHARGE, escrow));
            case EscrowEvent.ReleaseStarted e -> planTransfer(recorded, e, e.attempt());
            case EscrowEvent.ReleaseRetried e -> planTransfer(recorded, e, e.attempt());
            case EscrowEvent.RefundStarted e ->
                schedule.plan(recorded.correlation(), PaymentDeadlines.REFUND.forEntity(escrow, e.attempt()), e.at());
            // The payer no longer needs to confirm this charge. A newer one has its own deadline.
            case EscrowEvent.FundingDropped e ->
                schedule.plan(
                        recorded.correlation(), PaymentDeadlines.ABANDON_CHARGE.forEntity(escrow, e.attempt()), e.at());
            case EscrowEvent.Cancelled _ -> schedule.makeDue(PaymentDeadlines.ABANDON_CHARGE, escrow);
            // The deadline of a stalled call waits to be made due. It finds that the call has ended, and ends too.
            case EscrowEvent.ReleaseAbandoned _, EscrowEvent.ReleaseSettledOutside _ ->
                schedule.makeDue(PaymentDeadlines.TRANSFER, escrow);
            case EscrowEvent.RefundSettledOutside _, EscrowEvent.SplitRedirected _ ->
                schedule.makeDue(PaymentDeadlines.REFUND, escrow);
            // The deadline that the intent planned stays until the call is settled.
            case EscrowEvent.CallEvent _, EscrowEvent.MoneyEvent _, EscrowEvent.SplitEvent _, EscrowEvent.Opened _ ->
                NOTHING;
        };
    }

    /**
     * Checks the waiting calls. Reading the event again changes nothing: each call decides when it runs what it is
     * allowed to do.
     */
    private CompletionStage<Void> onContractEvent(Recorded<ContractEvent> recorded) {
        return switch (recorded.event()) {
            case ContractEvent.PartySuspended e ->
                sequentially(
                        IntStream.rangeClosed(1, e.milestones()).boxed().toList(),
                        number -> schedule.makeDue(PaymentDeadlines.CHARGE, Escrow.id(recorded.entityId(), number)));
            case ContractEvent.ReleaseResumed e -> checkTransfer(recorded, e);
            case ContractEvent.SettlementDecided e -> checkTransfer(recorded, e);
            case ContractEvent.MilestoneEvent _,
                    ContractEvent.PartyReinstated _,
                    ContractEvent.Created _,
                    ContractEvent.Completed _,
                    ContractEvent.Cancelled _ -> NOTHING;
        };
    }

    private CompletionStage<Void> checkTransfer(Recorded<?> cause, ContractEvent.MilestoneEvent e) {
        return schedule.makeDue(PaymentDeadlines.TRANSFER, Escrow.id(cause.entityId(), e.number()));
    }

    /** All transfers to a freelancer are a group, so that they can be retried once the payout account is verified. */
    private CompletionStage<Void> planTransfer(Recorded<?> cause, EscrowEvent e, int attempt) {
        return schedule.plan(
                cause.correlation(),
                PaymentDeadlines.TRANSFER.forEntity(cause.entityId(), attempt),
                e.deal().freelancerId(),
                e.at());
    }
}
