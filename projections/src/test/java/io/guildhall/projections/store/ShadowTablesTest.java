package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.Await;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.store.RebuildRun.RebuildImpossibleException;
import io.guildhall.projections.view.HireScenario;
import io.guildhall.projections.view.ViewFixture;
import io.guildhall.projections.view.Views;
import io.guildhall.projections.view.room.MessageView;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables that a rebuild fills are like those that they replace, and they replace them without a gap. */
class ShadowTablesTest {
    /** Everything that the catalog knows of a table, but for the names of schemas. */
    private static final String DESCRIPTION = """
            SELECT regexp_replace(line, '\\m(public|rebuild_[a-z_]+)\\.', '', 'g') FROM (
                SELECT concat_ws(' ', 'column', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
                                 a.attcollation::regcollation, a.attstorage, a.attcompression, pg_get_expr(d.adbin, d.adrelid),
                                 row_number() OVER (ORDER BY a.attnum))
                  FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                 WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
                UNION ALL
                SELECT concat_ws(' ', 'constraint', conname, condeferrable, condeferred, convalidated, pg_get_constraintdef(oid))
                  FROM pg_constraint WHERE conrelid = ?::regclass
                UNION ALL
                SELECT concat_ws(' ', 'index', indisprimary, indisvalid, pg_get_indexdef(indexrelid))
                  FROM pg_index WHERE indrelid = ?::regclass
                UNION ALL
                SELECT concat_ws(' ', 'trigger', tgenabled, pg_get_triggerdef(oid)) FROM pg_trigger
                 WHERE tgrelid = ?::regclass AND NOT tgisinternal
                UNION ALL
                SELECT concat_ws(' ', 'table', relpersistence, relkind, reloptions::text, (SELECT string_agg(acl::text, ' ' ORDER BY acl::text)
                                                                                             FROM unnest(relacl) acl))
                  FROM pg_class WHERE oid = ?::regclass) AS described (line)
             ORDER BY 1
            """;

    /** With the rows of all views, and vectors of the documents. */
    private static final ViewFixture FILLED = new ViewFixture();

    private final TestJournal journal = new TestJournal();
    private final ShadowTables messages = new ShadowTables(new MessageView());

    static Stream<View> rebuildable() {
        return Views.all().stream().filter(View::isRebuildable);
    }

    @BeforeAll
    static void fill() {
        FILLED.transaction(connection -> {
            Sql.update(connection, "INSERT INTO embedding.model (name, registered_at) VALUES ('model', now())");
        });
        FILLED.apply(HireScenario.allScenarios().events());
        FILLED.transaction(connection -> {
            Sql.update(connection, """
                    INSERT INTO embedding.vector (kind, id, model, content_hash, embedding)
                    SELECT kind, id, 'model', content_hash, array_fill(0, ARRAY[384])::vector FROM search_document
                    """);
        });
    }

    @BeforeEach
    void addMessage() throws SQLException {
        journal.execute("INSERT INTO message VALUES ('room_1', 1, 'msg_1', 'acc_1', 'old', now())");
    }

    private void inTransaction(ReadDatabase.Work work) throws SQLException {
        try (var connection = journal.database.getConnection()) {
            ReadDatabase.runInTransaction(connection, work);
        }
    }

    private static List<String> description(Connection connection, String table) throws SQLException {
        return Sql.list(connection, DESCRIPTION, row -> row.getString(1), table, table, table, table, table);
    }

    @ParameterizedTest
    @MethodSource("rebuildable")
    void areLikeTheTablesThatTheyReplace(View view) throws SQLException {
        var shadow = new ShadowTables(view);
        var names = view.tables().stream().map(Table::name).toList();
        inTransaction(connection -> {
            for (var table : names) {
                Sql.update(connection, "ALTER TABLE " + table + " SET (fillfactor = 90)");
                Sql.update(connection, "GRANT SELECT ON " + table + " TO PUBLIC");
            }
            shadow.create(connection);
            for (var table : names) {
                var live = description(connection, table);
                assertThat(live).hasSizeGreaterThan(3).anyMatch(it -> it.startsWith("index t t CREATE UNIQUE INDEX"));
                var schema = "rebuild_" + view.name().replace('-', '_') + ".";
                assertThat(description(connection, schema + table)).isEqualTo(live);
            }
        });
        inTransaction(connection -> {
            var before = descriptions(connection, names);
            shadow.exchange(connection);
            assertThat(descriptions(connection, names)).isEqualTo(before);
            // Another rebuild is possible.
            shadow.create(connection);
            shadow.drop(connection);
            shadow.drop(connection);
        });
    }

    private static List<List<String>> descriptions(Connection connection, List<String> tables) throws SQLException {
        var all = new java.util.ArrayList<List<String>>();
        for (var table : tables) all.add(description(connection, table));
        return all;
    }

