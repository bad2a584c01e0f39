package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private final Journal journal = new Journal();

    private String place(String follower) {
        return journal.text(
                "SELECT current_offset FROM pekko_projection_offset_store WHERE projection_name = '" + follower + "'");
    }

    private void stands(String follower, int slice, String place) throws SQLException {
        journal.execute("INSERT INTO pekko_projection_offset_store VALUES ('%s', '%d', '%s', 'STR', false, 0)"
                .formatted(follower, slice, place));
    }

    @Test
    void migratedAlreadyNothingChanges() throws SQLException {
        journal.write("a", 1, "one");
        var before = journal.text("SELECT xid FROM event_journal");
        Migrations.run(journal.database);
        assertThat(journal.text("SELECT xid FROM event_journal")).isEqualTo(before);
    }

    @Test
    void aDatabaseOfANewerProgramIsRefused() throws SQLException {
        journal.execute("""
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by,
                                                   execution_time, success)
                VALUES (1000, '999', 'to come', 'SQL', 'V999__to_come.sql', 1, 'test', 1, true)
                """);
        assertThatThrownBy(() -> Migrations.run(journal.database))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("newer Guildhall")
                .hasMessageContaining("999");
    }

    @Test
    void aJournalFromAServerThatHadGoneFurtherIsSettledHere() throws SQLException {
        for (int i = 1; i <= 6; i++) journal.write("a", i, "text " + i);
        // The later transaction wrote the earlier events, as happens side by side.
        journal.execute("UPDATE event_journal SET xid = (900000000000 + (ordering + 1) / 2)::text::xid8");
        journal.execute("UPDATE event_journal SET xid = '900000000009' WHERE ordering = 2");
        int slice = journal.slice("a");
        stands("all", slice, "900000000009/2");
        stands("some", slice, "900000000002/4");
        stands("none", slice, "0/0");

        Migrations.run(journal.database);

        assertThat(journal.text(
                        "SELECT count(*) FROM event_journal WHERE xid < pg_snapshot_xmax(pg_current_snapshot())"))
                .isEqualTo("6");
        assertThat(place("all")).isEqualTo("1/6");
        // The second event was not followed yet; the third and fourth come again.
        assertThat(place("some")).isEqualTo("1/1");
        assertThat(place("none")).isEqualTo("1/0");
        journal.write("a", 7, "new");
        assertThat(journal.text("SELECT ordering FROM event_journal ORDER BY xid DESC, ordering DESC LIMIT 1"))
                .isEqualTo("7");
    }

    @Test
    void theJournalIsReadableBySql() throws SQLException {
        journal.write("a", 1, "Hello");
        assertThat(journal.text(
                        "SELECT concat_ws(' ', kind, id, sequence_number, name, event ->> 'text') FROM journal"))
                .isEqualTo("room a 1 room.said Hello");
    }
}
