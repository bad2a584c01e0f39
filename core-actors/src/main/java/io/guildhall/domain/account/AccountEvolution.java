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
                    case Opened opened -> new Active(opened.person(), opened.passwordHash(), Sessions.none(), false);
                    case LoggedIn _,
                            TokenRotated _,
                            SessionEnded _,
                            AllSessionsEnded _,
                            AccountEvent.Suspended _,
                            SuspensionLifted _,
                            AdminGranted _,
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
                                suspended.sessions(),
                                suspended.isPremium());
                    case PremiumEnded _ -> suspended.with(false, suspended.sessions());
                    case SessionEvent sessionEvent ->
                        suspended.with(
                                suspended.isPremium(),
                                SessionDecisions.evolve(suspended, suspended.sessions(), sessionEvent));
                    case Opened _, AccountEvent.Suspended _, AdminGranted _, PremiumGranted _ ->
                        throw new CorruptJournalException(account, event);
                };
        };
    }
}
