package io.guildhall.domain.account;

/** Commands that an account accepts. Passwords arrive as Argon2id hashes, tokens as SHA-256 hashes. */
public sealed interface AccountCommand {
    /** Opens the account. It has proved that it owns its e-mail address. */
    record Open(AccountOwner person, String passwordHash) implements AccountCommand {}

    /** A command about a session of an account. */
    sealed interface SessionCommand extends AccountCommand {}

    /**
     * @param matchedHash the stored hash that the password matched; the command is rejected if the hash has changed
     *     since
     */
    record LogIn(String matchedHash, String sessionId, String tokenHash, String device) implements SessionCommand {}

    /**
     * Exchanges a refresh token for a new one. A token that was used before is accepted too, and ends its session: the
     * caller must check whether the session still has the new token.
     */
    record Refresh(String sessionId, String usedHash, String freshHash) implements SessionCommand {}

    record LogOut(String sessionId) implements SessionCommand {}

    record LogOutEverywhere() implements SessionCommand {}

    record Suspend(String by, String reason) implements AccountCommand {}

    record LiftSuspension(String by) implements AccountCommand {}

    record GrantAdmin(String by) implements AccountCommand {}

    record GrantPremium(String by) implements AccountCommand {}

    record EndPremium(String by) implements AccountCommand {}
}
