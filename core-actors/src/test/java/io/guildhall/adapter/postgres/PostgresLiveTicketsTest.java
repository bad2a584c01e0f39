package io.guildhall.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.port.LiveTickets;
import io.guildhall.port.LiveTicketsContract;
import io.guildhall.testing.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PostgresLiveTicketsTest extends LiveTicketsContract {
    private static final LiveDatabase DATABASE = new LiveDatabase();

    private final SettableClock clock = new SettableClock();
    private final PostgresLiveTickets[] nodes = {
        new PostgresLiveTickets(DATABASE.source(), 2, clock), new PostgresLiveTickets(DATABASE.source(), 2, clock)
    };

    @Override
    protected LiveTickets tickets(int node) {
        return nodes[node];
    }

    @Override
    protected void pass(Duration duration) {
        clock.pass(duration);
    }

    @Test
    void deletesExpiredTickets() throws SQLException {
        var session = new LiveTickets.Session("acc_swept", "ses_1", Set.of(), clock.instant());
        var kept = Await.result(nodes[0].issue(session, Duration.ofSeconds(30)));
        Await.result(nodes[0].issue(session, Duration.ofSeconds(29)));
        pass(Duration.ofMillis(29_001));
        assertThat(nodes[1].sweep()).isPositive();
        assertThat(DATABASE.count("live_ticket WHERE account_id = 'acc_swept'")).isEqualTo(1);
        assertThat(Await.result(nodes[1].redeem(kept))).contains(session);
    }

    @Test
    void storesNoTicketInClearText() throws SQLException {
        var session = new LiveTickets.Session("acc_hashed", "ses_1", Set.of(), clock.instant());
        var ticket = Await.result(nodes[0].issue(session, Duration.ofSeconds(30)));
        assertThat(DATABASE.count("live_ticket WHERE position('" + ticket + "' IN live_ticket::text) > 0 OR hash = '"
                        + ticket + "'::bytea"))
                .isZero();
    }
}
