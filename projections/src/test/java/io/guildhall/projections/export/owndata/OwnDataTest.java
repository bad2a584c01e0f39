package io.guildhall.projections.export.owndata;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.journal.Names;
import io.guildhall.kernel.Aggregate;
import io.guildhall.port.FileKey;
import io.guildhall.projections.export.owndata.Dataset.Current;
import io.guildhall.projections.export.owndata.Dataset.Rows;
import io.guildhall.projections.store.ExportTable.Claim;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.HireScenario;
import io.guildhall.projections.view.ViewFixture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An export of own data has everything that names the account, and nothing that belongs to others. */
class OwnDataTest {
    private static final Pattern ACCOUNT_COLUMN = Pattern.compile(
            "(account|client|freelancer|owner|author|subject|reporter|accused|blocker|blocked|other|member|user|person|recipient|requested_by|settled_by|by|handle|email|address)(_id)?");
    /** Not those of the simulated payment provider, which stands for an external system. */
    private static final String TABLES = """
            SELECT CASE WHEN n.nspname = 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS name, a.attname AS column_name
              FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname IN ('public', 'embedding', 'alert')
               AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, 2
            """;

    private static final ViewFixture FIXTURE = new ViewFixture();
    private static final ReadDatabase DATABASE = new ReadDatabase(FIXTURE.database, 2);
    private final Map<FileKey, String> files = new HashMap<>();
    private final Map<Class<?>, Object> states = new HashMap<>();

    @BeforeAll
    static void fill() {
        FIXTURE.apply(HireScenario.allScenarios().events());
    }

    private static Stream<Rows> rows() {
        return OwnDataParts.ALL.stream()
                .flatMap(it -> it.datasets().stream())
                .flatMap(it -> it instanceof Rows rows ? Stream.of(rows) : Stream.empty());
    }

