package io.guildhall.domain.account;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** Everything that can have happened to an account. Journalled for ever: change only by adding. */
public sealed interface AccountEvent extends Journalled {
    Instant at();

    /** Also when somebody registers again before the e-mail is verified: the last one counts, earlier links are void. */
    @JournalName("account.registered")
    record Registered(Person person, String passwordHash, String nonce, Instant at) implements AccountEvent {}

    @JournalName("account.verified")
    record Verified(Person person, Instant at) implements AccountEvent {}

    /** Somebody tried to register an e-mail that has an account; its owner is told by mail, the other is told nothing. */
    @JournalName("account.registration-repeated")
    record RegistrationRepeated(Person person, Instant at) implements AccountEvent {}

    @JournalName("account.logged-in")
    record LoggedIn(String accountId, String sessionId, String tokenHash, String device, Instant at)
            implements AccountEvent {}

    @JournalName("account.token-rotated")
    record TokenRotated(String sessionId, String usedHash, String freshHash, Instant at) implements AccountEvent {}

    @JournalName("account.session-ended")
    record SessionEnded(String accountId, String sessionId, Why why, Instant at) implements AccountEvent {
        public enum Why {
            LOGGED_OUT,
            TOKEN_REUSED,
            TOO_MANY_DEVICES
        }
    }

    @JournalName("account.all-sessions-ended")
    record AllSessionsEnded(String accountId, Instant at) implements AccountEvent {}

    @JournalName("account.suspended")
    record Suspended(String accountId, String by, String reason, Instant at) implements AccountEvent {}

    @JournalName("account.suspension-lifted")
    record SuspensionLifted(String accountId, String by, Instant at) implements AccountEvent {}

    @JournalName("account.admin-granted")
    record AdminGranted(String accountId, String by, Instant at) implements AccountEvent {}

    @JournalName("account.premium-granted")
    record PremiumGranted(String accountId, String by, Instant at) implements AccountEvent {}

    @JournalName("account.premium-ended")
    record PremiumEnded(String accountId, String by, Instant at) implements AccountEvent {}
}
