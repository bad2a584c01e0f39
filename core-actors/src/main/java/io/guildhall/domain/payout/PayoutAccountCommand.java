package io.guildhall.domain.payout;

import java.time.Instant;

/** Everything one may ask of a payout account, whose entity has its account's identity. */
public sealed interface PayoutAccountCommand {
    record Request(String country) implements PayoutAccountCommand {}

    /** @param onboardingUrl where its owner shows the provider who they are */
    record RecordOpened(String providerId, PayoutStatus status, String onboardingUrl) implements PayoutAccountCommand {}

    /** @param attempt that was refused: of an earlier one nothing new is learnt */
    record RecordRefused(int attempt, String why) implements PayoutAccountCommand {}

    /** @param asOf when it was so at the provider: notices may arrive late and in any order, only a newer one counts */
    record RecordStatus(PayoutStatus status, Instant asOf) implements PayoutAccountCommand {}
}
