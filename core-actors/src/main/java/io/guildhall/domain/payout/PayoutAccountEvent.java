package io.guildhall.domain.payout;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
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
    record Opened(String providerId, PayoutStatus status, String onboardingUrl, Optional<Instant> asOf, Instant at)
            implements PayoutAccountEvent {}

    @JournalName("payout-account.refused")
    record Refused(String why, Instant at) implements PayoutAccountEvent {}

    /** @param asOf the provider's time of the status */
    @JournalName("payout-account.status-changed")
    record StatusChanged(PayoutStatus status, Instant asOf, Instant at) implements PayoutAccountEvent {}
}
