package io.guildhall.http.auth;

import io.guildhall.http.endpoint.Problem;
import io.guildhall.port.RateLimiter;
import io.guildhall.port.RateLimiter.Limit;

/**
 * Rate limits for authentication, by network address and by account. They also apply to e-mail addresses without an
 * account.
 *
 * @param byAddress for each of login, registration and refresh, from one network address
 * @param byAccount for each of login and registration, for one e-mail address
 */
public record AttemptLimits(RateLimiter limiter, Limit byAddress, Limit byAccount) {
    void checkAddress(String action, String address) {
        check(action + "/address/" + address, byAddress);
    }

    void checkAccount(String action, String account) {
        check(action + "/account/" + account, byAccount);
    }

    private void check(String key, Limit limit) {
        limiter.tryAcquire(key, limit).ifPresent(wait -> {
            throw Problem.later(429, "too-many-requests", "Too many attempts. Try again later.", wait.toSeconds() + 1);
        });
    }
}
