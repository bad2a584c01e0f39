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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A user's identity in the system. An account is unverified until its owner follows the link in the verification mail; then it is active or
 * suspended. The id of its entity is the {@link AccountAddress} of its e-mail address.
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

    /** How long the link in a verification mail is valid. */
    Duration LINK_LIFETIME = Duration.ofHours(24);

    /** The shortest time between two mails about repeated registrations. */
    Duration REPEAT_MAIL_INTERVAL = Duration.ofHours(1);

    record NotCreated() implements Account {
        private Decision<AccountEvent, AccountRejection> handle(AccountCommand command, Instant now) {
            return switch (command) {
                case Register c -> register(c, now);
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

    /** A registration whose verification mail was sent and not yet answered. */
    record Registration(Person person, String passwordHash, String nonce, Instant at) {
        private boolean isExpired(Instant now) {
            return now.isAfter(at.plus(LINK_LIFETIME));
        }
    }

    /**
     * One or more users have registered with the e-mail address, and none of them has proved to own it. Each link verifies only the
     * registration that it was sent for. So the owner of the address never verifies a registration with the password of another user.
     *
     * @param registrations at most {@value #MAX_REGISTRATIONS}, newest last
     */
    record Unverified(List<Registration> registrations) implements Account {
        private static final int MAX_REGISTRATIONS = 3;

        private Decision<AccountEvent, AccountRejection> handle(AccountCommand command, Instant now) {
            return switch (command) {
                // A repeated request: one mail is enough.
                case Register c when find(c.nonce()).isPresent() -> accept();
                case Register c -> register(c, now);
                case Verify c ->
                    find(c.nonce())
                            .filter(it -> !it.isExpired(now))
                            .<Decision<AccountEvent, AccountRejection>>map(it -> accept(new Verified(it.person, now)))
                            .orElse(reject(LINK_EXPIRED));
                case LogIn c when !c.matchedHash().equals(newest().passwordHash) -> reject(WRONG_PASSWORD);
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

        private static Unverified from(Registered e) {
            return new Unverified(List.of(new Registration(e.person(), e.passwordHash(), e.nonce(), e.at())));
        }

        private Unverified with(Registered e) {
            var all = Stream.concat(registrations.stream(), from(e).registrations.stream())
                    .toList();
            return new Unverified(all.subList(Math.max(0, all.size() - MAX_REGISTRATIONS), all.size()));
        }

        private Active verified(Verified e) {
            return registrations.stream()
                    .filter(it -> it.person.id().equals(e.person().id()))
                    .findFirst()
                    .map(it -> new Active(it.person, it.passwordHash, Sessions.none(), e.at(), false))
                    .orElseThrow(() -> new CorruptJournalException(this, e));
        }
    }

    record Active(Person person, String passwordHash, Sessions sessions, Instant repeatMailAfter, boolean isPremium)
            implements Account {
        private Decision<AccountEvent, AccountRejection> handle(AccountCommand command, Instant now) {
            return switch (command) {
                case Register _ when now.isBefore(repeatMailAfter) -> accept();
                case Register _ -> accept(new RegistrationRepeated(person, now));
                case Verify _, LiftSuspension _ -> accept();
                case LogIn c when !c.matchedHash().equals(passwordHash) -> reject(WRONG_PASSWORD);
                case LogIn c when sessions.hasToken(c.sessionId(), c.tokenHash()) -> accept();
                case LogIn c -> logIn(c, now);
                case Refresh c when sessions.hasToken(c.sessionId(), c.freshHash()) -> accept();
                case Refresh c -> refresh(c, now);
                case LogOut c when sessions.find(c.sessionId()).isEmpty() -> accept();
                case LogOut c -> accept(ended(c.sessionId(), SessionEnded.Reason.LOGGED_OUT, now));
                case LogOutEverywhere _ when sessions.list().isEmpty() -> accept();
                case LogOutEverywhere _ -> accept(new AllSessionsEnded(person.id(), now));
                case Suspend c -> accept(new AccountEvent.Suspended(person.id(), c.by(), c.reason(), now));
                case GrantAdmin _ when person.roles().contains(Role.ADMIN) -> accept();
                case GrantAdmin c -> accept(new AdminGranted(person.id(), c.by(), now));
                case GrantPremium _ when isPremium -> accept();
                case GrantPremium c -> accept(new PremiumGranted(person.id(), c.by(), now));
                case EndPremium _ when !isPremium -> accept();
                case EndPremium c -> accept(new PremiumEnded(person.id(), c.by(), now));
            };
        }

        private Decision<AccountEvent, AccountRejection> logIn(LogIn c, Instant now) {
            var events = new ArrayList<AccountEvent>();
            sessions.oldestIfFull()
                    .ifPresent(it -> events.add(ended(it.id(), SessionEnded.Reason.TOO_MANY_DEVICES, now)));
            events.add(new LoggedIn(person.id(), c.sessionId(), c.tokenHash(), c.device(), now));
            return new Decision.Accepted<>(events);
        }

        private Decision<AccountEvent, AccountRejection> refresh(Refresh c, Instant now) {
            var session = sessions.find(c.sessionId());
            if (session.isEmpty()) return reject(SESSION_ENDED);
            return switch (session.get().check(c.usedHash(), now)) {
                case VALID -> accept(new TokenRotated(c.sessionId(), c.usedHash(), c.freshHash(), now));
                case REUSED -> accept(ended(c.sessionId(), SessionEnded.Reason.TOKEN_REUSED, now));
                case EXPIRED -> reject(SESSION_ENDED);
            };
        }

        private SessionEnded ended(String sessionId, SessionEnded.Reason reason, Instant now) {
            return new SessionEnded(person.id(), sessionId, reason, now);
        }

        private Active with(Sessions changed) {
            return new Active(person, passwordHash, changed, repeatMailAfter, isPremium);
        }

        private Account apply(AccountEvent event) {
            return switch (event) {
                case RegistrationRepeated e ->
                    new Active(person, passwordHash, sessions, e.at().plus(REPEAT_MAIL_INTERVAL), isPremium);
                case LoggedIn e ->
                    with(sessions.with(Session.started(e.sessionId(), e.device(), e.tokenHash(), e.at())));
                case TokenRotated e ->
                    with(sessions.find(e.sessionId())
                            .map(it -> sessions.with(it.withToken(e.usedHash(), e.freshHash(), e.at())))
                            .orElseThrow(() -> new CorruptJournalException(this, e)));
                case SessionEnded e -> with(sessions.without(e.sessionId()));
                case AllSessionsEnded _ -> with(Sessions.none());
                case AccountEvent.Suspended e -> new Suspended(person, passwordHash, e.reason(), e.at(), isPremium);
                case AdminGranted _ ->
                    new Active(person.with(Role.ADMIN), passwordHash, sessions, repeatMailAfter, isPremium);
                case PremiumGranted _ -> new Active(person, passwordHash, sessions, repeatMailAfter, true);
                case PremiumEnded _ -> new Active(person, passwordHash, sessions, repeatMailAfter, false);
                case Registered _, Verified _, SuspensionLifted _ -> throw new CorruptJournalException(this, event);
            };
        }
    }

    record Suspended(Person person, String passwordHash, String reason, Instant since, boolean isPremium)
            implements Account {
        private Decision<AccountEvent, AccountRejection> handle(AccountCommand command, Instant now) {
            return switch (command) {
                case Register _, Verify _, Suspend _, LogOut _, LogOutEverywhere _ -> accept();
                case LogIn c when !c.matchedHash().equals(passwordHash) -> reject(WRONG_PASSWORD);
                case LogIn _, Refresh _, GrantAdmin _, GrantPremium _ -> reject(SUSPENDED);
                case EndPremium _ when !isPremium -> accept();
                case EndPremium c -> accept(new PremiumEnded(person.id(), c.by(), now));
                case LiftSuspension c -> accept(new SuspensionLifted(person.id(), c.by(), now));
            };
        }
    }

    /** The owner; of an unverified account, the one who registered last. */
    default Optional<Person> owner() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Unverified a -> Optional.of(a.newest().person);
            case Active a -> Optional.of(a.person);
            case Suspended a -> Optional.of(a.person);
        };
    }

    /** The Argon2id hash to compare the password of a login with. */
    default Optional<String> passwordHashForLogIn() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Unverified a -> Optional.of(a.newest().passwordHash);
            case Active a -> Optional.of(a.passwordHash);
            case Suspended a -> Optional.of(a.passwordHash);
        };
    }

    default Decision<AccountEvent, AccountRejection> decide(AccountCommand command, Instant now) {
        return switch (this) {
            case NotCreated a -> a.handle(command, now);
            case Unverified a -> a.handle(command, now);
            case Active a -> a.handle(command, now);
            case Suspended a -> a.handle(command, now);
        };
    }

    private static Decision<AccountEvent, AccountRejection> register(Register c, Instant now) {
        if (c.roles().isEmpty()) return reject(NO_ROLE);
        if (c.roles().contains(Role.ADMIN)) return reject(ROLE_NOT_FOR_THE_ASKING);
        var person = new Person(c.accountId(), c.email(), c.name(), c.country(), c.roles());
        return accept(new Registered(person, c.passwordHash(), c.nonce(), now));
    }

    default Account evolve(AccountEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Registered e -> Unverified.from(e);
                    case Verified _,
                            RegistrationRepeated _,
                            LoggedIn _,
                            TokenRotated _,
                            SessionEnded _,
                            AllSessionsEnded _,
                            AccountEvent.Suspended _,
                            SuspensionLifted _,
                            AdminGranted _,
                            PremiumGranted _,
                            PremiumEnded _ -> throw new CorruptJournalException(this, event);
                };
            case Unverified a ->
                switch (event) {
                    case Registered e -> a.with(e);
                    case Verified e -> a.verified(e);
                    case RegistrationRepeated _,
                            LoggedIn _,
                            TokenRotated _,
                            SessionEnded _,
                            AllSessionsEnded _,
                            AccountEvent.Suspended _,
                            SuspensionLifted _,
                            AdminGranted _,
                            PremiumGranted _,
                            PremiumEnded _ -> throw new CorruptJournalException(this, event);
                };
            case Active a -> a.apply(event);
            case Suspended a ->
                switch (event) {
                    case SuspensionLifted e ->
                        new Active(a.person, a.passwordHash, Sessions.none(), e.at(), a.isPremium);
                    case PremiumEnded _ -> new Suspended(a.person, a.passwordHash, a.reason, a.since, false);
                    case Registered _,
                            Verified _,
                            RegistrationRepeated _,
                            LoggedIn _,
                            TokenRotated _,
                            SessionEnded _,
                            AllSessionsEnded _,
                            AccountEvent.Suspended _,
                            AdminGranted _,
                            PremiumGranted _ -> throw new CorruptJournalException(this, event);
                };
        };
    }
}
