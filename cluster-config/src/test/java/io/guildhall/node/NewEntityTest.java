package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.Await;
import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomRejection;
import io.guildhall.journal.JournalEncryption;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.store.Migrations;
import io.guildhall.testing.TestCluster;
import io.guildhall.testing.TestDatabase;
import io.guildhall.testing.TestPersonKeys;
import io.guildhall.testing.TestSuspensions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Entities over the real journal, of which one stays in memory. */
class NewEntityTest {
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
    private final Entities entities;

    NewEntityTest() {
        pool.setJdbcUrl(TestDatabase.migratedUrl(Migrations::run));
        JournalDatabase.open(kit.system().classicSystem(), pool, 4);
        JournalEncryption.of(kit.system().classicSystem()).open(new TestPersonKeys());
        TestCluster.form(kit.system());
        entities = new Entities(
                kit.system(), List.of(Room.AGGREGATE), Instant::now, new TestSuspensions(), Duration.ofSeconds(20), 1);
    }

    @AfterEach
    void close() {
        kit.shutdownTestKit();
        pool.close();
    }

    private Outcome<Room, RoomRejection> create(String id, String contract) {
        return Await.result(entities.create(
                Correlation.NONE, Room.AGGREGATE, id, new RoomCommand.Open(contract, "A boat", "c", "f")));
    }

    private long events() throws Exception {
        try (var connection = pool.getConnection();
                var rows = connection.createStatement().executeQuery("SELECT count(*) FROM event_journal")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void theJournalDecidesWhetherAnIdIsNew() throws Exception {
        assertThat(create("rm_1", "ctr_1")).isInstanceOf(Outcome.Done.class);
        assertThat(create("rm_2", "ctr_2")).isInstanceOf(Outcome.Done.class);
        // rm_1 has left the memory, so that nobody on this node knows that it exists.
        assertThat(create("rm_1", "ctr_other"))
                .isEqualTo(new Outcome.Rejected<>(RoomRejection.EXISTS_WITH_OTHER_TERMS));
        assertThat(create("rm_2", "ctr_2")).isInstanceOf(Outcome.Done.class);
        assertThat(events()).isEqualTo(2);
    }
}
