package io.guildhall.payment;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.actors.LogContext;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutAccountCommand.RecordStatus;
import io.guildhall.domain.payout.PayoutAccountRejection;
import io.guildhall.domain.payout.PayoutStatus;
import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway;
import io.guildhall.port.PaymentGateway.AccountStatus;
import io.guildhall.port.PaymentGateway.Booking;
import io.guildhall.port.PaymentGateway.Change;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.PaymentResult;
import io.guildhall.port.PaymentGateway.SearchResult;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the payment provider's webhooks. A webhook settles nothing by what it says: it causes the provider to be
 * asked, and the reply is recorded. A webhook that claims a success which the provider denies is a discrepancy, and so is
 * a payment that is recorded as successful and has failed since.
 * Idempotent, and independent of the order. If a stage fails, the webhook must be sent again.
 */
public final class ProviderReports {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderReports.class);

    private final Entities entities;
    private final PaymentGateway gateway;
    private final PaymentRecorder recorder;
    private final DiscrepancyReporter discrepancies;

    public ProviderReports(
            Entities entities, PaymentGateway gateway, PaymentRecorder recorder, DiscrepancyReporter discrepancies) {
        this.entities = entities;
        this.gateway = gateway;
        this.recorder = recorder;
        this.discrepancies = discrepancies;
    }

    public CompletionStage<Void> handle(Correlation correlation, Change change) {
        return switch (change) {
            case Change.PaymentChanged it -> askAboutPayment(correlation, it);
            case Change.AccountChanged it -> updateAccount(correlation, it.account(), it.owner());
            case Change.Other _ -> completedFuture(null);
        };
    }

    /** What recording a booking of the provider has shown. */
    public enum BookingResult {
        /** An event records it now. */
        RECORDED,
        /** It does not fit, which is a discrepancy. */
        DIFFERENT
    }

    /** Records a booking of the provider that no event has recorded, as a webhook about it would have. */
    public CompletionStage<BookingResult> record(Booking booking) {
        PaymentResult claim = booking.isReversal()
                ? new PaymentResult.Declined("reversed")
                : new PaymentResult.Succeeded(booking.reference(), booking.amount());
        return askAboutPayment(
                        Correlation.NONE,
                        new Change.PaymentChanged(booking.movement(), booking.reference(), booking.id(), claim))
                .thenCompose(_ -> entities.state(Discrepancy.AGGREGATE, DiscrepancyReporter.id(booking)))
                .thenApply(it -> it.wasReported() ? BookingResult.DIFFERENT : BookingResult.RECORDED);
    }

    private CompletionStage<Void> askAboutPayment(Correlation correlation, Change.PaymentChanged change) {
        return gateway.retrieve(change.movement(), change.reference()).thenCompose(reply -> switch (reply) {
            case SearchResult.Found found ->
                recorder.record(correlation, change.movement(), found.id(), found.result())
                        .thenCompose(_ -> compare(correlation, change, found));
            case SearchResult.NotFound _ -> reportFalseClaim(correlation, change, Optional.empty());
            case SearchResult.Unreachable it ->
                failedFuture(new IllegalStateException("the provider cannot be asked: " + it.error()));
        });
    }

    /** A claim other than a success can be outdated: only a success that never was is false. */
    private CompletionStage<Void> compare(
            Correlation correlation, Change.PaymentChanged change, SearchResult.Found found) {
        return switch (found.result()) {
            case PaymentResult.Succeeded stated ->
                change.claim().equals(stated) && change.id().equals(found.id())
                        ? completedFuture(null)
                        : reportFalseClaim(correlation, change, Optional.of(stated.amount()));
            case PaymentResult.Declined _ ->
                movedBy(change.reference(), found.id())
                        .thenCompose(moved -> moved.map(amount -> discrepancies.report(
                                        correlation,
                                        Report.Kind.REVERSED,
                                        change.movement(),
                                        found.id(),
                                        new PaymentResult.Succeeded(change.reference(), amount)))
                                .orElseGet(() -> reportFalseClaim(correlation, change, Optional.empty())));
            case PaymentResult.ActionRequired _ -> reportFalseClaim(correlation, change, Optional.empty());
            case PaymentResult.Pending _, PaymentResult.Unknown _ ->
                change.claim() instanceof PaymentResult.Succeeded
                        ? failedFuture(new IllegalStateException(
                                "the provider has not settled " + change.reference() + " yet"))
                        : completedFuture(null);
        };
    }

    /** The amount that is recorded as moved by a payment which the provider now states to have failed. */
    private CompletionStage<Optional<Money>> movedBy(String reference, InstructionId id) {
        return Ids.isWellFormed(Discrepancy.PREFIX, id.subject())
                ? entities.state(Discrepancy.AGGREGATE, id.subject()).thenApply(it -> it.returnedBy(reference))
                : entities.state(Escrow.AGGREGATE, id.subject()).thenApply(it -> it.movedBy(reference));
    }

    private CompletionStage<Void> reportFalseClaim(
            Correlation correlation, Change.PaymentChanged change, Optional<Money> stated) {
        return change.claim() instanceof PaymentResult.Succeeded claim
                ? discrepancies.reportFalseWebhook(correlation, change.movement(), change.id(), claim, stated)
                : completedFuture(null);
    }

    /** Records the current status of an account. It is read from the provider, since webhooks can be outdated. */
    public CompletionStage<Void> updateAccount(Correlation correlation, String account, String owner) {
        return gateway.accountState(account)
                .thenCompose(state -> state.map(it -> record(
                                correlation, account, owner, new RecordStatus(toPayoutStatus(it.status()), it.asOf())))
                        .orElse(completedFuture(null)));
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
            case NOT_REQUESTED, DIFFERENT_PROVIDER_ACCOUNT -> {
                try (var _ = LogContext.open(correlation)) {
                    LOG.error(
                            "The provider reports the account {} for {}, which did not request it; ignoring it",
                            account,
                            owner);
                }
                yield completedFuture(null);
            }
        };
    }

    public static PayoutStatus toPayoutStatus(AccountStatus status) {
        return switch (status) {
            case PENDING -> PayoutStatus.PENDING;
            case VERIFIED -> PayoutStatus.VERIFIED;
            case RESTRICTED -> PayoutStatus.RESTRICTED;
        };
    }
}
