package io.guildhall.domain.account;

/** Commands that an account accepts. Passwords arrive as Argon2id hashes, tokens of devices as SHA-256 hashes. */
public sealed interface AccountCommand {
    /** Opens the account. It has proved that it owns its e-mail address. */
    record Open(AccountOwner person, String passwordHash) implements AccountCommand {}

    /** A command about the sessions of an account. The sessions themselves are not part of it. */
    sealed interface SessionCommand extends AccountCommand {}

    /**
     * A login whose password was checked. It records a new device; on a known one, nothing.
     *
     * @param matchedHash the stored hash that the password matched; the command is rejected if the hash has changed
     *     since
     * @param generation of the account when its hash was read; the command is rejected if all sessions were ended since
     * @param deviceHash SHA-256 of the token of the device
     * @param device the user's name for it, or that of its application
     * @param network such as {@code 203.0.113.0/24}
     */
    record LogIn(String matchedHash, int generation, String deviceHash, String device, String network)
            implements SessionCommand {}

    /** A refresh token of a session was used twice. */
    record ReportReusedToken(String sessionId) implements SessionCommand {}

    /**
     * Ends all sessions, and prevents logins from starting one whose password was checked before.
     *
     * @param generation of the account when the user asked for it: nothing happens if all sessions were ended since
     */
    record LogOutEverywhere(int generation) implements SessionCommand {}

    record Suspend(String by, String reason) implements AccountCommand {}

    record LiftSuspension(String by, String reason) implements AccountCommand {}

    record GrantAdmin(String by, String reason) implements AccountCommand {}

    /** Also ends all sessions, whose access tokens have the role. */
    record RevokeAdmin(String by, String reason) implements AccountCommand {}

    record GrantPremium(String by, String reason) implements AccountCommand {}

    record EndPremium(String by, String reason) implements AccountCommand {}
}
