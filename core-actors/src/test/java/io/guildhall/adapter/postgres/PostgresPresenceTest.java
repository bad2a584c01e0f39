package io.guildhall.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.port.Presence;
import io.guildhall.port.PresenceContract;
import io.guildhall.testing.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PostgresPresenceTest extends PresenceContract {
    private static final LiveDatabase DATABASE = new LiveDatabase();

    private final SettableClock clock = new SettableClock();
    private final PostgresPresence[] nodes = {
        new PostgresPresence(DATABASE.source(), 2, clock), new PostgresPresence(DATABASE.source(), 2, clock)
    };

    @Override
    protected Presence presence(int node) {
        return nodes[node];
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected void pass(Duration duration) {
        clock.pass(duration);
    }

    @Test
    void deletesObsoleteReports() throws SQLException {
        for (var node : new String[] {"old", "newest"}) {
            Await.result(nodes[0].seen("acc_swept", Presence.State.AWAY, node));
            pass(Duration.ofSeconds(1));
        }
        nodes[1].sweep();
        assertThat(DATABASE.count("presence WHERE account_id = 'acc_swept'")).isEqualTo(2);
        pass(Presence.EXPIRY);
        assertThat(nodes[1].sweep()).isPositive();
        assertThat(DATABASE.count("presence WHERE account_id = 'acc_swept' AND node = 'newest'"))
                .isEqualTo(DATABASE.count("presence WHERE account_id = 'acc_swept'"))
                .isEqualTo(1);
        pass(Presence.RETENTION);
        nodes[1].sweep();
        assertThat(DATABASE.count("presence WHERE account_id = 'acc_swept'")).isZero();
    }
}
