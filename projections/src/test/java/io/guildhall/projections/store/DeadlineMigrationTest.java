package io.guildhall.projections.store;

import static io.guildhall.Await.result;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.DeadlineResult;
import io.guildhall.testing.TestDatabase;
import io.guildhall.testing.TestLoops;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Deadlines whose rows have a text key: those of older versions, and those that nodes of the last one still write. */
class DeadlineMigrationTest {
    private static final String BEFORE = "16";
    private static final String INSERT = """
            INSERT INTO deadline (key, kind, entity_id, due_at, correlation_id)
            VALUES ('%s', split_part('%1$s', '/', 1), '%s', now() + interval '1 day', 'req_1') ON CONFLICT (key) DO NOTHING
            """;
    private static final Map<String, String> ENTITIES_BY_KEY = Map.of(
            "escrow-charge/esc_1-1/2", "esc_1-1",
            "escrow-transfer/acc_ann/esc_1-1/3", "esc_1-1",
            "payout-account-open/acc_ann/1", "acc_ann",
            "payout-account-check/acc_ann", "acc_ann",
            "review-close/rev_7-c", "rev_7-c",
            "invite-expire/inv_9-ann/4", "inv_9-ann",
            "invite-expire/inv_order/1", "inv_order",
            "invite-remind/inv_9-ann/4", "inv_9-ann");
    private static final String[] EXPECTED = {
        "escrow-charge esc_1-1 2 -",
        "escrow-transfer esc_1-1 3 acc_ann",
        "payout-account-open acc_ann 1 -",
        "payout-account-check acc_ann 0 -",
        "review-close rev_7-c 0 -",
        "invite-expire inv_9-ann 4 job_9",
        "invite-expire inv_order 1 -",
        "invite-remind inv_9-ann 4 -"
    };

    private final PGSimpleDataSource database = TestDatabase.fresh();

    private void insertOldRows() throws SQLException {
        for (var row : ENTITIES_BY_KEY.entrySet()) execute(INSERT.formatted(row.getKey(), row.getValue()));
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> texts(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(sql);
                var rows = query.executeQuery()) {
            var texts = new ArrayList<String>();
            while (rows.next()) texts.add(rows.getString(1));
            return texts;
        }
    }

    private List<String> rows() throws SQLException {
        return texts("SELECT concat_ws(' ', kind, entity_id, number, coalesce(group_id, '-')) FROM deadline");
    }

    @Test
    void keepsExistingDeadlines() throws SQLException {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .target(BEFORE)
                .load()
                .migrate();
        insertOldRows();
        Migrations.run(database);
        assertThat(rows()).containsExactlyInAnyOrder(EXPECTED);
    }

    @Test
    void handlesDeadlinesThatNodesOfTheLastVersionPlan() throws SQLException {
        Migrations.run(database);
        insertOldRows();
        insertOldRows();
        assertThat(rows()).containsExactlyInAnyOrder(EXPECTED);
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        Map<DeadlineKind, DeadlineHandler> handlers = ENTITIES_BY_KEY.keySet().stream()
                .map(key -> new DeadlineKind(key.substring(0, key.indexOf('/'))))
                .distinct()
                .collect(Collectors.toMap(kind -> kind, _ -> due -> {
                    handled.add(due.id() + " " + due.correlation().id());
                    return completedFuture(DeadlineResult.done());
                }));
        InstantSource clock = () -> Instant.now().plus(Duration.ofDays(1));
        try (var deadlines = new Deadlines(database, clock, TestLoops.create())) {
            deadlines.run(List.of(new DeadlineProcess(handlers)));
            Await.until(() -> assertThat(handled).hasSize(ENTITIES_BY_KEY.size()));
        }
        assertThat(handled).contains("escrow-transfer/esc_1-1/3 req_1", "review-close/rev_7-c/0 req_1");
    }

    /** They read the number after the last slash, and find groups by the beginning of the key. */
    @Test
    void nodesOfTheLastVersionFindNewDeadlinesByTheirKey() throws SQLException {
        Migrations.run(database);
        try (var deadlines = new Deadlines(database, InstantSource.system(), TestLoops.create())) {
            var due = Instant.now().plus(Duration.ofDays(1));
            Stream.of(
                            new DeadlineKind("escrow-charge").forEntity("esc_1-1", 2),
                            new DeadlineKind("payout-account-check").forEntity("acc_ann"),
                            new DeadlineKind("review-close").forEntity("rev_7-c"))
                    .forEach(id -> result(deadlines.plan(Correlation.NONE, id, due)));
            result(deadlines.plan(
                    Correlation.NONE, new DeadlineKind("escrow-transfer").forEntity("esc_1-1", 3), "acc_ann", due));
            result(deadlines.plan(
                    Correlation.NONE, new DeadlineKind("invite-expire").forEntity("inv_9-ann", 4), "job_9", due));
        }
        assertThat(texts("SELECT key FROM deadline"))
                .containsExactlyInAnyOrder(
                        "escrow-charge/esc_1-1/2",
                        "payout-account-check/acc_ann",
                        "review-close/rev_7-c",
                        "escrow-transfer/acc_ann/esc_1-1/3",
                        "invite-expire/inv_9-ann/4");
    }
}