    private static Set<String> exportedTables() {
        return rows().map(Rows::table).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The columns of all tables, by table. */
    private static Map<String, List<String>> columns() throws SQLException {
        var columns = new LinkedHashMap<String, List<String>>();
        DATABASE.queryBlocking(connection -> Sql.list(
                connection,
                TABLES,
                row -> columns.computeIfAbsent(row.getString("name"), _ -> new ArrayList<>())
                        .add(row.getString("column_name"))));
        return columns;
    }

    @Test
    void everyTableWithAnAccountIsExportedOrLeftOutWithAReason() throws SQLException {
        var classified = Stream.concat(exportedTables().stream(), OwnDataLeftOut.TABLES.keySet().stream())
                .toList();
        assertThat(classified).doesNotHaveDuplicates();
        for (var table : columns().entrySet()) {
            var naming = table.getValue().stream()
                    .filter(it -> ACCOUNT_COLUMN.matcher(it).matches())
                    .toList();
            if (!naming.isEmpty() && !classified.contains(table.getKey()))
                throw new AssertionError("The table " + table.getKey() + " names accounts in " + naming
                        + ". Add it to OwnDataParts, or to the tables that are left out with the reason.");
        }
        assertThat(columns().keySet()).containsAll(classified);
    }

    /** Finds tables whose columns have other names. */
    @Test
    void everyTableInWhichTheScenariosHaveAccountsIsClassified() throws SQLException {
        var classified = Stream.concat(exportedTables().stream(), OwnDataLeftOut.TABLES.keySet().stream())
                .collect(Collectors.toSet());
        var rows = DATABASE.queryBlocking(connection -> {
            var naming = new TreeSet<String>();
            for (var table : columns().keySet())
                if (!Sql.list(
                                connection,
                                "SELECT 1 AS one FROM " + table + " t WHERE to_jsonb(t)::text LIKE '%acc\\_%' LIMIT 1",
                                row -> row.getInt("one"))
                        .isEmpty()) naming.add(table);
            return naming;
        });
        assertThat(rows).hasSizeGreaterThan(15);
        assertThat(classified).containsAll(rows);
    }

    @Test
    void everyAggregateIsExportedOrLeftOutWithAReason() {
        var classified = Stream.of(
                        OwnDataParts.ALL.stream().flatMap(it -> it.aggregates().stream()),
                        OwnDataParts.ALL.stream()
                                .flatMap(it -> it.datasets().stream())
                                .flatMap(it -> it instanceof Current<?> current
                                        ? Stream.of(current.aggregate().name())
                                        : Stream.<String>empty()),
                        OwnDataLeftOut.AGGREGATES.keySet().stream())
                .<String>flatMap(it -> it)
                .toList();
        assertThat(classified)
                .containsExactlyInAnyOrderElementsOf(
                        Names.AGGREGATES.stream().map(Aggregate::name).toList());
    }

    /** A new column of an exported table is exported: it must not be a secret, or must be omitted. */
    @Test
    void noExportedColumnIsASecret() throws SQLException {
        var secret = Pattern.compile("hash|token|secret|password|nonce|(^|_)key|unsubscribe|html|body");
        var columns = columns();
        for (var rows : rows().toList()) {
            var exported = requireNonNull(columns.get(rows.table())).stream()
                    .filter(it -> !rows.omitted().contains(it))
                    .filter(it -> !it.equals("category_key") && !it.equals("skill_keys"))
                    .filter(it -> secret.matcher(it).find())
                    // The chain of a timeline, and the events that a webhook has received.
                    .filter(it -> !(rows.table() + "." + it).equals("timeline_entry.hash"))
                    .filter(it -> !(rows.table() + "." + it).equals("webhook_delivery.body"))
                    .toList();
            assertThat(exported).as(rows.table()).isEmpty();
            assertThat(columns.get(rows.table())).as(rows.table()).containsAll(rows.omitted());
        }
    }

    /** Tables that grow with the marketplace are read by an index. The others have few rows. */
    @Test
    void readsByIndexes() throws SQLException {
        var small = Set.of("abuse_report", "held_release", "webhook");
        DATABASE.queryBlocking(connection -> ReadDatabase.inTransaction(connection, it -> {
            Sql.update(it, "SET LOCAL enable_seqscan = off");
            for (var rows : rows().toList()) {
                var plan = Sql.list(it, "EXPLAIN " + rows.select(), row -> row.getString(1), rows.values("acc_ann"));
                assertThat(plan.stream()
                                .filter(line -> line.contains("Seq Scan on"))
                                .filter(line -> small.stream().noneMatch(table -> line.contains(" " + table + " "))))
                        .as(rows.name() + " " + String.join("\n", plan))
                        .isEmpty();
            }
            return true;
        }));
    }

    private Optional<InputStream> open(FileKey key) {
        return Optional.ofNullable(files.get(key))
                .map(it -> new ByteArrayInputStream(it.getBytes(StandardCharsets.UTF_8)));
    }

    private OwnDataWriter writer() {
        return new OwnDataWriter(
                DATABASE,
                new OwnDataWriter.States() {
                    @Override
                    public <S> S read(Aggregate<S, ?, ?, ?> aggregate, String id) {
                        var state = states.get(aggregate.states());
                        return state == null
                                ? aggregate.initialState()
                                : aggregate.states().cast(state);
                    }
                },
                key -> open(key).orElseThrow(() -> new FileNotFoundException(key.toString())));
    }

    private static Claim claim(String accountId) {
        return new Claim("exp_1", Optional.empty(), accountId, 1, 0, Instant.parse("2026-11-05T10:02:03Z"));
    }

    private Map<String, String> export(String accountId, List<Long> progress) throws Exception {
        var output = new ByteArrayOutputStream();
        assertThat(writer().write(claim(accountId), output, progress::add)).isEqualTo("Guildhall data 2026-11-05.zip");
        var entries = new LinkedHashMap<String, String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(output.toByteArray()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                assertThat(entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8)))
                        .as(entry.getName())
                        .isNull();
        }
        return entries;
    }

    private Map<String, String> export(String accountId) throws Exception {
        return export(accountId, new ArrayList<>());
    }

    private static JsonNode json(Map<String, String> entries, String path) throws Exception {
        return new ObjectMapper().readTree(entries.get(path));
    }

    @Test
    void eachFileIsExplainedAndIsJson() throws Exception {
        var entries = export(HireScenario.ANN);
        var readme = json(entries, "README.json");
        assertThat(readme.path("accountId").asText()).isEqualTo(HireScenario.ANN);
        assertThat(readme.path("leftOut").size()).isGreaterThan(20);
        var paths = new TreeSet<>(Set.of("README.json", "files/README.json"));
        for (var part : OwnDataParts.ALL) {
            assertThat(readme.path("folders").path(part.name()).asText()).isNotEmpty();
            paths.add(part.name() + "/README.json");
            var explained = json(entries, part.name() + "/README.json").path("files");
            explained.fieldNames().forEachRemaining(it -> paths.add(part.name() + "/" + it));
            assertThat(explained.size()).isEqualTo(part.datasets().size());
        }
        assertThat(entries.keySet()).containsExactlyInAnyOrderElementsOf(paths);
        for (var path : paths) assertThat(json(entries, path)).as(path).isNotNull();
    }

    /** Every row of an exported table that has the id of the account, in any column, except those that are left out. */
    @Test
    void everyRowThatNamesTheAccountIsExported() throws Exception {
        long checked = 0;
        for (var account : List.of(HireScenario.CLIENT, HireScenario.ANN, HireScenario.BOB, HireScenario.CARL)) {
            var exported = new HashMap<String, Set<String>>();
            for (var rows : rows().toList())
                exported.computeIfAbsent(rows.table(), _ -> new TreeSet<>()).addAll(ids(rows, account));
            for (var table : exported.entrySet())
                for (var naming : rowsNaming(table.getKey(), account)) {
                    assertThat(table.getValue())
                            .as(table.getKey() + " of " + account)
                            .contains(naming);
                    checked++;
                }
        }
        assertThat(checked).isGreaterThan(50);
    }

    private static List<String> ids(Rows rows, String account) throws SQLException {
        var sql = "SELECT t::text AS id FROM " + rows.table() + " t WHERE ("
                + rows.condition().replace(":account", "?") + ")";
        return DATABASE.queryBlocking(it -> Sql.list(it, sql, row -> row.getString("id"), rows.values(account)));
    }

    private static List<String> rowsNaming(String table, String account) throws SQLException {
        var leftOut = switch (table) {
            case "review" -> " AND NOT (subject_id = '" + account + "' AND status <> 'REVEALED')";
            case "abuse_report" -> " AND reporter_id = '" + account + "'";
            case "account_block" -> " AND blocker_id = '" + account + "'";
            case "message" ->
                " AND (by_id = '" + account
                        + "' OR NOT EXISTS (SELECT FROM room_list l WHERE l.room_id = t.room_id AND l.is_removed AND l.account_id = '"
                        + account + "'))";
            // The other party of a room, whose own row is exported; an admin who has acted.
            case "room_list", "account_suspension" -> " AND account_id = '" + account + "'";
            default -> "";
        };
        var sql = "SELECT t::text AS id FROM " + table + " t WHERE to_jsonb(t)::text LIKE '%\"" + account + "\"%'"
                + leftOut;
        return DATABASE.queryBlocking(it -> Sql.list(it, sql, row -> row.getString("id")));
    }

    @Test
    void hasNothingOfAccountsWithoutRelation() throws Exception {
        var entries = export("acc_stranger");
        for (var part : OwnDataParts.ALL)
            for (var dataset : part.datasets())
                if (dataset instanceof Rows)
                    assertThat(json(entries, part.name() + "/" + dataset.name() + ".json"))
                            .as(dataset.name())
                            .isEmpty();
    }

    @Test
    void countsWhatItWrites() throws Exception {
        var progress = new ArrayList<Long>();
        export(HireScenario.ANN, progress);
        assertThat(progress).isSorted().last().isEqualTo(writer().count(claim(HireScenario.ANN)));
    }

    @Test
    void namesFieldsAsTheApiDoes() throws Exception {
        var contract =
                json(export(HireScenario.ANN), "contracts/contracts.json").path(0);
        assertThat(contract.has("clientId")).isTrue();
        assertThat(contract.has("feeBasisPoints")).isTrue();
        assertThat(contract.has("version")).isFalse();
    }
}
