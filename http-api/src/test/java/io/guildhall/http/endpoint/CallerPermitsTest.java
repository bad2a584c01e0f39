package io.guildhall.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class CallerPermitsTest {
    private final CallerPermits permits = new CallerPermits("uploads", 5, 2);

    private void isRefused(String caller, int status) {
        assertThatThrownBy(() -> permits.acquire(caller))
                .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                .satisfies(it -> assertThat(it.status()).isEqualTo(status))
                .satisfies(it -> assertThat(it.retryAfterSeconds()).isPositive());
    }

    @Test
    void oneCallerCannotUseAllPermits() {
        var _ = permits.acquire("ann");
        var second = permits.acquire("ann");
        isRefused("ann", 429);
        var _ = permits.acquire("bob");
        second.run();
        var _ = permits.acquire("ann");
        isRefused("ann", 429);
    }

    @Test
    void refusesEveryoneWhenAllPermitsAreInUse() {
        for (var caller : new String[] {"ann", "ann", "bob", "bob"}) {
            var _ = permits.acquire(caller);
        }
        var last = permits.acquire("cem");
        isRefused("dan", 503);
        last.run();
        var _ = permits.acquire("dan");
    }
}
