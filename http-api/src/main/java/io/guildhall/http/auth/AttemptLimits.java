package io.guildhall.http.auth;

import io.guildhall.http.endpoint.Problem;
import io.guildhall.port.RateLimiter;
import io.guildhall.port.RateLimiter.Limit;

/**
 * How often one may knock: by network address, and by account whether or not there is one.
 *
 * @param byAddress log-ins, registrations and refreshes from one address
 * @param byAccount log-ins and registrations for one e-mail
 */
public record AttemptLimits(RateLimiter limiter, Limit byAddress, Limit byAccount) {
    void address(String what, String address) {
        check(what + "/address/" + address, byAddress);
    }

    void account(String what, String account) {
        check(what + "/account/" + account, byAccount);
    }

    private void check(String key, Limit limit) {
        limiter.tryAcquire(key, limit).ifPresent(wait -> {
            throw Problem.later(429, "too-many-requests", "Too many attempts; try again later.", wait.toSeconds() + 1);
        });
    }
}
