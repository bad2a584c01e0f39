package io.guildhall.domain.account;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.Optional;

/** Events of an account, stored permanently: add new ones, never change existing ones. */
public sealed interface AccountEvent extends Journalled {
    Instant at();

    /** A login on a new device, or the end of sessions. */
    sealed interface SessionEvent extends AccountEvent {}

    /** An admin suspends the account or lifts its suspension. The oldest events have no reason. */
    sealed interface SuspensionEvent extends AccountEvent {}

    /** The account gains or loses a role or a subscription. The oldest events have no reason. */
    sealed interface EntitlementEvent extends AccountEvent {}

    /** The account exists from now on: it has proved that it owns its e-mail address. */
    @JournalName("account.opened")
    record Opened(
            AccountOwner person, @Personal(of = "person.id") String passwordHash, Instant at) implements AccountEvent {}

    /**
     * The first login on a device.
     *
     * @param deviceHash SHA-256 of the token of the device
     * @param device the user's name for it, or that of its application
     * @param network such as {@code 203.0.113.0/24}
     * @param isFirst whether it is the first login of the account
     */
    @JournalName("account.device-added")
    record DeviceAdded(
            String accountId,
            String deviceHash,
            @Personal(of = "accountId") String device,
            @Personal(of = "accountId") String network,
            boolean isFirst,
            Instant at)
            implements SessionEvent {}

    /** A refresh token of the session was used twice and may be stolen. The session has ended. */
    @JournalName("account.token-reused")
    record TokenReused(String accountId, String sessionId, Instant at) implements SessionEvent {}

    /** @param generation how often all sessions of the account were ended, including this time */
    @JournalName("account.all-sessions-ended")
    record AllSessionsEnded(String accountId, int generation, Instant at) implements SessionEvent {}

    @JournalName("account.suspended")
    record Suspended(
            String accountId,
            String by,
            @Personal(of = "accountId") String reason,
            Instant at) implements SuspensionEvent {}

    @JournalName("account.suspension-lifted")
    record SuspensionLifted(
            String accountId,
            String by,
            @Personal(of = "accountId") Optional<String> reason,
            Instant at) implements SuspensionEvent {}

    @JournalName("account.admin-granted")
    record AdminGranted(
            String accountId,
            String by,
            @Personal(of = "accountId") Optional<String> reason,
            Instant at) implements EntitlementEvent {}

    @JournalName("account.admin-revoked")
    record AdminRevoked(
            String accountId,
            String by,
            @Personal(of = "accountId") String reason,
            Instant at) implements EntitlementEvent {}

    @JournalName("account.premium-granted")
    record PremiumGranted(
            String accountId,
            String by,
            @Personal(of = "accountId") Optional<String> reason,
            Instant at) implements EntitlementEvent {}

    @JournalName("account.premium-ended")
    record PremiumEnded(
            String accountId,
            String by,
            @Personal(of = "accountId") Optional<String> reason,
            Instant at) implements EntitlementEvent {}
}
