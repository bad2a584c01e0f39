package io.guildhall.domain.email;

import io.guildhall.domain.account.AccountOwner;
import java.time.Instant;
import java.util.Optional;

/** Commands about the ownership of an e-mail address. Passwords arrive as Argon2id hashes. */
public sealed interface EmailCommand {
    /**
     * @param person the account that is opened when the address is verified
     * @param nonce part of the link in the verification e-mail, which proves that the caller has received the e-mail
     */
    record Register(AccountOwner person, String passwordHash, String nonce) implements EmailCommand {}

    /**
     * Gives the address to one of its registrations.
     *
     * @param nonce of the link; proves that the caller receives the e-mails of the address
     * @param matchedHash the stored hash that the caller's password matched, which tells whose registration it is;
     *     required if there are several registrations
     */
    record Verify(String nonce, Optional<String> matchedHash) implements EmailCommand {}

    /**
     * Reserves the address for an account that changes to it.
     *
     * @param email as the user typed it
     * @param nonce part of the link in the e-mail to the address
     */
    record Reserve(String accountId, String email, String nonce) implements EmailCommand {}

    /** Gives the address to the account that has reserved it with this nonce. */
    record Confirm(String nonce) implements EmailCommand {}

    /** The account has changed to another address. It can change back until this time. */
    record Keep(String accountId, Instant until) implements EmailCommand {}

    /** The account changes back to this address. */
    record Restore(String accountId) implements EmailCommand {}

    /** The account gives the address up. Anybody can register it. */
    record Release(String accountId) implements EmailCommand {}
}
