package io.guildhall.domain.payout;

import static io.guildhall.domain.payout.PayoutAccountRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.payout.PayoutAccountCommand.*;
import io.guildhall.domain.payout.PayoutAccountEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** A freelancer's account at the payment provider, with the status that the provider last reported. */
public sealed interface PayoutAccount extends Journalled {
    Aggregate<PayoutAccount, PayoutAccountCommand, PayoutAccountEvent, PayoutAccountRejection> AGGREGATE =
            new Aggregate<>(
                    "payout-account",
                    PayoutAccount.class,
                    PayoutAccountCommand.class,
                    PayoutAccountEvent.class,
                    PayoutAccountRejection.class,
                    new NotOpened(0),
                    PayoutAccount::decide,
                    PayoutAccount::evolve);

    /** @param attempts number of requests that the provider refused */
    record NotOpened(int attempts) implements PayoutAccount {}

    record Opening(String country, int attempt) implements PayoutAccount {}

    record Open(String country, String providerId, PayoutStatus status, String onboardingUrl, Instant asOf)
            implements PayoutAccount {}

    /** Whether its owner can apply for jobs and be paid. */
    default boolean canReceiveTransfers() {
        return switch (this) {
            case NotOpened _, Opening _ -> false;
            case Open a -> a.status == PayoutStatus.VERIFIED;
        };
    }

    default Decision<PayoutAccountEvent, PayoutAccountRejection> decide(PayoutAccountCommand command, Instant now) {
        return switch (this) {
            case NotOpened a ->
                switch (command) {
                    case Request c -> accept(new Requested(c.country(), a.attempts + 1, now));
                    case RecordRefused c when c.attempt() <= a.attempts -> accept();
                    case RecordOpened _, RecordRefused _, RecordStatus _ -> reject(NOT_REQUESTED);
                };
            case Opening a ->
                switch (command) {
                    case Request _ -> accept();
                    case RecordOpened c -> accept(new Opened(c.providerId(), c.status(), c.onboardingUrl(), now));
                    case RecordRefused c when c.attempt() < a.attempt -> accept();
                    case RecordRefused c when c.attempt() > a.attempt -> reject(NOT_REQUESTED);
                    case RecordRefused c -> accept(new Refused(c.error(), now));
                    // The provider's webhook arrived before its response. The webhook is sent again, and the response
                    // has the status as well.
                    case RecordStatus _ -> reject(NOT_OPENED);
                };
            case Open a ->
                switch (command) {
                    case Request _, RecordRefused _ -> accept();
                    case RecordOpened c when c.providerId().equals(a.providerId) -> accept();
                    case RecordOpened _ -> reject(OPENED_AS_ANOTHER);
                    case RecordStatus c when !c.asOf().isAfter(a.asOf) -> accept();
                    case RecordStatus c -> accept(new StatusChanged(c.status(), c.asOf(), now));
                };
        };
    }

    default PayoutAccount evolve(PayoutAccountEvent event) {
        return switch (this) {
            case NotOpened _ ->
                switch (event) {
                    case Requested e -> new Opening(e.country(), e.attempt());
                    case Opened _, Refused _, StatusChanged _ -> throw new CorruptJournalException(this, event);
                };
            case Opening a ->
                switch (event) {
                    case Opened e -> new Open(a.country, e.providerId(), e.status(), e.onboardingUrl(), Instant.EPOCH);
                    case Refused _ -> new NotOpened(a.attempt);
                    case Requested _, StatusChanged _ -> throw new CorruptJournalException(this, event);
                };
            case Open a ->
                switch (event) {
                    case StatusChanged e -> new Open(a.country, a.providerId, e.status(), a.onboardingUrl, e.asOf());
                    case Requested _, Opened _, Refused _ -> throw new CorruptJournalException(this, event);
                };
        };
    }
}
