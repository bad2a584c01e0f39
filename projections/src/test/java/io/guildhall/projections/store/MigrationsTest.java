package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private final TestJournal journal = new TestJournal();

    private static String position(TestJournal journal, String follower, String kind) {
        return journal.text("""
                SELECT xid || '/' || ordering FROM follower_position
                 WHERE follower = '%s' AND kind = '%s' AND first_slice = 0 AND last_slice = 1023
                """.formatted(follower, kind));
    }

    private void setPosition(String follower, String xid, int ordering) throws SQLException {
        journal.execute("INSERT INTO follower_position VALUES ('%s', 'room', 0, 1023, '%s', %d)"
                .formatted(follower, xid, ordering));
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
        setPosition("all", "900000000009", 2);
        setPosition("some", "900000000002", 4);
        setPosition("none", "0", 0);

        Migrations.run(journal.database);

        assertThat(journal.text(
                        "SELECT count(*) FROM event_journal WHERE xid < pg_snapshot_xmax(pg_current_snapshot())"))
                .isEqualTo("6");
        assertThat(position(journal, "all", "room")).isEqualTo("1/6");
        // The second event was not followed yet; the third and fourth come again.
        assertThat(position(journal, "some", "room")).isEqualTo("1/1");
        assertThat(position(journal, "none", "room")).isEqualTo("1/0");
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

    /** A database of the version with four slices. */
    @Test
    void takesOverThePositionsInFourSlices() throws SQLException {
        var old = TestJournal.atVersion("14");
        // One job in each slice, the first in the slice 0: see the column slice.
        var jobs = new String[4];
        for (int i = 0; Stream.of(jobs).anyMatch(Objects::isNull); i++) {
            int slice =
                    Integer.parseInt(old.text("SELECT strpos('0123456789abcdef', left(md5('job|j" + i + "'), 1)) & 3"));
            if (jobs[slice] == null) jobs[slice] = "j" + i;
        }
        for (int sequence = 1; sequence <= 3; sequence++)
            for (var job : jobs)
                old.write(Job.AGGREGATE, job, sequence, new JobEvent.Completed("ctr_1", TestJournal.AT));
        old.write("a", 1, "not followed by jobs");
        // The events have the numbers 1 to 12; those of slice 2 have the numbers 3, 7 and 11.
        for (int slice = 0; slice < 4; slice++) {
            setOldPosition(old, "jobs", slice, slice == 2 ? 7 : 9 + slice);
            if (slice != 1) setOldPosition(old, "hiring", slice, 9 + slice);
            setOldPosition(old, "notifications", slice, 9 + slice);
        }
        Migrations.run(old.database);
        var xids = new String[13];
        for (int i = 1; i <= 12; i++) xids[i] = old.text("SELECT xid FROM event_journal WHERE ordering = " + i);
        assertThat(position(old, "jobs", "job"))
                .as("the first unread event is 11")
                .isEqualTo(xids[11] + "/10");
        assertThat(position(old, "hiring", "job"))
                .as("nothing of slice 1 was read")
                .isEqualTo(xids[2] + "/1");
        assertThat(position(old, "notifications", "job")).as("all was read").isEqualTo(xids[12] + "/12");
        assertThat(position(old, "notifications", "review"))
                .as("there is no such event")
                .isEqualTo("0/0");
        assertThat(
                        old.text(
                                "SELECT count(*) FROM follower_position WHERE follower NOT IN ('jobs', 'hiring', 'notifications')"))
                .as("followers that never ran")
                .isEqualTo("0");
    }

    /** The row of an account includes the events up to the position of its view, not all that are in the journal. */
    @Test
    void accountsHaveTheVersionThatTheyInclude() throws SQLException {
        var old = TestJournal.atVersion("20");
        for (int sequence = 1; sequence <= 5; sequence++)
            old.write(
                    Account.AGGREGATE,
                    "address",
                    sequence,
                    new AccountEvent.PremiumEnded("acc_1", "acc_root", Optional.of("Checked"), TestJournal.AT));
        int slice = Integer.parseInt(old.text("SELECT slice FROM event_journal LIMIT 1"));
        setOldPosition(old, "accounts", slice, 3);
        old.execute("""
                INSERT INTO account (id, address, email, name, country, roles, status, registered_at)
                VALUES ('acc_1', 'address', '', '', '', '{}', '', now()), ('acc_2', 'other', '', '', '', '{}', '', now())
                """);
        Migrations.run(old.database);
        assertThat(old.text("SELECT string_agg(version::text, ' ' ORDER BY id) FROM account"))
                .isEqualTo("3 0");
    }

    @Test
    void refusesAccountsWhoseIdsWereMadeOfAddresses() throws SQLException {
        var old = TestJournal.atVersion("63");
        old.execute("""
                INSERT INTO event_journal (persistence_id, sequence_number, writer, event_ser_id, event_ser_manifest, event_payload)
                VALUES ('account|71d4f55f', 1, 'test', 1, 'account.registered', '{}')
                """);
        assertThatThrownBy(() -> Migrations.run(old.database))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has accounts of an earlier version")
                .hasMessageContaining("delete the data folder");
        assertThat(old.text("SELECT max(version::int) FROM flyway_schema_history"))
                .isEqualTo("63");
    }

    /** Suspensions leave the view of accounts: none is lost, and the new view continues at its position. */
    @Test
    void takesOverSuspensions() throws SQLException {
        var old = TestJournal.atVersion("24");
        old.write(Account.AGGREGATE, "a1", 1, new AccountEvent.Suspended("acc_1", "acc_root", "Spam", TestJournal.AT));
        old.write(
                Account.AGGREGATE,
                "a1",
                2,
                new AccountEvent.SuspensionLifted("acc_1", "acc_root", Optional.of("Checked"), TestJournal.AT));
        old.write(Account.AGGREGATE, "a1", 3, new AccountEvent.Suspended("acc_1", "acc_root", "Fraud", TestJournal.AT));
        old.write(Account.AGGREGATE, "a2", 1, new AccountEvent.Suspended("acc_2", "acc_root", "Spam", TestJournal.AT));
        old.write(
                Account.AGGREGATE,
                "a2",
                2,
                new AccountEvent.SuspensionLifted("acc_2", "acc_root", Optional.of("Checked"), TestJournal.AT));
        old.execute("""
                INSERT INTO follower_position VALUES ('accounts', 'account', 0, 511, '7', 1), ('accounts', 'account', 512, 1023, '9', 3)
                """);
        Migrations.run(old.database);
        assertThat(old.text(
                        "SELECT string_agg(concat_ws(' ', account_id, is_suspended, reason, by_id, version, since = '%s'), ', ' ORDER BY account_id) FROM suspension"
                                .formatted(TestJournal.AT)))
                .isEqualTo("acc_1 t Fraud acc_root 3 t, acc_2 f Spam acc_root 2 t");
        assertThat(
                        old.text(
                                "SELECT string_agg(concat_ws(' ', first_slice, last_slice, xid, ordering), ', ' ORDER BY first_slice) FROM follower_position WHERE follower = 'access'"))
                .isEqualTo("0 511 7 1, 512 1023 9 3");
    }

    @Test
    void addsUpTheLedgerAndWhatNodesOfThePreviousVersionPost() throws SQLException {
        var old = TestJournal.atVersion("25");
        old.execute("""
                INSERT INTO ledger_posting VALUES ('esc_1', 1, 1, '', 0, 'HELD', 'provider-cash', 9, 'USD', now()),
                                                  ('esc_1', 1, 2, '', 0, 'HELD', 'escrow:esc_1', -9, 'USD', now())
                """);
        Migrations.run(old.database);
        var totals = "SELECT string_agg(concat_ws(' ', %1$s, currency, debits, credits), ', ' ORDER BY %1$s) FROM %2$s";
        assertThat(old.text(totals.formatted("account", "ledger_account")))
                .isEqualTo("escrow:esc_1 USD 0 9, provider-cash USD 9 0");
        assertThat(old.text(totals.formatted("kind", "ledger_account_kind")))
                .isEqualTo("escrow USD 0 9, provider-cash USD 9 0");
        old.execute("""
                INSERT INTO ledger_posting VALUES ('esc_2', 1, 1, '', 0, 'HELD', 'provider-cash', 9, 'USD', now()),
                                                  ('esc_2', 1, 2, '', 0, 'HELD', 'escrow:esc_2', -9, 'USD', now())
                """);
        assertThat(old.text("SELECT string_agg(escrow_id, ' ') FROM ledger_posting WHERE NOT in_totals"))
                .isEqualTo("esc_2 esc_2");
    }

    private static void setOldPosition(TestJournal journal, String follower, int slice, int ordering)
            throws SQLException {
        journal.execute("""
                INSERT INTO pekko_projection_offset_store
                SELECT '%s', '%d', xid || '/' || ordering, 'STR', false, 0 FROM event_journal WHERE ordering = %d
                """.formatted(follower, slice, ordering));
    }
}
