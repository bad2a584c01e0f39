package io.guildhall.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.port.LiveTickets;
import io.guildhall.port.LiveTicketsContract;
import io.guildhall.testing.SettableClock;
import io.guildhall.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresLiveTicketsTest extends LiveTicketsContract {
    private static final DataSource database = TestDatabase.fresh();

    private final SettableClock clock = new SettableClock();
    private final PostgresLiveTickets[] nodes = {
        new PostgresLiveTickets(database, 2, clock), new PostgresLiveTickets(database, 2, clock)
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
    protected LiveTickets tickets(int node) {
        return nodes[node];
    }

    @Override
    protected void pass(Duration duration) {
        clock.pass(duration);
    }

    @Test
    void deletesExpiredTickets() throws SQLException {
        var session = new LiveTickets.Session("acc_swept", "s1", "ses_1", Set.of(), clock.instant());
        var kept = Await.result(nodes[0].issue(session, Duration.ofSeconds(30)));
        Await.result(nodes[0].issue(session, Duration.ofSeconds(29)));
        pass(Duration.ofMillis(29_001));
        assertThat(nodes[1].sweep()).isPositive();
        assertThat(count("live_ticket WHERE account_id = 'acc_swept'")).isEqualTo(1);
        assertThat(Await.result(nodes[1].redeem(kept))).contains(session);
    }

    @Test
    void storesNoTicketInClearText() throws SQLException {
        var session = new LiveTickets.Session("acc_hashed", "s1", "ses_1", Set.of(), clock.instant());
        var ticket = Await.result(nodes[0].issue(session, Duration.ofSeconds(30)));
        assertThat(count("live_ticket WHERE position('" + ticket + "' IN live_ticket::text) > 0 OR hash = '" + ticket
                        + "'::bytea"))
                .isZero();
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
