package io.guildhall.domain.account;

import static io.guildhall.domain.account.AccountRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.account.AccountCommand.*;
import io.guildhall.domain.account.AccountEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A user's identity in the system. An account is unverified until its owner follows the link in the verification e-mail;
 * then it is active or suspended. The id of its entity is the {@link AccountAddress} of its e-mail address.
 */
public sealed interface Account extends Journalled {
    Aggregate<Account, AccountCommand, AccountEvent, AccountRejection> AGGREGATE = new Aggregate<>(
            "account",
            Account.class,
            AccountCommand.class,
            AccountEvent.class,
            AccountRejection.class,
            new NotCreated(),
            Account::decide,
            Account::evolve);

    /** How long the link in a verification e-mail is valid. */
    Duration LINK_LIFETIME = Duration.ofHours(24);

    /** The shortest time between two e-mails about repeated registrations. */
    Duration REPEAT_MAIL_INTERVAL = Duration.ofHours(1);

    record NotCreated() implements Account {
        private Decision<AccountEvent, AccountRejection> handle(AccountCommand command, Instant now) {
            return switch (command) {
                case Register register -> register(register, now);
                case Verify _,
                        LogIn _,
                        Refresh _,
                        LogOut _,
                        LogOutEverywhere _,
                        Suspend _,
                        LiftSuspension _,
                        GrantAdmin _,
                        GrantPremium _,
                        EndPremium _ -> reject(NOT_REGISTERED);
            };
        }
    }

    /** A registration whose verification e-mail was sent, and whose link was not followed yet. */
    record Registration(AccountOwner person, String passwordHash, String nonce, Instant at) {
        private boolean isExpired(Instant now) {
            return now.isAfter(at.plus(LINK_LIFETIME));
        }
    }

    /**
     * One or more users have registered with the e-mail address, and none of them has proved to own it. Each link
     * verifies only the registration that it was sent for. So the owner of the address never verifies a registration
     * with the password of another user.
     *
     * @param registrations at most {@value #MAX_REGISTRATIONS}, newest last. Many more than one network can start in a
     *     day: a stranger with addresses in one network cannot push out that of the owner. A stranger with several
     *     networks can
     */
    record Unverified(List<Registration> registrations) implements Account {
        private static final int MAX_REGISTRATIONS = 50;

        private Decision<AccountEvent, AccountRejection> handle(AccountCommand command, Instant now) {
            return switch (command) {
                // A repeated request: one e-mail is enough.
                case Register register when find(register.nonce()).isPresent() -> accept();
                case Register register -> register(register, now);
                case Verify verify ->
                    find(verify.nonce())
                            .filter(it -> !it.isExpired(now))
                            .<Decision<AccountEvent, AccountRejection>>map(it -> accept(new Verified(it.person, now)))
                            .orElse(reject(LINK_EXPIRED));
                case LogIn logIn when !logIn.matchedHash().equals(newest().passwordHash) -> reject(WRONG_PASSWORD);
                case LogIn _, Suspend _, LiftSuspension _, GrantAdmin _, GrantPremium _, EndPremium _ ->
                    reject(NOT_VERIFIED);
                case Refresh _ -> reject(SESSION_ENDED);
                case LogOut _, LogOutEverywhere _ -> accept();
            };
        }

        private Registration newest() {
            return registrations.getLast();
        }

        private Optional<Registration> find(String nonce) {
            return registrations.stream().filter(it -> it.nonce.equals(nonce)).findFirst();
        }

        static Unverified from(Registered event) {
            return new Unverified(
                    List.of(new Registration(event.person(), event.passwordHash(), event.nonce(), event.at())));
        }

        Unverified with(Registered event) {
            var valid = registrations.stream().filter(it -> !it.isExpired(event.at()));
            var all = Stream.concat(valid, from(event).registrations.stream()).toList();
            return new Unverified(all.subList(Math.max(0, all.size() - MAX_REGISTRATIONS), all.size()));
        }

        Active verified(Verified event) {
            return registrations.stream()
                    .filter(it -> it.person.id().equals(event.person().id()))
                    .findFirst()
                    .map(it -> new Active(it.person, it.passwordHash, Sessions.none(), event.at(), false))
                    .orElseThrow(() -> new CorruptJournalException(this, event));
        }
    }

