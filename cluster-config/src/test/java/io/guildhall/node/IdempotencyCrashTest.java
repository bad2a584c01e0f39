package io.guildhall.node;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.guildhall.Await;
import io.guildhall.adapter.postgres.PostgresIdempotency;
import io.guildhall.embedded.EmbeddedPostgres;
import io.guildhall.embedded.PostgresBinaries;
import io.guildhall.node.Database.Part;
import io.guildhall.port.IdempotencyStore.Claim;
import io.guildhall.port.IdempotencyStore.Request;
import io.guildhall.port.IdempotencyStore.Seed;
import io.guildhall.testing.TestLoops;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database server that is killed: an event without the claim of its request would be repeated with other ids. */
class IdempotencyCrashTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @TempDir
    Path folder;

    /** The server flushes nothing on its own: only a commit that waits for the disk does. */
    @Test
    void claimIsDurableBeforeTheEventOfItsRequest() throws Exception {
        var binaries = new PostgresBinaries(System.getenv(), System.out::println).locate();
        try (var server = EmbeddedPostgres.start(binaries, folder, TestLoops.create())) {
            var url = server.url();
            try (var database = open(url)) {
                execute(url, "ALTER SYSTEM SET wal_writer_delay = '10s'");
                execute(url, "SELECT pg_reload_conf()");
                var claims = idempotency(database, NOW);
                assertThat(result(claims.claim(request("first", 1)))).isInstanceOf(Claim.Granted.class);
                writeEvent(database);
                assertThat(result(claims.claim(request("second", 2)))).isInstanceOf(Claim.Granted.class);
                kill(server);
            }
            assertThat(Await.value(() -> count(url))).as("events").isOne();
            try (var database = open(url)) {
                var claims = idempotency(database, NOW.plus(Duration.ofMinutes(1)));
                assertThat(seed(claims, request("first", 3))).isEqualTo(new Seed(NOW, 1));
                assertThat(seed(claims, request("second", 4)))
                        .as("a claim that no event followed is lost: its commit has not waited")
                        .isEqualTo(new Seed(NOW, 4));
            }
        }
    }

    private static Database open(String url) {
        return Database.open(
                url, Settings.from(Settings.load(ConfigFactory.empty())).connectionPools());
    }

    private static PostgresIdempotency idempotency(Database database, Instant now) {
        return new PostgresIdempotency(database.pool(Part.REQUESTS), 1, () -> now);
    }

    private static Request request(String key, long random) {
        return new Request("acc_ann", key, "fingerprint", new Seed(NOW, random));
    }

    private static Seed seed(PostgresIdempotency claims, Request request) {
        return ((Claim.Granted) result(claims.claim(request))).request().seed();
    }

    /** As the journal writes it. */
    private static void writeEvent(Database database) throws SQLException {
        try (var connection = database.pool(Part.JOURNAL).getConnection();
                var insert = connection.createStatement()) {
            insert.execute("""
                    INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp, event_ser_id,
                                               event_ser_manifest, event_payload)
                    VALUES ('job|job_1', 1, 'test', 0, 0, 'job.posted', '')""");
        }
    }

    private static void kill(EmbeddedPostgres server) {
        var process = ProcessHandle.of(server.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static void execute(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(String url) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM event_journal")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
