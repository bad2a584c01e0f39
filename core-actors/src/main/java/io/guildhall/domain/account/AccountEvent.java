package io.guildhall.domain.account;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.Optional;

/** Events of an account, stored permanently: add new ones, never change existing ones. */
public sealed interface AccountEvent extends Journalled {
    Instant at();

    /** Sessions start, are refreshed or end. */
    sealed interface SessionEvent extends AccountEvent {}

    /** An admin suspends the account or lifts its suspension. */
    sealed interface SuspensionEvent extends AccountEvent {}

    /** The account gains or loses a role or a subscription. */
    sealed interface EntitlementEvent extends AccountEvent {}

    /** The account exists from now on: it has proved that it owns its e-mail address. */
    @JournalName("account.opened")
    record Opened(
            AccountOwner person, @Personal(of = "person.id") String passwordHash, Instant at) implements AccountEvent {}

    /**
     * @param device the user's name for it; empty if it has none
     * @param isNewDevice whether the account had logged in before, but not on this device; the oldest events do not have it
     */
    @JournalName("account.logged-in")
    record LoggedIn(
            String accountId,
            String sessionId,
            String tokenHash,
            @Personal(of = "accountId") String device,
            Optional<Boolean> isNewDevice,
            Instant at)
            implements SessionEvent {}

    @JournalName("account.token-rotated")
    record TokenRotated(String sessionId, String usedHash, String freshHash, Instant at) implements SessionEvent {}

    @JournalName("account.session-ended")
    record SessionEnded(String accountId, String sessionId, Reason why, Instant at) implements SessionEvent {
        public enum Reason {
            LOGGED_OUT,
            TOKEN_REUSED,
            TOO_MANY_DEVICES
        }
    }

    @JournalName("account.all-sessions-ended")
    record AllSessionsEnded(String accountId, Instant at) implements SessionEvent {}

    @JournalName("account.suspended")
    record Suspended(
            String accountId,
            String by,
            @Personal(of = "accountId") String reason,
            Instant at) implements SuspensionEvent {}

    @JournalName("account.suspension-lifted")
    record SuspensionLifted(String accountId, String by, Instant at) implements SuspensionEvent {}

    @JournalName("account.admin-granted")
    record AdminGranted(String accountId, String by, Instant at) implements EntitlementEvent {}

    @JournalName("account.premium-granted")
    record PremiumGranted(String accountId, String by, Instant at) implements EntitlementEvent {}

    @JournalName("account.premium-ended")
    record PremiumEnded(String accountId, String by, Instant at) implements EntitlementEvent {}
}