    record Active(
            AccountOwner person, String passwordHash, Sessions sessions, Instant repeatMailAfter, boolean isPremium)
            implements Account {
        private Decision<AccountEvent, AccountRejection> handle(AccountCommand command, Instant now) {
            return switch (command) {
                case Register _ when now.isBefore(repeatMailAfter) -> accept();
                case Register _ -> accept(new RegistrationRepeated(person, now));
                case Verify _, LiftSuspension _ -> accept();
                case SessionCommand sessionCommand ->
                    new SessionDecisions(person.id(), passwordHash, sessions).decide(sessionCommand, now);
                case Suspend suspend when suspend.by().equals(person.id()) -> reject(OWN_ACCOUNT);
                case Suspend suspend ->
                    accept(new AccountEvent.Suspended(person.id(), suspend.by(), suspend.reason(), now));
                case GrantAdmin _ when person.roles().contains(Role.ADMIN) -> accept();
                case GrantAdmin grantAdmin -> accept(new AdminGranted(person.id(), grantAdmin.by(), now));
                case GrantPremium _ when isPremium -> accept();
                case GrantPremium grantPremium -> accept(new PremiumGranted(person.id(), grantPremium.by(), now));
                case EndPremium _ when !isPremium -> accept();
                case EndPremium endPremium -> accept(new PremiumEnded(person.id(), endPremium.by(), now));
            };
        }

        private Active with(Sessions changed) {
            return new Active(person, passwordHash, changed, repeatMailAfter, isPremium);
        }

        Account apply(AccountEvent event) {
            return switch (event) {
                case RegistrationRepeated registrationRepeated ->
                    new Active(
                            person,
                            passwordHash,
                            sessions,
                            registrationRepeated.at().plus(REPEAT_MAIL_INTERVAL),
                            isPremium);
                case SessionEvent sessionEvent -> with(SessionDecisions.evolve(this, sessions, sessionEvent));
                case AccountEvent.Suspended suspended ->
                    new Suspended(
                            person, passwordHash, suspended.reason(), suspended.at(), isPremium, sessions.ended());
                case AdminGranted _ ->
                    new Active(person.with(Role.ADMIN), passwordHash, sessions, repeatMailAfter, isPremium);
                case PremiumGranted _ -> new Active(person, passwordHash, sessions, repeatMailAfter, true);
                case PremiumEnded _ -> new Active(person, passwordHash, sessions, repeatMailAfter, false);
                case Registered _, Verified _, SuspensionLifted _ -> throw new CorruptJournalException(this, event);
            };
        }
    }

    /** @param sessions those that were started during the suspension, which ends all others */
    record Suspended(
            AccountOwner person,
            String passwordHash,
            String reason,
            Instant since,
            boolean isPremium,
            Sessions sessions)
            implements Account {
        private Decision<AccountEvent, AccountRejection> handle(AccountCommand command, Instant now) {
            return switch (command) {
                case Register _, Verify _, Suspend _ -> accept();
                case SessionCommand sessionCommand ->
                    new SessionDecisions(person.id(), passwordHash, sessions).decide(sessionCommand, now);
                case GrantAdmin _, GrantPremium _ -> reject(SUSPENDED);
                case EndPremium _ when !isPremium -> accept();
                case EndPremium endPremium -> accept(new PremiumEnded(person.id(), endPremium.by(), now));
                case LiftSuspension liftSuspension ->
                    accept(new SuspensionLifted(person.id(), liftSuspension.by(), now));
            };
        }

        Suspended with(boolean premium, Sessions changed) {
            return new Suspended(person, passwordHash, reason, since, premium, changed);
        }
    }

    /** The sessions of a verified account. */
    default Sessions findSessions() {
        return switch (this) {
            case NotCreated _, Unverified _ -> Sessions.none();
            case Active active -> active.sessions;
            case Suspended suspended -> suspended.sessions;
        };
    }

    /** The owner; of an unverified account, the one who registered last. */
    default Optional<AccountOwner> owner() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Unverified unverified -> Optional.of(unverified.newest().person);
            case Active active -> Optional.of(active.person);
            case Suspended suspended -> Optional.of(suspended.person);
        };
    }

    /** The Argon2id hash to compare the password of a login with. */
    default Optional<String> passwordHashForLogIn() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Unverified unverified -> Optional.of(unverified.newest().passwordHash);
            case Active active -> Optional.of(active.passwordHash);
            case Suspended suspended -> Optional.of(suspended.passwordHash);
        };
    }

    default Decision<AccountEvent, AccountRejection> decide(AccountCommand command, Instant now) {
        return switch (this) {
            case NotCreated notCreated -> notCreated.handle(command, now);
            case Unverified unverified -> unverified.handle(command, now);
            case Active active -> active.handle(command, now);
            case Suspended suspended -> suspended.handle(command, now);
        };
    }

    private static Decision<AccountEvent, AccountRejection> register(Register command, Instant now) {
        if (command.roles().isEmpty()) return reject(NO_ROLE);
        if (command.roles().contains(Role.ADMIN)) return reject(ROLE_NOT_SELF_ASSIGNABLE);
        var person = new AccountOwner(
                command.accountId(), command.email(), command.name(), command.country(), command.roles());
        return accept(new Registered(person, command.passwordHash(), command.nonce(), now));
    }

    default Account evolve(AccountEvent event) {
        return AccountEvolution.evolve(this, event);
    }
}
