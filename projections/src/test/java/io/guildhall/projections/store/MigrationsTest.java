package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private final TestJournal journal = new TestJournal();

    private String position(String follower) {
        return journal.text(
                "SELECT current_offset FROM pekko_projection_offset_store WHERE projection_name = '" + follower + "'");
    }

    private void setPosition(String follower, int slice, String position) throws SQLException {
        journal.execute("INSERT INTO pekko_projection_offset_store VALUES ('%s', '%d', '%s', 'STR', false, 0)"
                .formatted(follower, slice, position));
    }

    private static List<String> files() throws Exception {
        var folder = Path.of(Migrations.class.getResource("/db/migration").toURI());
        try (var files = Files.list(folder)) {
            return files.map(it -> it.getFileName().toString())
                    .filter(it -> it.endsWith(".sql"))
                    .sorted()
                    .toList();
        }
    }

    private List<String> history() {
        return List.of(journal.text("SELECT string_agg(version || ' ' || checksum, ',' ORDER BY installed_rank)"
                        + " FROM flyway_schema_history")
                .split(","));
    }

    private void record(String version, String description, int checksum) throws SQLException {
        journal.execute("""
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by,
                                                   execution_time, success)
                VALUES (1000, '%1$s', '%2$s', 'SQL', 'V%1$s__%2$s.sql', %3$d, 'test', 1, true)
                """.formatted(version, description, checksum));
    }

    @Test
    void numbersMigrationsFromOneWithoutGapOrDuplicate() throws Exception {
        var numbers = new ArrayList<Integer>();
        for (var file : files()) {
            assertThat(file).matches("V\\d{2,}__[a-z0-9]+(_[a-z0-9]+)*\\.sql");
            numbers.add(Integer.valueOf(file.substring(1, file.indexOf('_'))));
        }
        assertThat(numbers)
                .hasSizeGreaterThanOrEqualTo(Migrations.BASELINE)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    @Test
    void appliesEveryFileAndIgnoresTheReadme() throws Exception {
        assertThat(Migrations.class.getResource("/db/migration/README.md")).isNotNull();
        assertThat(history()).hasSameSizeAs(files());
    }

    @Test
    void changesNothingWhenRunAgain() throws SQLException {
        journal.write("a", 1, "one");
        var xid = journal.text("SELECT xid FROM event_journal");
        var history = history();
        Migrations.run(journal.database);
        assertThat(journal.text("SELECT xid FROM event_journal")).isEqualTo(xid);
        assertThat(history()).isEqualTo(history);
    }

    @Test
    void refusesDatabaseOfNewerProgram() throws SQLException {
        record("999", "to_come", 1);
        assertThatThrownBy(() -> Migrations.run(journal.database))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("newer Guildhall")
                .hasMessageContaining("999");
    }

    @Test
    void refusesDatabaseOfOtherMigrations() throws SQLException {
        journal.execute("UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '01'");
        // Beyond the numbers of this program, but not newer.
        record("999", "owners_suspended", 1);
        assertThatThrownBy(() -> Migrations.run(journal.database))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("migration 01 (journal) differs")
                .hasMessageContaining("schema version " + Migrations.BASELINE)
                .hasMessageContaining("delete the data folder")
                .hasMessageNotContaining("newer");
    }

    @Test
    void refusesDatabaseThatLacksAnEarlierMigration() throws SQLException {
        journal.execute("DELETE FROM flyway_schema_history WHERE version = '02'");
        assertThatThrownBy(() -> Migrations.run(journal.database))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be migrated")
                .hasMessageContaining("not applied to database: 02");
    }

    @Test
    void movesFollowersOfJournalCopiedFromAnotherServer() throws SQLException {
        for (int i = 1; i <= 6; i++) journal.write("a", i, "text " + i);
        // The later transaction wrote the earlier events, as happens side by side.
        journal.execute("UPDATE event_journal SET xid = (900000000000 + (ordering + 1) / 2)::text::xid8");
        journal.execute("UPDATE event_journal SET xid = '900000000009' WHERE ordering = 2");
        int slice = journal.slice("a");
        setPosition("all", slice, "900000000009/2");
        setPosition("some", slice, "900000000002/4");
        setPosition("none", slice, "0/0");

        Migrations.run(journal.database);

        assertThat(journal.text(
                        "SELECT count(*) FROM event_journal WHERE xid < pg_snapshot_xmax(pg_current_snapshot())"))
                .isEqualTo("6");
        assertThat(position("all")).isEqualTo("1/6");
        // The second event was not followed yet; the third and fourth come again.
        assertThat(position("some")).isEqualTo("1/1");
        assertThat(position("none")).isEqualTo("1/0");
        journal.write("a", 7, "new");
        assertThat(journal.text("SELECT ordering FROM event_journal ORDER BY xid DESC, ordering DESC LIMIT 1"))
                .isEqualTo("7");
    }

    @Test
    void showsJournalInReadableForm() throws SQLException {
        journal.write("a", 1, "Hello");
        assertThat(journal.text(
                        "SELECT concat_ws(' ', kind, id, sequence_number, name, event ->> 'text') FROM journal"))
                .isEqualTo("room a 1 room.said Hello");
    }
}
