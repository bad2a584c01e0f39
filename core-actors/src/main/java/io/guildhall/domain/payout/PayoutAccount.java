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
import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
                            PayoutAccount::evolve)
                    .ownedBy((accountId, _) -> List.of(accountId));

    /** @param attempts number of requests that the provider refused */
    record NotOpened(int attempts) implements PayoutAccount {}

    record Opening(String country, int attempt) implements PayoutAccount {}

    /**
     * @param asOf the provider's time of the status
     * @param waitsForOperator whether the account is not verified, and is not checked any more
     */
    record Open(
            String country,
            String providerId,
            PayoutStatus status,
            @Personal(erased = Personal.ERASED_URL) String onboardingUrl,
            Instant asOf,
            boolean waitsForOperator)
            implements PayoutAccount {
        private Open with(boolean waits) {
            return new Open(country, providerId, status, onboardingUrl, asOf, waits);
        }

        private Decision<PayoutAccountEvent, PayoutAccountRejection> decide(CheckCommand command, Instant now) {
            return switch (command) {
                case EndChecks end ->
                    waitsForOperator || status == PayoutStatus.VERIFIED || status != end.status()
                            ? accept()
                            : accept(new ChecksEnded(status, end.checks(), now));
                case ResumeChecks _ -> waitsForOperator ? accept(new ChecksResumed(now)) : accept();
                case DismissChecks dismiss ->
                    waitsForOperator ? accept(new ChecksDismissed(dismiss.by(), dismiss.note(), now)) : accept();
            };
        }
    }

    /** Whether its owner can apply for jobs and be paid. */
    default boolean canReceiveTransfers() {
        return switch (this) {
            case NotOpened _, Opening _ -> false;
            case Open open -> open.status == PayoutStatus.VERIFIED;
        };
    }

    default Decision<PayoutAccountEvent, PayoutAccountRejection> decide(PayoutAccountCommand command, Instant now) {
        return switch (this) {
            case NotOpened notOpened ->
                switch (command) {
                    case Request request -> accept(new Requested(request.country(), notOpened.attempts + 1, now));
                    case RecordRefused recordRefused when recordRefused.attempt() <= notOpened.attempts -> accept();
                    case RecordOpened _, RecordRefused _, RecordStatus _, CheckCommand _ -> reject(NOT_REQUESTED);
                };
            case Opening opening ->
                switch (command) {
                    case Request _ -> accept();
                    case RecordOpened recordOpened ->
                        accept(new Opened(
                                recordOpened.providerId(),
                                recordOpened.status(),
                                recordOpened.onboardingUrl(),
                                Optional.of(recordOpened.asOf()),
                                now));
                    case RecordRefused recordRefused when recordRefused.attempt() < opening.attempt -> accept();
                    case RecordRefused recordRefused
                    when recordRefused.attempt() > opening.attempt -> reject(NOT_REQUESTED);
                    case RecordRefused recordRefused -> accept(new Refused(recordRefused.error(), now));
                    // The provider's webhook arrived before its response. The webhook is sent again, and the response
                    // has the status as well.
                    case RecordStatus _, CheckCommand _ -> reject(NOT_OPENED);
                };
            case Open open ->
                switch (command) {
                    case Request _, RecordRefused _ -> accept();
                    case CheckCommand check -> open.decide(check, now);
                    case RecordOpened recordOpened
                    when recordOpened.providerId().equals(open.providerId) -> accept();
                    case RecordOpened _ -> reject(DIFFERENT_PROVIDER_ACCOUNT);
                    case RecordStatus recordStatus when recordStatus.status() == open.status -> accept();
                    case RecordStatus recordStatus when !recordStatus.asOf().isAfter(open.asOf) -> accept();
                    case RecordStatus recordStatus ->
                        accept(new StatusChanged(recordStatus.status(), recordStatus.asOf(), now));
                };
        };
    }

    default PayoutAccount evolve(PayoutAccountEvent event) {
        return switch (this) {
            case NotOpened _ ->
                switch (event) {
                    case Requested requested -> new Opening(requested.country(), requested.attempt());
                    case Opened _, Refused _, StatusChanged _, CheckEvent _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Opening opening ->
                switch (event) {
                    case Opened opened ->
                        new Open(
                                opening.country,
                                opened.providerId(),
                                opened.status(),
                                opened.onboardingUrl(),
                                opened.asOf().orElse(Instant.EPOCH),
                                false);
                    case Refused _ -> new NotOpened(opening.attempt);
                    case Requested _, StatusChanged _, CheckEvent _ -> throw new CorruptJournalException(this, event);
                };
            case Open open ->
                switch (event) {
                    case StatusChanged statusChanged ->
                        new Open(
                                open.country,
                                open.providerId,
                                statusChanged.status(),
                                open.onboardingUrl,
                                statusChanged.asOf(),
                                false);
                    case ChecksEnded _ -> open.with(true);
                    case ChecksResumed _, ChecksDismissed _ -> open.with(false);
                    case Requested _, Opened _, Refused _ -> throw new CorruptJournalException(this, event);
                };
        };
    }
}
