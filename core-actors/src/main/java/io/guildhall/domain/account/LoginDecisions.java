package io.guildhall.domain.account;

import static io.guildhall.domain.account.AccountRejection.SESSION_ENDED;
import static io.guildhall.domain.account.AccountRejection.WRONG_PASSWORD;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.account.AccountCommand.*;
import io.guildhall.domain.account.AccountEvent.*;
import io.guildhall.kernel.Decision;
import java.time.Instant;

/**
 * How an account decides about its logins, also while it is suspended: a suspended user logs in to read why, and to follow
 * contracts and money.
 */
record LoginDecisions(String accountId, String passwordHash, Logins logins) {

    Decision<AccountEvent, AccountRejection> decide(SessionCommand command, Instant now) {
        return switch (command) {
            case LogIn logIn when !logIn.matchedHash().equals(passwordHash) -> reject(WRONG_PASSWORD);
            case LogIn logIn when logIn.generation() != logins.generation() -> reject(SESSION_ENDED);
            case LogIn logIn when logins.devices().contains(logIn.deviceHash()) -> accept();
            case LogIn logIn ->
                accept(new DeviceAdded(
                        accountId,
                        logIn.deviceHash(),
                        logIn.device(),
                        logIn.network(),
                        logins.devices().isEmpty(),
                        now));
            case LogOutEverywhere everywhere when everywhere.generation() != logins.generation() -> accept();
            case LogOutEverywhere _ -> accept(allEnded(now));
            case ReportReusedToken report when logins.stolen().contains(report.sessionId()) -> accept();
            case ReportReusedToken report -> accept(new TokenReused(accountId, report.sessionId(), now));
        };
    }

    AllSessionsEnded allEnded(Instant now) {
        return new AllSessionsEnded(accountId, logins.generation() + 1, now);
    }
}
