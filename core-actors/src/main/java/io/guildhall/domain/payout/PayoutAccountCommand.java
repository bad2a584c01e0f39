package io.guildhall.domain.payout;

import java.time.Instant;

/** Commands that a payout account accepts. Its entity has the identity of its account. */
public sealed interface PayoutAccountCommand {
    record Request(String country) implements PayoutAccountCommand {}

    /**
     * @param onboardingUrl page of the provider on which the owner verifies their identity
     * @param asOf the provider's time of the last change of the status
     */
    record RecordOpened(String providerId, PayoutStatus status, String onboardingUrl, Instant asOf)
            implements PayoutAccountCommand {}

    /** @param attempt number of the refused request, from 1; a report about an earlier attempt changes nothing */
    record RecordRefused(int attempt, String error) implements PayoutAccountCommand {}

    /**
     * @param asOf the provider's time of the last change of the status; reports arrive in any order, and older ones are
     *     ignored
     */
    record RecordStatus(PayoutStatus status, Instant asOf) implements PayoutAccountCommand {}

    /** A command about the periodic checks of an account that is not verified. */
    sealed interface CheckCommand extends PayoutAccountCommand {}

    /**
     * Ends the checks of the account, and creates a task for an operator.
     *
     * @param status that the last check returned; nothing changes if the account has another status now
     * @param checks the number of checks
     */
    record EndChecks(PayoutStatus status, int checks) implements CheckCommand {}

    /** Checks an account again whose checks have ended. */
    record ResumeChecks() implements CheckCommand {}

    /**
     * The account need not be checked.
     *
     * @param by the operator
     * @param note what the operator found or did
     */
    record DismissChecks(String by, String note) implements CheckCommand {}
}
