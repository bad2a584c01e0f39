package io.guildhall.domain.email;

import io.guildhall.domain.account.AccountOwner;
import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;

/** Events of an e-mail address, stored permanently: add new ones, never change existing ones. */
public sealed interface EmailEvent extends Journalled {
    Instant at();

    /** Users register with the address, up to its verification. */
    sealed interface RegistrationEvent extends EmailEvent {}

    /** An account changes to the address, or from it. */
    sealed interface ChangeEvent extends EmailEvent {}

    /** @param isMailed whether an e-mail with the link is sent; false if the address got one a short time before */
    @JournalName("email.registered")
    record Registered(
            AccountOwner person,
            @Personal(of = "person.id") String passwordHash,
            String nonce,
            boolean isMailed,
            Instant at)
            implements RegistrationEvent {}

    /**
     * The address belongs to the account of this registration, which is opened now.
     *
     * @param nonce of the link that was followed
     */
    @JournalName("email.verified")
    record Verified(
            AccountOwner person, @Personal(of = "person.id") String passwordHash, String nonce, Instant at)
            implements RegistrationEvent {}

    /**
     * Somebody tried to register or to reserve an address that belongs to an account. Its owner is notified by mail;
     * the other user learns nothing.
     *
     * @param email as the owner typed it
     */
    @JournalName("email.registration-repeated")
    record RegistrationRepeated(
            String accountId,

            @Personal(of = "accountId", erased = Personal.ERASED_EMAIL)
            String email,

            String nonce,
            Instant at)
            implements RegistrationEvent {}

    /**
     * A registration or reservation without an effect and without an e-mail. It is recorded so that each registration
     * writes one event, whether the address has an account or not: the response time does not tell.
     */
    @JournalName("email.request-ignored")
    record RequestIgnored(String nonce, Instant at) implements RegistrationEvent {}

    @JournalName("email.reserved")
    record Reserved(
            String accountId,

            @Personal(of = "accountId", erased = Personal.ERASED_EMAIL)
            String email,

            String nonce,
            Instant at)
            implements ChangeEvent {}

    /** The address belongs to the account that had reserved it. */
    @JournalName("email.confirmed")
    record Confirmed(
            String accountId,

            @Personal(of = "accountId", erased = Personal.ERASED_EMAIL)
            String email,

            String nonce,
            Instant at)
            implements ChangeEvent {}

    /** @param until the time up to which the account can change back to the address */
    @JournalName("email.kept")
    record Kept(String accountId, Instant until, Instant at) implements ChangeEvent {}

    @JournalName("email.restored")
    record Restored(
            String accountId,

            @Personal(of = "accountId", erased = Personal.ERASED_EMAIL)
            String email,

            Instant at) implements ChangeEvent {}

    @JournalName("email.released")
    record Released(String accountId, Instant at) implements ChangeEvent {}
}
