package io.guildhall.http.endpoint;

import io.guildhall.port.RateLimiter.Limit;
import java.time.Duration;
import java.util.Optional;

/**
 * How often an account can call an endpoint, as a trait of the endpoint: {@link Api} enforces it, and the OpenAPI document
 * describes it. Endpoints with the same limit share its permits.
 *
 * @param name identifies the permits; never the name of another limit
 * @param requests permits one for each request
 * @param bytes permits one for each byte of a body
 * @param what the account has done too often, for the problem's detail, such as "sent too many messages"
 */
public record AccountLimit(String name, Limit requests, Optional<Limit> bytes, String what) {
    public static AccountLimit perMinute(String name, int requests, String what) {
        return new AccountLimit(name, new Limit(requests, Duration.ofMinutes(1)), Optional.empty(), what);
    }

    public static AccountLimit perHour(String name, int requests, String what) {
        return new AccountLimit(name, new Limit(requests, Duration.ofHours(1)), Optional.empty(), what);
    }

    public AccountLimit withBytesPerMinute(int max) {
        return new AccountLimit(name, requests, Optional.of(new Limit(max, Duration.ofMinutes(1))), what);
    }

    /** A sentence for the OpenAPI document. */
    String describe() {
        return "By default, an account can make %d requests %s%s to this endpoint and those with the same limit (%s)."
                .formatted(
                        requests.permits(),
                        window(requests),
                        bytes.map(it -> ", with bodies of %d bytes %s,".formatted(it.permits(), window(it)))
                                .orElse(""),
                        name);
    }

    private static String window(Limit limit) {
        return limit.window().equals(Duration.ofHours(1)) ? "per hour" : "per minute";
    }
}
