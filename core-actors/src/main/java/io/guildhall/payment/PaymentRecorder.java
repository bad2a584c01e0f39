package io.guildhall.payment;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.actors.LogContext;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowRejection;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutAccountCommand.RecordStatus;
import io.guildhall.domain.payout.PayoutAccountRejection;
import io.guildhall.domain.payout.PayoutStatus;
import io.guildhall.kernel.Correlation;
import io.guildhall.port.PaymentGateway;
import io.guildhall.port.PaymentGateway.AccountStatus;
import io.guildhall.port.PaymentGateway.Change;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.PaymentResult;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends results from the payment provider, whether of a call or of a webhook, to the escrow or payout account that they
 * belong to. Idempotent, and independent of the order. If a stage completes, the result is recorded, or was known
 * before, or was logged for an operator. If it fails, the result must be sent again.
 */
public final class PaymentRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentRecorder.class);

    private final Entities entities;
    private final PaymentGateway gateway;
    private final InstantSource clock;

    public PaymentRecorder(Entities entities, PaymentGateway gateway, InstantSource clock) {
        this.entities = entities;
        this.gateway = gateway;
        this.clock = clock;
    }

    public CompletionStage<Void> record(Correlation correlation, Change change) {
        return switch (change) {
            case Change.ChargeChanged it when isPending(it.result()) -> completedFuture(null);
            case Change.TransferChanged it when isPending(it.result()) -> completedFuture(null);
            case Change.RefundChanged it when isPending(it.result()) -> completedFuture(null);
            case Change.ChargeChanged it -> recordCharge(correlation, it.id(), it.result());
            case Change.TransferChanged it -> recordTransfer(correlation, it.id(), it.result());
            case Change.RefundChanged it -> recordRefund(correlation, it.id(), it.result());
            case Change.AccountChanged it -> updateAccount(correlation, it.account(), it.owner());
            case Change.Other _ -> completedFuture(null);
        };
    }

    /** A webhook about a payment in progress changes nothing. */
    private static boolean isPending(PaymentResult result) {
        return switch (result) {
            case PaymentResult.Pending _, PaymentResult.Unknown _ -> true;
            case PaymentResult.Succeeded _, PaymentResult.Declined _, PaymentResult.ActionRequired _ -> false;
        };
    }

    public CompletionStage<Void> recordCharge(Correlation correlation, InstructionId id, PaymentResult result) {
        return send(
                correlation,
                id,
                switch (result) {
                    case PaymentResult.Succeeded it -> new RecordHeld(id.attempt(), it.reference());
                    case PaymentResult.Declined it -> new RecordDeclined(id.attempt(), it.code());
                    case PaymentResult.ActionRequired it ->
                        new RecordActionRequired(id.attempt(), it.reference(), it.clientSecret());
                    case PaymentResult.Pending _, PaymentResult.Unknown _ -> new RecordChargeUnknown(id.attempt());
                });
    }

    public CompletionStage<Void> recordTransfer(Correlation correlation, InstructionId id, PaymentResult result) {
        return send(
                correlation,
                id,
                switch (result) {
                    case PaymentResult.Succeeded it -> new RecordReleased(id.attempt(), it.reference());
                    case PaymentResult.Declined it -> new RecordReleaseFailed(id.attempt(), it.code());
                    case PaymentResult.ActionRequired _, PaymentResult.Pending _, PaymentResult.Unknown _ ->
                        new RecordReleaseUnknown(id.attempt());
                });
    }

    public CompletionStage<Void> recordRefund(Correlation correlation, InstructionId id, PaymentResult result) {
        return send(
                correlation,
                id,
                switch (result) {
                    case PaymentResult.Succeeded it -> new RecordRefunded(id.attempt(), it.reference());
                    case PaymentResult.Declined it -> new RecordRefundFailed(id.attempt(), it.code());
                    case PaymentResult.ActionRequired _, PaymentResult.Pending _, PaymentResult.Unknown _ ->
                        new RecordRefundUnknown(id.attempt());
                });
    }

    private CompletionStage<Void> send(Correlation correlation, InstructionId id, EscrowCommand command) {
        return entities.execute(correlation, Escrow.AGGREGATE, id.escrow(), command)
                .thenAccept(outcome -> {
                    if (outcome instanceof Outcome.Rejected<Escrow, EscrowRejection>(var reason))
                        reportToOperator(
                                correlation,
                                "the provider reports " + command + " for " + id.key() + ", which the escrow rejects: "
                                        + reason);
                });
    }

    /**
     * Records the current status of an account. It is read from the provider, as of the time before the call, since
     * webhooks can be outdated.
     */
    public CompletionStage<Void> updateAccount(Correlation correlation, String account, String owner) {
        var asOf = clock.instant();
        return gateway.accountStatus(account)
                .thenCompose(status -> status.isEmpty()
                        ? completedFuture(null)
                        : record(correlation, account, owner, new RecordStatus(toPayoutStatus(status.get()), asOf)));
    }

    private CompletionStage<Void> record(Correlation correlation, String account, String owner, RecordStatus command) {
        return entities.execute(correlation, PayoutAccount.AGGREGATE, owner, command)
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Done<PayoutAccount, PayoutAccountRejection> _ -> completedFuture(null);
                    case Outcome.Rejected<PayoutAccount, PayoutAccountRejection> refused ->
                        handleRejection(correlation, account, owner, refused.reason());
                });
    }

    private static CompletionStage<Void> handleRejection(
            Correlation correlation, String account, String owner, PayoutAccountRejection reason) {
        return switch (reason) {
            case NOT_OPENED ->
                failedFuture(new IllegalStateException(
                        "the payout account " + account + " of " + owner + " is not recorded as opened yet"));
            case NOT_REQUESTED, OPENED_AS_ANOTHER -> {
                reportToOperator(
                        correlation,
                        "the provider reports the account " + account + " for " + owner + ", which is rejected: "
                                + reason);
                yield completedFuture(null);
            }
        };
    }

    private static void reportToOperator(Correlation correlation, String problem) {
        try (var _ = LogContext.open(correlation)) {
            LOG.error("An operator must investigate: {}", problem);
        }
    }

    public static PayoutStatus toPayoutStatus(AccountStatus status) {
        return switch (status) {
            case PENDING -> PayoutStatus.PENDING;
            case VERIFIED -> PayoutStatus.VERIFIED;
            case RESTRICTED -> PayoutStatus.RESTRICTED;
        };
    }
}
