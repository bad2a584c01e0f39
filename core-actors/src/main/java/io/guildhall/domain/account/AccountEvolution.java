package io.guildhall.domain.account;

import io.guildhall.domain.account.Account.*;
import io.guildhall.domain.account.AccountEvent.*;
import io.guildhall.kernel.CorruptJournalException;

/** The next phase of an account, for each phase and event. */
final class AccountEvolution {
    private AccountEvolution() {}

    static Account evolve(Account account, AccountEvent event) {
        return switch (account) {
            case NotCreated _ ->
                switch (event) {
                    case Opened opened -> new Active(opened.person(), opened.passwordHash(), Logins.none(), false);
                    case SessionEvent _,
                            AccountEvent.Suspended _,
                            SuspensionLifted _,
                            AdminGranted _,
                            AdminRevoked _,
                            PremiumGranted _,
                            PremiumEnded _ -> throw new CorruptJournalException(account, event);
                };
            case Active active -> active.apply(event);
            case Account.Suspended suspended ->
                switch (event) {
                    case SuspensionLifted _ ->
                        new Active(
                                suspended.person(),
                                suspended.passwordHash(),
                                suspended.logins(),
                                suspended.isPremium());
                    case AdminRevoked _ -> suspended.withoutAdmin();
                    case PremiumEnded _ -> suspended.with(false, suspended.logins());
                    case SessionEvent sessionEvent ->
                        suspended.with(suspended.isPremium(), suspended.logins().after(sessionEvent));
                    case Opened _, AccountEvent.Suspended _, AdminGranted _, PremiumGranted _ ->
                        throw new CorruptJournalException(account, event);
                };
        };
    }
}
