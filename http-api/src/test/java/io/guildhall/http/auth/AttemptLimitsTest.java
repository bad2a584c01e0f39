package io.guildhall.http.auth;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.adapter.local.LocalRateLimiter;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.port.RateLimiter.Limit;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class AttemptLimitsTest {
    private static final Limit MANY = new Limit(1_000, Duration.ofDays(1));

    private final AttemptLimits limits = new AttemptLimits(
            new LocalRateLimiter(InstantSource.system()),
            MANY,
            MANY,
            new Limit(3, Duration.ofDays(1)),
            new Limit(20, Duration.ofHours(1)));

    private void register(int count, String address, String account) {
        for (int i = 0; i < count; i++) {
            var _ = result(limits.checkRegistration(address, account).thenApply(_ -> true));
        }
    }

    private void isRefused(String address, String account) {
        assertThatThrownBy(() -> register(1, address, account))
                .isInstanceOfSatisfying(
                        Problem.class,
                        it -> org.assertj.core.api.Assertions.assertThat(it.status())
                                .isEqualTo(429));
    }

    @Test
    void strangerCannotStopTheOwnerOfAnEmailAddressFromRegistering() {
        register(3, "192.0.2.1", "ann");
        isRefused("192.0.2.1", "ann");
        isRefused("192.0.2.2", "ann");
        register(3, "198.51.100.1", "ann");
        register(3, "192.0.2.1", "bob");
    }

    @Test
    void limitsTheRegistrationsOfAStrangerWithManyNetworks() {
        for (int i = 0; i < 20; i++) register(1, "10.0." + i + ".1", "person" + i);
        isRefused("10.0.99.1", "another");
    }

    @Test
    void countsIpv6NetworksOfAProviderTogether() {
        register(3, "2001:db8:0:1:0:0:0:0", "ann");
        isRefused("2001:db8:0:2:0:0:0:0", "ann");
        register(3, "2001:db8:1:1:0:0:0:0", "ann");
    }
}
