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
                    case Registered registered -> Unverified.from(registered);
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
                            PremiumEnded _ -> throw new CorruptJournalException(account, event);
                };
            case Unverified unverified ->
                switch (event) {
                    case Registered registered -> unverified.with(registered);
                    case Verified verified -> unverified.verified(verified);
                    case RegistrationRepeated _,
                            LoggedIn _,
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
                    case SuspensionLifted suspensionLifted ->
                        new Active(
                                suspended.person(),
                                suspended.passwordHash(),
                                suspended.sessions(),
                                suspensionLifted.at(),
                                suspended.isPremium());
                    case PremiumEnded _ -> suspended.with(false, suspended.sessions());
                    case SessionEvent sessionEvent ->
                        suspended.with(
                                suspended.isPremium(),
                                SessionDecisions.evolve(suspended, suspended.sessions(), sessionEvent));
                    case Registered _,
                            Verified _,
                            RegistrationRepeated _,
                            AccountEvent.Suspended _,
                            AdminGranted _,
                            PremiumGranted _ -> throw new CorruptJournalException(account, event);
                };
        };
    }
}
