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
import io.guildhall.port.PaymentGateway.Answer;
import io.guildhall.port.PaymentGateway.News;
import io.guildhall.port.PaymentGateway.Purpose;
import io.guildhall.port.PaymentGateway.Standing;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what the payment provider says, asked or of its own accord, to the escrow or payout account that it concerns. Harmless twice and in
 * any order. A stage that completes means: recorded, or known before, or shown to an operator; one that fails wants to be told again.
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

    public CompletionStage<Void> hear(Correlation correlation, News news) {
        return switch (news) {
            case News.OfCharge of when isOpen(of.answer()) -> completedFuture(null);
            case News.OfTransfer of when isOpen(of.answer()) -> completedFuture(null);
            case News.OfRefund of when isOpen(of.answer()) -> completedFuture(null);
            case News.OfCharge of -> charge(correlation, of.purpose(), of.answer());
            case News.OfTransfer of -> transfer(correlation, of.purpose(), of.answer());
            case News.OfRefund of -> refund(correlation, of.purpose(), of.answer());
            case News.OfAccount of -> account(correlation, of.account(), of.owner());
            case News.Other _ -> completedFuture(null);
        };
    }

    /** That something is still under way is no news of itself. */
    private static boolean isOpen(Answer answer) {
        return switch (answer) {
            case Answer.Pending _, Answer.Unknown _ -> true;
            case Answer.Succeeded _, Answer.Declined _, Answer.ActionRequired _ -> false;
        };
    }

    public CompletionStage<Void> charge(Correlation correlation, Purpose purpose, Answer answer) {
        return tell(
                correlation,
                purpose,
                switch (answer) {
                    case Answer.Succeeded it -> new RecordHeld(purpose.attempt(), it.reference());
                    case Answer.Declined it -> new RecordDeclined(purpose.attempt(), it.code());
                    case Answer.ActionRequired it ->
                        new RecordActionRequired(purpose.attempt(), it.reference(), it.clientSecret());
                    case Answer.Pending _, Answer.Unknown _ -> new RecordChargeUnknown(purpose.attempt());
                });
    }

    public CompletionStage<Void> transfer(Correlation correlation, Purpose purpose, Answer answer) {
        return tell(
                correlation,
                purpose,
                switch (answer) {
                    case Answer.Succeeded it -> new RecordReleased(purpose.attempt(), it.reference());
                    case Answer.Declined it -> new RecordReleaseFailed(purpose.attempt(), it.code());
                    case Answer.ActionRequired _, Answer.Pending _, Answer.Unknown _ ->
                        new RecordReleaseUnknown(purpose.attempt());
                });
    }

    public CompletionStage<Void> refund(Correlation correlation, Purpose purpose, Answer answer) {
        return tell(
                correlation,
                purpose,
                switch (answer) {
                    case Answer.Succeeded it -> new RecordRefunded(purpose.attempt(), it.reference());
                    case Answer.Declined it -> new RecordRefundFailed(purpose.attempt(), it.code());
                    case Answer.ActionRequired _, Answer.Pending _, Answer.Unknown _ ->
                        new RecordRefundUnknown(purpose.attempt());
                });
    }

    private CompletionStage<Void> tell(Correlation correlation, Purpose purpose, EscrowCommand command) {
        return entities.execute(correlation, Escrow.AGGREGATE, purpose.escrow(), command)
                .thenAccept(outcome -> {
                    if (outcome instanceof Outcome.Refused<Escrow, EscrowRejection>(var reason))
                        mustBeLookedAt(
                                correlation,
                                "the provider says " + command + " of " + purpose.key()
                                        + ", and the escrow refuses it: " + reason);
                });
    }

    /** Asks how the account stands, since what an event says of it may be outdated; as of the moment before asking. */
    public CompletionStage<Void> account(Correlation correlation, String account, String owner) {
        var asOf = clock.instant();
        return gateway.standing(account)
                .thenCompose(standing -> standing.isEmpty()
                        ? completedFuture(null)
                        : record(correlation, account, owner, new RecordStatus(status(standing.get()), asOf)));
    }

    private CompletionStage<Void> record(Correlation correlation, String account, String owner, RecordStatus command) {
        return entities.execute(correlation, PayoutAccount.AGGREGATE, owner, command)
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Done<PayoutAccount, PayoutAccountRejection> _ -> completedFuture(null);
                    case Outcome.Refused<PayoutAccount, PayoutAccountRejection> refused ->
                        early(correlation, account, owner, refused.reason());
                });
    }

    private static CompletionStage<Void> early(
            Correlation correlation, String account, String owner, PayoutAccountRejection refusal) {
        return switch (refusal) {
            case NOT_OPENED ->
                failedFuture(new IllegalStateException(account + " of " + owner + " is not yet recorded as opened"));
            case NOT_REQUESTED, OPENED_AS_ANOTHER -> {
                mustBeLookedAt(
                        correlation, "the provider has an account " + account + " for " + owner + ": " + refusal);
                yield completedFuture(null);
            }
        };
    }

    private static void mustBeLookedAt(Correlation correlation, String what) {
        try (var _ = LogContext.of(correlation)) {
            LOG.error("an operator must look: {}", what);
        }
    }

    public static PayoutStatus status(Standing standing) {
        return switch (standing) {
            case PENDING -> PayoutStatus.PENDING;
            case VERIFIED -> PayoutStatus.VERIFIED;
            case RESTRICTED -> PayoutStatus.RESTRICTED;
        };
    }
}
