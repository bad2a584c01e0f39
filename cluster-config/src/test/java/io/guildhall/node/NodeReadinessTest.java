package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.testing.TestSuspensions;
import org.junit.jupiter.api.Test;

class NodeReadinessTest {
    private final TestSuspensions suspended = new TestSuspensions();

    private boolean isReady(boolean hasLease, boolean isWriting) {
        return new NodeReadiness(() -> hasLease, () -> isWriting, suspended).getAsBoolean();
    }

    @Test
    void isReadyOnlyIfItCanStartSomethingNew() {
        assertThat(isReady(true, true)).isTrue();
        assertThat(isReady(false, true)).isFalse();
        assertThat(isReady(true, false)).isFalse();
    }

    @Test
    void isNotReadyWhileSuspensionsAreUnknown() {
        suspended.areKnown = false;
        assertThat(isReady(true, true)).isFalse();
    }
}
