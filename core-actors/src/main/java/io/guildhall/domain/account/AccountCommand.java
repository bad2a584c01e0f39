package io.guildhall.domain.account;

import java.util.List;

/** Commands that an account accepts. Passwords arrive as Argon2id hashes, tokens as SHA-256 hashes. */
public sealed interface AccountCommand {
    /** @param nonce what the link in the verification mail proves to have received */
    record Register(
            String accountId,
            String email,
            String name,
            String country,
            List<Role> roles,
            String passwordHash,
            String nonce)
            implements AccountCommand {}

    record Verify(String nonce) implements AccountCommand {}

    /** @param provenHash the stored hash that the password was found to match, so that a change in between is noticed */
    record LogIn(String provenHash, String sessionId, String tokenHash, String device) implements AccountCommand {}

    /** Done does not mean good: a token used before ends its session, and the caller must look whether the fresh one is held. */
    record Refresh(String sessionId, String presentedHash, String freshHash) implements AccountCommand {}

    record LogOut(String sessionId) implements AccountCommand {}

    record LogOutEverywhere() implements AccountCommand {}

    record Suspend(String by, String reason) implements AccountCommand {}

    record LiftSuspension(String by) implements AccountCommand {}

    record GrantAdmin(String by) implements AccountCommand {}

    record GrantPremium(String by) implements AccountCommand {}

    record EndPremium(String by) implements AccountCommand {}
}
