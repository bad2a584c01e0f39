package io.guildhall.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class CallerPermitsTest {
    private final CallerPermits permits = new CallerPermits("uploads", 8, 2, 4);

    private void isRefused(String caller, String address, int status) {
        assertThatThrownBy(() -> permits.acquire(caller, address))
                .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                .satisfies(it -> assertThat(it.status()).isEqualTo(status))
                .satisfies(it -> assertThat(it.retryAfterSeconds()).isPositive());
    }

    private void acquire(int count, String caller, String address) {
        for (int i = 0; i < count; i++) {
            var _ = permits.acquire(caller, address);
        }
    }

    @Test
    void oneCallerCannotUseAllPermits() {
        acquire(1, "ann", "a");
        var second = permits.acquire("ann", "a");
        isRefused("ann", "b", 429);
        acquire(1, "bob", "a");
        second.run();
        acquire(1, "ann", "a");
        isRefused("ann", "a", 429);
    }

    @Test
    void accountsOfOneAddressCannotUseAllPermits() {
        acquire(2, "ann", "a");
        acquire(2, "bob", "a");
        isRefused("cem", "a", 429);
        acquire(1, "cem", "b");
    }

    @Test
    void reserveIsForThoseThatHaveNoPermit() {
        acquire(2, "ann", "a");
        acquire(2, "bob", "a");
        acquire(1, "cem", "b");
        assertThat(permits.isReserveInUse()).isFalse();
        var sixth = permits.acquire("dan", "c");
        assertThat(permits.isReserveInUse()).isTrue();
        isRefused("cem", "d", 503);
        isRefused("eve", "b", 503);
        acquire(1, "eve", "e");
        acquire(1, "fay", "f");
        isRefused("gus", "g", 503);
        sixth.run();
        acquire(1, "gus", "g");
    }
}
