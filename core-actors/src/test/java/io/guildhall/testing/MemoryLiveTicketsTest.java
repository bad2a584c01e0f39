package io.guildhall.testing;

import io.guildhall.port.LiveTickets;
import io.guildhall.port.LiveTicketsContract;
import java.time.Duration;

class MemoryLiveTicketsTest extends LiveTicketsContract {
    private final SettableClock clock = new SettableClock();
    private final LiveTickets store = new MemoryLiveTickets(clock);

    @Override
    protected LiveTickets tickets(int node) {
        return store;
    }

    @Override
    protected void pass(Duration duration) {
        clock.pass(duration);
    }
}
