package io.guildhall.domain.email;

import static io.guildhall.domain.email.EmailRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.account.AccountOwner;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.email.EmailCommand.*;
import io.guildhall.domain.email.EmailEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.EmailAddress;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import io.guildhall.kernel.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An e-mail address, and the account that owns it. It has at most one owner at a time: two users who register the same
 * address at once get one account, and an account that changes to another address gives its own up.
 *
 * <p>The id of the entity is the {@linkplain #id hash of the address}. It is made of personal data,
 * because the rule that this aggregate enforces is that each address has at most one owner.
 */
public sealed interface Email extends Journalled {
    Aggregate<Email, EmailCommand, EmailEvent, EmailRejection> AGGREGATE = new Aggregate<>(
            "email",
            Email.class,
            EmailCommand.class,
            EmailEvent.class,
            EmailRejection.class,
            Unowned.withoutRequests(),
            Email::decide,
            Email::evolve);

    /** How long the link in an e-mail is valid. */
    Duration LINK_LIFETIME = Duration.ofHours(24);

    /** The shortest time between two e-mails about registrations of an address, and between two about reservations. */
    Duration LINK_MAIL_INTERVAL = Duration.ofMinutes(10);

    /** The shortest time between two e-mails to the owner about repeated registrations. */
    Duration REPEAT_MAIL_INTERVAL = Duration.ofHours(1);

    /**
     * How many registrations, and how many reservations, an address has at a time. More than one network can start in a
     * day, so that a stranger needs several networks to prevent the owner from registering.
     */
    int MAX_PENDING = 12;

    /** The id of the entity of an address: the SHA-256, in hexadecimal, of its canonical form. */
    static String id(EmailAddress address) {
        return Sha256.hex(address.canonical());
    }

    /** @throws io.guildhall.kernel.InvalidTextException if it is not an e-mail address */
    static String id(String address) {
        return id(EmailAddress.parse(address));
    }

    /**
     * A registration whose link was not followed yet.
     *
     * @param isMailed whether an e-mail with the link was sent; otherwise the link of the e-mail before is used
     */
    record Registration(
            AccountOwner person,
            @Personal(of = "person.id") String passwordHash,
            String nonce,
            boolean isMailed,
            Instant at) {
        private boolean isLive(Instant now) {
            return !now.isAfter(at.plus(LINK_LIFETIME));
        }
    }

    /** An account that changes to the address, and whose link was not followed yet. */
    record Reservation(
            String accountId,

            @Personal(of = "accountId", erased = Personal.ERASED_EMAIL)
            String email,

            String nonce,
            Instant at) {
        private boolean isLive(Instant now) {
            return !now.isAfter(at.plus(LINK_LIFETIME));
        }
    }

    /**
     * An address without an owner. Users may have registered with it, and accounts may have reserved it. Whoever
     * receives its e-mails decides, by following a link. Registrations are never removed before they expire: a stranger
     * cannot push out that of the owner.
     *
     * @param registrations at most {@value #MAX_PENDING} that have not expired, newest last
     * @param reservations at most {@value #MAX_PENDING} that have not expired, newest last
     * @param lastNonce of the last registration or reservation
     */
    record Unowned(List<Registration> registrations, List<Reservation> reservations, String lastNonce)
            implements Email {
        static Unowned withoutRequests() {
            return new Unowned(List.of(), List.of(), "");
        }

        /** The registrations whose links have not expired. */
        public List<Registration> registrations(Instant now) {
            return registrations.stream().filter(it -> it.isLive(now)).toList();
        }

        private List<Reservation> reservations(Instant now) {
            return reservations.stream().filter(it -> it.isLive(now)).toList();
        }

        private Decision<EmailEvent, EmailRejection> decideUnowned(EmailCommand command, Instant now) {
            return switch (command) {
                case Register register -> register(register, now);
                case Verify verify -> verify(verify, now);
                case Reserve reserve -> reserve(reserve, now);
                case Confirm confirm ->
                    reservations(now).stream()
                            .filter(it -> it.nonce.equals(confirm.nonce()))
                            .findFirst()
                            .<Decision<EmailEvent, EmailRejection>>map(
                                    it -> accept(new Confirmed(it.accountId, it.email, it.nonce, now)))
                            .orElse(reject(LINK_EXPIRED));
                case Keep _, Restore _ -> reject(NOT_OWNER);
                case Release _ -> accept();
            };
        }

        private Decision<EmailEvent, EmailRejection> register(Register command, Instant now) {
            var live = registrations(now);
            if (live.size() >= MAX_PENDING) return accept(new RequestIgnored(command.nonce(), now));
            // E-mails about reservations do not count: their links open no account.
            boolean isMailed = live.stream().noneMatch(it -> it.isMailed && isPaused(it.at, now));
            return accept(new Registered(command.person(), command.passwordHash(), command.nonce(), isMailed, now));
        }

        /**
         * The link proves that the caller receives the e-mails of the address, not that the registration is the
         * caller's: a stranger may have registered a moment before, and the e-mail of the caller's own registration
         * may be the one that was not sent. So the password decides between several registrations.
         */
        private Decision<EmailEvent, EmailRejection> verify(Verify command, Instant now) {
            var live = registrations(now);
            var ofLink =
                    live.stream().filter(it -> it.nonce.equals(command.nonce())).findFirst();
            if (ofLink.isEmpty()) return reject(LINK_EXPIRED);
            if (command.matchedHash().isEmpty() && live.size() > 1) return reject(PASSWORD_NEEDED);
            return command.matchedHash()
                    .map(hash -> live.stream()
                            .filter(it -> it.passwordHash.equals(hash))
                            .findFirst())
                    .orElse(ofLink)
                    .<Decision<EmailEvent, EmailRejection>>map(
                            it -> accept(new Verified(it.person, it.passwordHash, command.nonce(), now)))
                    .orElse(reject(LINK_EXPIRED));
        }

        private static boolean isPaused(Instant lastMail, Instant now) {
            return now.isBefore(lastMail.plus(LINK_MAIL_INTERVAL));
        }

        private Decision<EmailEvent, EmailRejection> reserve(Reserve command, Instant now) {
            var live = reservations(now);
            if (live.size() >= MAX_PENDING || live.stream().anyMatch(it -> isPaused(it.at, now)))
                return accept(new RequestIgnored(command.nonce(), now));
            return accept(new Reserved(command.accountId(), command.email(), command.nonce(), now));
        }

        private Email apply(EmailEvent event) {
            return switch (event) {
                case Registered it -> with(it);
                case Reserved it -> with(it);
                case Verified it -> new Owned(it.person().id(), it.person().email(), it.nonce(), lastNonce, it.at());
                case Confirmed it -> new Owned(it.accountId(), it.email(), it.nonce(), lastNonce, it.at());
                case RequestIgnored it -> new Unowned(registrations, reservations, it.nonce());
                case RegistrationRepeated _, EmailEvent.Kept _, Restored _, Released _ ->
                    throw new CorruptJournalException(this, event);
            };
        }

        private Unowned with(Registered event) {
            var added =
                    new Registration(event.person(), event.passwordHash(), event.nonce(), event.isMailed(), event.at());
            return new Unowned(
                    Stream.concat(registrations(event.at()).stream(), Stream.of(added))
                            .toList(),
                    reservations(event.at()),
                    event.nonce());
        }

        private Unowned with(Reserved event) {
            var added = new Reservation(event.accountId(), event.email(), event.nonce(), event.at());
            return new Unowned(
                    registrations(event.at()),
                    Stream.concat(reservations(event.at()).stream(), Stream.of(added))
                            .toList(),
                    event.nonce());
        }
    }

    /**
     * @param email as the owner typed it
     * @param linkNonce of the link that made the account the owner
     * @param lastNonce of the last registration or reservation
     * @param nextMailAt the earliest time of the next e-mail about a repeated registration
     */
    record Owned(
            String accountId,

            @Personal(of = "accountId", erased = Personal.ERASED_EMAIL)
            String email,

            String linkNonce,
            String lastNonce,
            Instant nextMailAt)
            implements Email {
        private Decision<EmailEvent, EmailRejection> decideOwned(EmailCommand command, Instant now) {
            return switch (command) {
                case Reserve reserve when reserve.accountId().equals(accountId) -> accept();
                case Register register -> request(register.nonce(), now);
                case Reserve reserve -> request(reserve.nonce(), now);
                // The same link again.
                case Verify verify when verify.nonce().equals(linkNonce) -> accept();
                case Confirm confirm when confirm.nonce().equals(linkNonce) -> accept();
                case Verify _, Confirm _ -> reject(LINK_EXPIRED);
                case Keep keep
                when keep.accountId().equals(accountId) -> accept(new EmailEvent.Kept(accountId, keep.until(), now));
                case Restore restore when restore.accountId().equals(accountId) -> accept();
                case Keep _, Restore _ -> reject(NOT_OWNER);
                case Release release when release.accountId().equals(accountId) -> accept(new Released(accountId, now));
                // Another account owns the address by now.
                case Release _ -> accept();
            };
        }

        private Decision<EmailEvent, EmailRejection> request(String nonce, Instant now) {
            return now.isBefore(nextMailAt)
                    ? accept(new RequestIgnored(nonce, now))
                    : accept(new RegistrationRepeated(accountId, email, nonce, now));
        }

        private Email apply(EmailEvent event) {
            return switch (event) {
                case RegistrationRepeated it ->
                    new Owned(accountId, email, linkNonce, it.nonce(), it.at().plus(REPEAT_MAIL_INTERVAL));
                case RequestIgnored it -> new Owned(accountId, email, linkNonce, it.nonce(), nextMailAt);
                case EmailEvent.Kept it -> new Kept(accountId, email, it.until(), lastNonce);
                case Released _ -> Unowned.withoutRequests();
                case Registered _, Verified _, Reserved _, Confirmed _, Restored _ ->
                    throw new CorruptJournalException(this, event);
            };
        }
    }

    /**
     * The former address of an account that has changed to another one. Nobody else can have it until it is released,
     * and nobody can log in with it.
     *
     * @param email as the owner typed it
     * @param until the account can change back to the address up to this time
     * @param lastNonce of the last registration or reservation
     */
    record Kept(
            String accountId,

            @Personal(of = "accountId", erased = Personal.ERASED_EMAIL)
            String email,

            Instant until,
            String lastNonce)
            implements Email {
        private Decision<EmailEvent, EmailRejection> decideKept(EmailCommand command, Instant now) {
            return switch (command) {
                case Restore restore when !restore.accountId().equals(accountId) -> reject(NOT_OWNER);
                case Restore _ when now.isAfter(until) -> reject(LINK_EXPIRED);
                case Restore _ -> accept(new Restored(accountId, email, now));
                case Register register -> accept(new RequestIgnored(register.nonce(), now));
                case Reserve reserve -> accept(new RequestIgnored(reserve.nonce(), now));
                case Verify _, Confirm _ -> reject(LINK_EXPIRED);
                case Keep keep when keep.accountId().equals(accountId) -> accept();
                case Keep _ -> reject(NOT_OWNER);
                case Release release when release.accountId().equals(accountId) -> accept(new Released(accountId, now));
                case Release _ -> accept();
            };
        }

        private Email apply(EmailEvent event) {
            return switch (event) {
                case Restored it -> new Owned(accountId, email, "", lastNonce, it.at());
                case RequestIgnored it -> new Kept(accountId, email, until, it.nonce());
                case Released _ -> Unowned.withoutRequests();
                case Registered _, Verified _, RegistrationRepeated _, Reserved _, Confirmed _, EmailEvent.Kept _ ->
                    throw new CorruptJournalException(this, event);
            };
        }
    }

    /** The account that can log in with the address. */
    default Optional<String> owner() {
        return switch (this) {
            case Unowned _, Kept _ -> Optional.empty();
            case Owned owned -> Optional.of(owned.accountId);
        };
    }

    /** What does not depend on the phase comes first: these responses do not tell whether the address has an owner. */
    default Decision<EmailEvent, EmailRejection> decide(EmailCommand command, Instant now) {
        return switch (command) {
            case Register register when register.person().roles().isEmpty() -> reject(NO_ROLE);
            case Register register
            when register.person().roles().contains(Role.ADMIN) -> reject(ROLE_NOT_SELF_ASSIGNABLE);
            // A repeated request: one event is enough.
            case Register register when register.nonce().equals(lastNonce()) -> accept();
            case Reserve reserve when reserve.nonce().equals(lastNonce()) -> accept();
            case Register _, Verify _, Reserve _, Confirm _, Keep _, Restore _, Release _ -> handle(command, now);
        };
    }

    private Decision<EmailEvent, EmailRejection> handle(EmailCommand command, Instant now) {
        return switch (this) {
            case Unowned unowned -> unowned.decideUnowned(command, now);
            case Owned owned -> owned.decideOwned(command, now);
            case Kept kept -> kept.decideKept(command, now);
        };
    }

    /** The nonce of the last registration or reservation. */
    String lastNonce();

    default Email evolve(EmailEvent event) {
        return switch (this) {
            case Unowned unowned -> unowned.apply(event);
            case Owned owned -> owned.apply(event);
            case Kept kept -> kept.apply(event);
        };
    }
}
