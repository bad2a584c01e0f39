package io.guildhall.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.port.Presence;
import io.guildhall.port.PresenceContract;
import io.guildhall.testing.SettableClock;
import io.guildhall.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresPresenceTest extends PresenceContract {
    private static final DataSource database = TestDatabase.fresh();

    private final SettableClock clock = new SettableClock();
    private final PostgresPresence[] nodes = {
        new PostgresPresence(database, 2, clock), new PostgresPresence(database, 2, clock)
    };

    @BeforeAll
    static void tables() throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(Files.readString(
                    Path.of("../projections/src/main/resources/db/migration/V36__live_connections.sql")));
        }
    }

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
        assertThat(count("presence WHERE account_id = 'acc_swept'")).isEqualTo(2);
        pass(Presence.EXPIRY);
        assertThat(nodes[1].sweep()).isPositive();
        assertThat(count("presence WHERE account_id = 'acc_swept' AND node = 'newest'"))
                .isEqualTo(count("presence WHERE account_id = 'acc_swept'"))
                .isEqualTo(1);
        pass(Presence.RETENTION);
        nodes[1].sweep();
        assertThat(count("presence WHERE account_id = 'acc_swept'")).isZero();
    }

    private static int count(String condition) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM " + condition)) {
            row.next();
            return row.getInt(1);
        }
    }
}
