package io.guildhall.projections.readmodel.account;

import io.guildhall.projections.readmodel.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The sessions of all accounts. They are rows and not in the journal. Each change is one transaction, and all nodes see it
 * immediately.
 *
 * <p>The refresh tokens of a session are numbered from 1. At most one of them can be exchanged: the current one.
 */
public interface Sessions {
    /** A session expires this long after its login, however much it is used. */
    Duration LIFETIME = Duration.ofDays(30);

    /**
     * For this long after a token is first issued, it and the one before it return it again: several tabs of a browser
     * can refresh at the same time, and a client whose response was lost can repeat its request. All of them get the same
     * token. So a token that was copied in this time is used twice later, and the session ends.
     */
    Duration GRACE = Duration.ofSeconds(10);

    /** The most sessions of an account at the same time. One more ends the oldest. */
    int MAX_PER_ACCOUNT = 20;

    /** @param generation how often all sessions of the account had been ended when the password was checked */
    record NewSession(
            String id, String accountId, int generation, Optional<String> device, String application, String network) {}

    /** The result of the use of a refresh token. */
    sealed interface Refresh {
        /**
         * @param number of the current refresh token
         * @param expiresAt when the session expires
         */
        record Refreshed(int number, Instant expiresAt) implements Refresh {}

        /** The session has ended or expired, or is unknown. */
        record Ended() implements Refresh {}

        /** The token was used before: it may be stolen. The session has not ended yet. */
        record Reused() implements Refresh {}
    }

    /**
     * Starts a session with its first refresh token, number 1, and ends the account's oldest if it has too many.
     *
     * @return when the session expires; empty if all sessions of the account were ended after its generation: then it has
     *     not started
     */
    CompletionStage<Optional<Instant>> start(NewSession session, Instant now);

    /**
     * Exchanges a refresh token.
     *
     * @param number of the token
     * @param network from which it was used
     */
    CompletionStage<Refresh> refresh(String accountId, String sessionId, int number, String network, Instant now);

    /**
     * Ends a session of an account. One that has ended already stays ended.
     *
     * @return whether the account has or had it
     */
    CompletionStage<Boolean> end(String accountId, String sessionId, Instant now);

    /** Ends all sessions of an account but one. */
    CompletionStage<Void> endOthers(String accountId, String sessionId, Instant now);

    /** Lists the open sessions of an account, newest first. */
    CompletionStage<Page<SessionRow>> ofAccount(String accountId, Instant now, Page.Request page);
}
