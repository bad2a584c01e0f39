package io.guildhall.domain.payout;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.Optional;

/** Events of a payout account, stored permanently: add new ones, never change existing ones. */
public sealed interface PayoutAccountEvent extends Journalled {
    Instant at();

    /** @param attempt from 1; the idempotency key of the call to the provider is derived from it */
    @JournalName("payout-account.requested")
    record Requested(String country, int attempt, Instant at) implements PayoutAccountEvent {}

    /** @param asOf the provider's time of the status; the oldest events do not have it */
    @JournalName("payout-account.opened")
    record Opened(
            String providerId,
            PayoutStatus status,
            @Personal(erased = Personal.ERASED_URL) String onboardingUrl,
            Optional<Instant> asOf,
            Instant at)
            implements PayoutAccountEvent {}

    @JournalName("payout-account.refused")
    record Refused(@Personal String why, Instant at) implements PayoutAccountEvent {}

    /** @param asOf the provider's time of the status */
    @JournalName("payout-account.status-changed")
    record StatusChanged(PayoutStatus status, Instant asOf, Instant at) implements PayoutAccountEvent {}

    /** Belongs to the periodic checks of an account that is not verified. */
    sealed interface CheckEvent extends PayoutAccountEvent {}

    /**
     * The account was not verified for so long that it is not checked any more. A report of the provider still counts.
     *
     * @param checks the number of checks
     */
    @JournalName("payout-account.checks-ended")
    record ChecksEnded(PayoutStatus status, int checks, Instant at) implements CheckEvent {}

    @JournalName("payout-account.checks-resumed")
    record ChecksResumed(Instant at) implements CheckEvent {}

    /**
     * An operator has decided that the account need not be checked.
     *
     * @param by the operator
     */
    @JournalName("payout-account.checks-dismissed")
    record ChecksDismissed(String by, @Personal String note, Instant at) implements CheckEvent {}
}
