package io.guildhall.http.auth;

import io.guildhall.http.endpoint.Problem;
import io.guildhall.port.RateLimiter;
import io.guildhall.port.RateLimiter.Limit;
import java.util.concurrent.CompletionStage;

/**
 * Rate limits for authentication, by network address and by account. They also apply to e-mail addresses without an
 * account.
 *
 * @param byAddress for each of login, registration and refresh, from one network address
 * @param byAccount for each of login and registration, for one e-mail address
 */
public record AttemptLimits(RateLimiter limiter, Limit byAddress, Limit byAccount) {
    /** @param account hash of the e-mail address */
    CompletionStage<Void> check(String action, String address, String account) {
        return checkAddress(action, address).thenCompose(_ -> check(action + "/account/" + account, byAccount));
    }

    CompletionStage<Void> checkAddress(String action, String address) {
        return check(action + "/address/" + address, byAddress);
    }

    private CompletionStage<Void> check(String key, Limit limit) {
        return limiter.tryAcquire(key, limit)
                .thenAccept(retryAfter -> retryAfter.ifPresent(wait -> {
                    throw Problem.later(
                            429, "too-many-requests", "Too many attempts. Try again later.", wait.toSeconds() + 1);
                }));
    }
}
