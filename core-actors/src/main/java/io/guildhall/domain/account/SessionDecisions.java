package io.guildhall.domain.account;

import static io.guildhall.domain.account.AccountRejection.SESSION_ENDED;
import static io.guildhall.domain.account.AccountRejection.WRONG_PASSWORD;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.account.AccountCommand.*;
import io.guildhall.domain.account.AccountEvent.*;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/**
 * How a verified account decides about its sessions, also while it is suspended: a suspended user logs in to read why, and
 * to follow contracts and money.
 */
record SessionDecisions(String accountId, String passwordHash, Sessions sessions) {

    Decision<AccountEvent, AccountRejection> decide(SessionCommand command, Instant now) {
        return switch (command) {
            case LogIn logIn when !logIn.matchedHash().equals(passwordHash) -> reject(WRONG_PASSWORD);
            case LogIn logIn when sessions.hasToken(logIn.sessionId(), logIn.tokenHash()) -> accept();
            case LogIn logIn -> logIn(logIn, now);
            case Refresh refresh when sessions.hasToken(refresh.sessionId(), refresh.freshHash()) -> accept();
            case Refresh refresh -> refresh(refresh, now);
            case LogOut logOut when sessions.find(logOut.sessionId()).isEmpty() -> accept();
            case LogOut logOut -> accept(ended(logOut.sessionId(), SessionEnded.Reason.LOGGED_OUT, now));
            case LogOutEverywhere _ when sessions.list().isEmpty() -> accept();
            case LogOutEverywhere _ -> accept(new AllSessionsEnded(accountId, now));
        };
    }

    private Decision<AccountEvent, AccountRejection> logIn(LogIn command, Instant now) {
        var events = new ArrayList<AccountEvent>();
        sessions.oldestIfFull().ifPresent(it -> events.add(ended(it.id(), SessionEnded.Reason.TOO_MANY_DEVICES, now)));
        events.add(new LoggedIn(
                accountId,
                command.sessionId(),
                command.tokenHash(),
                command.device(),
                Optional.of(sessions.isNew(command.device())),
                now));
        return new Decision.Accepted<>(events);
    }

    private Decision<AccountEvent, AccountRejection> refresh(Refresh command, Instant now) {
        var session = sessions.find(command.sessionId());
        if (session.isEmpty()) return reject(SESSION_ENDED);
        return switch (session.get().check(command.usedHash(), now)) {
            case VALID -> accept(new TokenRotated(command.sessionId(), command.usedHash(), command.freshHash(), now));
            case REUSED -> accept(ended(command.sessionId(), SessionEnded.Reason.TOKEN_REUSED, now));
            case EXPIRED -> reject(SESSION_ENDED);
        };
    }

    private SessionEnded ended(String sessionId, SessionEnded.Reason reason, Instant now) {
        return new SessionEnded(accountId, sessionId, reason, now);
    }

    /** The sessions after an event of an account that has these sessions. */
    static Sessions evolve(Account account, Sessions sessions, SessionEvent event) {
        return switch (event) {
            case LoggedIn loggedIn ->
                sessions.started(
                        Session.started(loggedIn.sessionId(), loggedIn.device(), loggedIn.tokenHash(), loggedIn.at()));
            case TokenRotated tokenRotated ->
                sessions.find(tokenRotated.sessionId())
                        .map(it -> sessions.with(
                                it.withToken(tokenRotated.usedHash(), tokenRotated.freshHash(), tokenRotated.at())))
                        .orElseThrow(() -> new CorruptJournalException(account, tokenRotated));
            case SessionEnded sessionEnded -> sessions.without(sessionEnded.sessionId());
            case AllSessionsEnded _ -> sessions.ended();
        };
    }
}
