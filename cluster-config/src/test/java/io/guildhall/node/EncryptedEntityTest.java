package io.guildhall.node;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.Await;
import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.adapter.postgres.MasterKeys;
import io.guildhall.adapter.postgres.PostgresPersonKeys;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomRejection;
import io.guildhall.journal.JournalEncryption;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.store.Migrations;
import io.guildhall.testing.TestCluster;
import io.guildhall.testing.TestDatabase;
import io.guildhall.testing.TestSuspensions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Entities over the real journal with keys in the database, of which one stays in memory. */
class EncryptedEntityTest {
    private static final int EVENTS_PER_SNAPSHOT = 500;

    private final ActorTestKit kit = ActorTestKit.create(
            "guildhall",
            Settings.load(ConfigFactory.parseMap(Map.of(
                    "guildhall.cluster.port",
                    0,
                    "pekko.coordinated-shutdown.exit-jvm",
                    "off",
                    "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook",
                    "off"))));
    private final HikariDataSource pool = new HikariDataSource();
    private final PostgresPersonKeys keys;
    private final Entities entities;

    EncryptedEntityTest() throws SQLException {
        pool.setJdbcUrl(TestDatabase.migratedUrl(Migrations::run));
        keys = new PostgresPersonKeys(pool, new MasterKeys(List.of(new byte[32])), 2, Instant::now);
        keys.poll();
        JournalDatabase.open(kit.system().classicSystem(), pool, 4);
        JournalEncryption.of(kit.system().classicSystem()).open(keys);
        TestCluster.form(kit.system());
        entities = new Entities(
                kit.system(), List.of(Room.AGGREGATE), Instant::now, new TestSuspensions(), Duration.ofSeconds(20), 1);
    }

    @AfterEach
    void close() {
        kit.shutdownTestKit();
        pool.close();
    }

    private void execute(String id, RoomCommand command) {
        Outcome<Room, RoomRejection> outcome = result(entities.execute(Correlation.NONE, Room.AGGREGATE, id, command));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }

    private String text(String sql) {
        try (var connection = pool.getConnection();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private String dump() {
        return text("SELECT string_agg(convert_from(event_payload, 'UTF8'), E'\\n') FROM event_journal")
                + text("SELECT string_agg(convert_from(snapshot_payload, 'UTF8'), E'\\n') FROM snapshot");
    }

    /** The title, as the entity has it after it has left the memory. */
    private Optional<String> recoveredTitle(String id) {
        execute("rm_other", new RoomCommand.Open("ctr_other", "Another", "acc_other", "acc_f"));
        return result(entities.state(Room.AGGREGATE, id))
                .findContent()
                .orElseThrow()
                .subject()
                .title();
    }

    @Test
    void eventsAndSnapshotsAreEncryptedUntilTheKeyIsDestroyed() {
        execute("rm_1", new RoomCommand.Open("ctr_1", "A secret boat", "acc_c", "acc_f"));
        assertThat(recoveredTitle("rm_1")).contains("A secret boat");
        for (int i = 0; i < EVENTS_PER_SNAPSHOT; i++)
            execute("rm_1", new RoomCommand.PostMessage("acc_c", "msg_" + i, "A secret message"));
        Await.until(() -> assertThat(text("SELECT count(*) FROM snapshot")).isEqualTo("1"));
        assertThat(dump()).doesNotContain("secret").contains("1:acc_c:", "1:acc_c+acc_f:");
        assertThat(text("SELECT convert_from(snapshot_payload, 'UTF8') FROM snapshot"))
                .contains("$encrypted");
        assertThat(recoveredTitle("rm_1")).contains("A secret boat");
        assertThat(text("SELECT string_agg(account_id, ' ' ORDER BY account_id) FROM person_key"))
                .isEqualTo("acc_c acc_f acc_other");

        result(keys.destroy("acc_c"));
        Await.until(() -> assertThat(recoveredTitle("rm_1")).isEmpty());
        // It continues, with nothing of the person.
        execute("rm_1", new RoomCommand.PostMessage("acc_c", "msg_after", "A secret of later"));
        execute("rm_1", new RoomCommand.PostMessage("acc_f", "msg_other", "Hello"));
        assertThat(dump()).doesNotContain("secret", "Hello");
        assertThat(text(
                        "SELECT convert_from(event_payload, 'UTF8')::jsonb -> 'text' ->> '$encrypted' FROM event_journal"
                                + " WHERE convert_from(event_payload, 'UTF8') LIKE '%msg_after%'"))
                .isEqualTo("1:acc_c:");
    }
}
