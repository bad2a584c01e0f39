package io.guildhall.http.auth;

import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.network.ClientNetworks;
import io.guildhall.port.RateLimiter;
import io.guildhall.port.RateLimiter.Limit;
import java.util.concurrent.CompletionStage;

/**
 * Rate limits for authentication, by network address and by account. They also apply to e-mail addresses without an
 * account.
 *
 * @param byAddress for each of login, registration and refresh, from one network address
 * @param byAccount for login, for one e-mail address
 * @param registrations for one e-mail address, from one {@linkplain ClientNetworks#providerNetwork network
 *     of providers}. A stranger with addresses in one network cannot stop the owner from registering, and causes few
 *     e-mails. A stranger with several networks can stop the owner
 * @param allRegistrations of all e-mail addresses from all networks: how many e-mails a stranger with many networks can
 *     cause
 */
public record AttemptLimits(
        RateLimiter limiter, Limit byAddress, Limit byAccount, Limit registrations, Limit allRegistrations) {
    /** @param account hash of the e-mail address */
    CompletionStage<Void> checkLogin(String address, String account) {
        return checkAddress("login", address).thenCompose(_ -> check("login/account/" + account, byAccount));
    }

    /**
     * Counts a registration, in addition to {@link #checkAddress}.
     *
     * @param account hash of the e-mail address
     */
    CompletionStage<Void> checkRegistration(String address, String account) {
        var network = ClientNetworks.providerNetwork(address);
        return check("register/account/" + account + "/" + network, registrations)
                .thenCompose(_ -> check("register/all", allRegistrations));
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
