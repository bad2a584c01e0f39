package io.guildhall.testing;

import io.guildhall.port.Presence;
import io.guildhall.port.PresenceContract;
import java.time.Duration;
import java.time.Instant;

class MemoryPresenceTest extends PresenceContract {
    private final SettableClock clock = new SettableClock();
    private final Presence store = new MemoryPresence(clock);

    @Override
    protected Presence presence(int node) {
        return store;
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected void pass(Duration duration) {
        clock.pass(duration);
    }
}
