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
import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A user's identity in the system. An account is opened when its owner has followed the link in the verification e-mail;
 * then it is active or suspended. The id of its entity is the public id of the account, {@code acc_…}. That no other account
 * has its e-mail address is the rule of {@link io.guildhall.domain.email.Email}.
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
                    Account::evolve)
            .ownedBy((accountId, _) -> List.of(accountId));

    record NotCreated() implements Account {
        private Decision<AccountEvent, AccountRejection> handle(AccountCommand command, Instant now) {
            return switch (command) {
                case Open open -> accept(new Opened(open.person(), open.passwordHash(), now));
                case SessionCommand _,
                        Suspend _,
                        LiftSuspension _,
                        GrantAdmin _,
                        RevokeAdmin _,
                        GrantPremium _,
                        EndPremium _ -> reject(NOT_REGISTERED);
            };
        }
    }

    record Active(
            AccountOwner person, @Personal(of = "person.id") String passwordHash, Logins logins, boolean isPremium)
            implements Account {
        private Decision<AccountEvent, AccountRejection> handle(AccountCommand command, Instant now) {
            return switch (command) {
                // A repeated request.
                case Open _, LiftSuspension _ -> accept();
                case SessionCommand sessionCommand -> decisions().decide(sessionCommand, now);
                case Suspend suspend when suspend.by().equals(person.id()) -> reject(OWN_ACCOUNT);
                case Suspend suspend ->
                    accept(
                            new AccountEvent.Suspended(person.id(), suspend.by(), suspend.reason(), now),
                            decisions().allEnded(now));
                case GrantAdmin _ when person.roles().contains(Role.ADMIN) -> accept();
                case GrantAdmin grantAdmin ->
                    accept(new AdminGranted(person.id(), grantAdmin.by(), Optional.of(grantAdmin.reason()), now));
                case RevokeAdmin revoke when revoke.by().equals(person.id()) -> reject(OWN_ACCOUNT);
                case RevokeAdmin _ when !person.roles().contains(Role.ADMIN) -> accept();
                case RevokeAdmin revoke ->
                    accept(
                            new AdminRevoked(person.id(), revoke.by(), revoke.reason(), now),
                            decisions().allEnded(now));
                case GrantPremium _ when isPremium -> accept();
                case GrantPremium grantPremium ->
                    accept(new PremiumGranted(person.id(), grantPremium.by(), Optional.of(grantPremium.reason()), now));
                case EndPremium _ when !isPremium -> accept();
                case EndPremium endPremium ->
                    accept(new PremiumEnded(person.id(), endPremium.by(), Optional.of(endPremium.reason()), now));
            };
        }

        private LoginDecisions decisions() {
            return new LoginDecisions(person.id(), passwordHash, logins);
        }

        Account apply(AccountEvent event) {
            return switch (event) {
                case SessionEvent sessionEvent ->
                    new Active(person, passwordHash, logins.after(sessionEvent), isPremium);
                case AccountEvent.Suspended suspended ->
                    new Suspended(person, passwordHash, suspended.reason(), suspended.at(), isPremium, logins);
                case AdminGranted _ -> new Active(person.with(Role.ADMIN), passwordHash, logins, isPremium);
                case AdminRevoked _ -> new Active(person.without(Role.ADMIN), passwordHash, logins, isPremium);
                case PremiumGranted _ -> new Active(person, passwordHash, logins, true);
                case PremiumEnded _ -> new Active(person, passwordHash, logins, false);
                case Opened _, SuspensionLifted _ -> throw new CorruptJournalException(this, event);
            };
        }
    }

    record Suspended(
            AccountOwner person,
            @Personal(of = "person.id") String passwordHash,
            @Personal(of = "person.id") String reason,
            Instant since,
            boolean isPremium,
            Logins logins)
            implements Account {
        private Decision<AccountEvent, AccountRejection> handle(AccountCommand command, Instant now) {
            return switch (command) {
                case Open _, Suspend _ -> accept();
                case SessionCommand sessionCommand -> decisions().decide(sessionCommand, now);
                case GrantAdmin _, GrantPremium _ -> reject(SUSPENDED);
                case RevokeAdmin revoke when revoke.by().equals(person.id()) -> reject(OWN_ACCOUNT);
                case RevokeAdmin _ when !person.roles().contains(Role.ADMIN) -> accept();
                case RevokeAdmin revoke ->
                    accept(
                            new AdminRevoked(person.id(), revoke.by(), revoke.reason(), now),
                            decisions().allEnded(now));
                case EndPremium _ when !isPremium -> accept();
                case EndPremium endPremium ->
                    accept(new PremiumEnded(person.id(), endPremium.by(), Optional.of(endPremium.reason()), now));
                case LiftSuspension liftSuspension ->
                    accept(new SuspensionLifted(
                            person.id(), liftSuspension.by(), Optional.of(liftSuspension.reason()), now));
            };
        }

        private LoginDecisions decisions() {
            return new LoginDecisions(person.id(), passwordHash, logins);
        }

        Suspended withoutAdmin() {
            return new Suspended(person.without(Role.ADMIN), passwordHash, reason, since, isPremium, logins);
        }

        Suspended with(boolean premium, Logins changed) {
            return new Suspended(person, passwordHash, reason, since, premium, changed);
        }
    }

    /** What the account knows about its logins; nothing if it does not exist. */
    default Logins findLogins() {
        return switch (this) {
            case NotCreated _ -> Logins.none();
            case Active active -> active.logins;
            case Suspended suspended -> suspended.logins;
        };
    }

    /** Whether the account has the paid option; false if it does not exist. */
    default boolean hasPremium() {
        return switch (this) {
            case NotCreated _ -> false;
            case Active active -> active.isPremium;
            case Suspended suspended -> suspended.isPremium;
        };
    }

    /** The owner; empty if the account does not exist. */
    default Optional<AccountOwner> owner() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Active active -> Optional.of(active.person);
            case Suspended suspended -> Optional.of(suspended.person);
        };
    }

    /** The Argon2id hash to compare the password of a login with. */
    default Optional<String> passwordHashForLogIn() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Active active -> Optional.of(active.passwordHash);
            case Suspended suspended -> Optional.of(suspended.passwordHash);
        };
    }

    default Decision<AccountEvent, AccountRejection> decide(AccountCommand command, Instant now) {
        return switch (this) {
            case NotCreated notCreated -> notCreated.handle(command, now);
            case Active active -> active.handle(command, now);
            case Suspended suspended -> suspended.handle(command, now);
        };
    }

    default Account evolve(AccountEvent event) {
        return AccountEvolution.evolve(this, event);
    }
}
