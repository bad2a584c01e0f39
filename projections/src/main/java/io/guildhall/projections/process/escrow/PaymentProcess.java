package io.guildhall.projections.process.escrow;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;

import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutAccountEvent;
import io.guildhall.domain.payout.PayoutStatus;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.process.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Every intent to move money, or to open an account for it, becomes a durable row that is due at once; {@link PaymentDeadlines} makes the call.
 * So a provider that is slow or down holds up nothing but the calls themselves, and none is forgotten.
 */
public final class PaymentProcess implements Process {
    private final Schedule schedule;
    private final Duration confirmation;

    /** @param confirmation how long a payer may take to confirm a charge */
    public PaymentProcess(Schedule schedule, Duration confirmation) {
        this.schedule = schedule;
        this.confirmation = confirmation;
    }

    @Override
    public String name() {
        return "payment";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(on(PayoutAccount.AGGREGATE, this::payoutAccount), on(Escrow.AGGREGATE, this::escrow));
    }

    CompletionStage<Void> payoutAccount(Recorded<PayoutAccountEvent> recorded) {
        var account = recorded.entityId();
        return switch (recorded.event()) {
            case PayoutAccountEvent.Requested e ->
                schedule.at(
                        recorded.correlation(),
                        PaymentDeadlines.OPEN_ACCOUNT,
                        account + "/" + e.attempt(),
                        account,
                        e.at());
            case PayoutAccountEvent.Opened e
            when e.status() != PayoutStatus.VERIFIED ->
                schedule.at(recorded.correlation(), PaymentDeadlines.CHECK_ACCOUNT, account, account, e.at());
            case PayoutAccountEvent.StatusChanged e
            when e.status() == PayoutStatus.VERIFIED -> schedule.hasten(PaymentDeadlines.TRANSFER, account + "/");
            case PayoutAccountEvent.Opened _, PayoutAccountEvent.StatusChanged _, PayoutAccountEvent.Refused _ ->
                NOTHING;
        };
    }

    CompletionStage<Void> escrow(Recorded<EscrowEvent> recorded) {
        var escrow = recorded.entityId();
        return switch (recorded.event()) {
            case EscrowEvent.FundingStarted e ->
                schedule.at(
                        recorded.correlation(), PaymentDeadlines.CHARGE, escrow + "/" + e.attempt(), escrow, e.at());
            case EscrowEvent.ActionRequired e ->
                schedule.at(
                        recorded.correlation(),
                        PaymentDeadlines.ABANDON,
                        escrow + "/" + e.attempt(),
                        escrow,
                        e.at().plus(confirmation));
            case EscrowEvent.ReleaseStarted e -> transfer(recorded, e, e.attempt());
            case EscrowEvent.ReleaseRetried e -> transfer(recorded, e, e.attempt());
            case EscrowEvent.RefundStarted e ->
                schedule.at(
                        recorded.correlation(), PaymentDeadlines.REFUND, escrow + "/" + e.attempt(), escrow, e.at());
            // The payer no longer needs to confirm.
            case EscrowEvent.CalledOff _ -> schedule.hasten(PaymentDeadlines.ABANDON, escrow + "/");
            // The deadline that the intent planned stays until the call is settled.
            case EscrowEvent.CallStep _, EscrowEvent.MoneyMoved _, EscrowEvent.Opened _ -> NOTHING;
        };
    }

    /** Under the freelancer's account, so that all of theirs can be tried again once it is verified. */
    private CompletionStage<Void> transfer(Recorded<?> cause, EscrowEvent e, int attempt) {
        var escrow = cause.entityId();
        return schedule.at(
                cause.correlation(),
                PaymentDeadlines.TRANSFER,
                e.deal().freelancerId() + "/" + escrow + "/" + attempt,
                escrow,
                e.at());
    }
}