    /** What a view also writes elsewhere, such as the queue of documents to embed, a rebuild must leave alone. */
    @ParameterizedTest
    @MethodSource("rebuildable")
    void receiveTheRowsOfTheViewAndNothingElseChanges(View view) throws SQLException {
        var shadow = new ShadowTables(view);
        var story = HireScenario.allScenarios();
        try (var connection = FILLED.database.getConnection()) {
            connection.setAutoCommit(false);
            shadow.create(connection);
            var before = allRows(connection);
            assertThat(before).containsKeys("embedding.queue", "embedding.vector", "alert.search", "public.job");
            shadow.enter(connection);
            var rebuilt = view.forRebuild();
            rebuilt.lock(
                    connection,
                    story.events().stream()
                            .<Recorded<?>>map(it -> it.recorded())
                            .toList());
            for (var event : story.events()) event.applyTo(rebuilt, connection);
            shadow.leave(connection);
            assertThat(allRows(connection)).isEqualTo(before);
            for (var table : view.tables()) {
                var rows = rows(connection, "rebuild_" + view.name().replace('-', '_') + "." + table.name());
                assertThat(rows).as(table.name()).isNotEmpty().isEqualTo(before.get("public." + table.name()));
            }
            connection.rollback();
        }
    }

    /** Every row of every table outside the schemas of rebuilds. */
    private static Map<String, List<String>> allRows(Connection connection) throws SQLException {
        var all = new TreeMap<String, List<String>>();
        for (var table : Sql.list(
                connection,
                "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname IN ('public', 'embedding', 'alert', 'sandbox')",
                row -> row.getString(1))) all.put(table, rows(connection, table));
        return all;
    }

    private static List<String> rows(Connection connection, String table) throws SQLException {
        return Sql.list(connection, "SELECT t::text FROM " + table + " t ORDER BY 1", row -> row.getString(1));
    }

    @Test
    void statementsReferToShadowTablesFromEnterToLeave() throws SQLException {
        inTransaction(messages::create);
        inTransaction(connection -> {
            messages.enter(connection);
            assertThat(texts(connection)).isEmpty();
            Sql.update(connection, "INSERT INTO message VALUES ('room_1', 1, 'msg_1', 'acc_1', 'new', now())");
            assertThat(texts(connection)).containsExactly("new");
            messages.leave(connection);
            assertThat(texts(connection)).containsExactly("old");
        });
        inTransaction(connection -> assertThat(texts(connection)).containsExactly("old"));
        inTransaction(connection -> {
            messages.exchange(connection);
            assertThat(texts(connection)).containsExactly("new");
        });
    }

    private static List<String> texts(Connection connection) throws SQLException {
        return Sql.list(connection, "SELECT text FROM message", row -> row.getString(1));
    }

    /** Otherwise statements would refer to the tables in use. */
    @Test
    void statementsFailWithoutShadowTables() throws SQLException {
        assertThatThrownBy(() -> inTransaction(messages::enter))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("rebuild_messages");
        inTransaction(messages::create);
        try (var applying = journal.begin();
                var dropping = journal.begin()) {
            messages.enter(applying);
            Sql.update(dropping, "SET LOCAL lock_timeout = '50ms'");
            assertThatThrownBy(() -> messages.drop(dropping)).hasMessageContaining("lock timeout");
        }
    }

    /** The query gets its rows, and the exchange can be tried again. */
    @Test
    void anExchangeGivesWayToAQueryThatTakesLong() throws SQLException {
        inTransaction(messages::create);
        try (var reading = journal.begin()) {
            assertThat(texts(reading)).containsExactly("old");
            assertThatThrownBy(() -> inTransaction(messages::exchange))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
            assertThat(texts(reading)).containsExactly("old");
        }
        inTransaction(messages::exchange);
        inTransaction(connection -> assertThat(texts(connection)).isEmpty());
    }

    @Test
    void doNotReplaceTablesThatAMigrationHasChanged() throws SQLException {
        for (var ddl : List.of(
                "ALTER TABLE message ADD COLUMN added TEXT",
                "ALTER TABLE message ALTER COLUMN number TYPE INTEGER",
                "ALTER TABLE message ALTER COLUMN text DROP NOT NULL",
                "CREATE INDEX added ON message (at)")) {
            inTransaction(messages::create);
            assertThatThrownBy(() -> inTransaction(connection -> {
                        Sql.update(connection, ddl);
                        messages.exchange(connection);
                    }))
                    .as(ddl)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("the tables have changed: ");
        }
        inTransaction(messages::exchange);
    }

    /** In a table that is put in place after the state was fixed, the transaction would see no rows. */
    @Test
    void noTableIsExchangedWhileATransactionSeesAnEarlierState() throws SQLException {
        inTransaction(messages::create);
        var read = new ReadDatabase(journal.database, 1).inSnapshot(List.of("message"), connection -> {
            assertThatThrownBy(() -> inTransaction(messages::exchange)).hasMessageContaining("lock timeout");
            return texts(connection);
        });
        assertThat(Await.result(read)).containsExactly("old");
        inTransaction(messages::exchange);
    }

    @Test
    void refusesTablesOnWhichOthersDepend() throws SQLException {
        for (var ddl : List.of(
                "CREATE VIEW report AS SELECT count(*) FROM message",
                "CREATE TABLE report (room_id TEXT, number BIGINT, FOREIGN KEY (room_id, number) REFERENCES message)",
                "ALTER TABLE message ADD COLUMN report BIGSERIAL")) {
            assertThatThrownBy(() -> inTransaction(connection -> {
                        Sql.update(connection, ddl);
                        messages.create(connection);
                    }))
                    .as(ddl)
                    .isInstanceOf(RebuildImpossibleException.class)
                    .hasMessageContaining("report");
        }
        inTransaction(messages::create);
    }
}
