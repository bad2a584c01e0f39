package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.Await;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigCommand;
import io.guildhall.domain.job.Job;
import io.guildhall.kernel.Aggregate;
import io.guildhall.port.Alerts;
import io.guildhall.port.Embeddings;
import io.guildhall.projections.TestNode;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.store.FollowerMetrics;
import io.guildhall.projections.store.Followers;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Rebuild.Phase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.TestJournal;
import io.guildhall.projections.store.ViewRebuilds;
import io.guildhall.projections.view.search.SqlAlerts;
import io.guildhall.projections.view.search.SqlEmbeddings;
import io.guildhall.testing.TestLoops;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rebuilds every view as an operator does, while all views run, events arrive and all lists are read. */
class RunningRebuildTest {
    private static final String MODEL = "test-model";
    private static final int MAX_REBUILDS = 5;

    private final TestJournal journal = new TestJournal();
    private final HikariDataSource pool = new HikariDataSource();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private ActorTestKit kit;
    private Followers followers;
    private ViewRebuilds rebuilds;

    @BeforeEach
    void start() {
        pool.setJdbcUrl(journal.url);
        pool.setMaximumPoolSize(25);
        kit = TestNode.start(journal.url);
        var loops = TestLoops.create();
        followers = new Followers(
                kit.system(), pool, new FollowerMetrics(new SimpleMeterRegistry(), InstantSource.system()), loops, 4);
        Views.all().forEach(followers::run);
        rebuilds = new ViewRebuilds(kit.system(), pool, loops, Views.all());
    }

    @AfterEach
    void stop() {
        rebuilds.close();
        followers.close();
        kit.shutdownTestKit();
        pool.close();
    }

    private void write(List<EventStory.StoredEvent<?>> events) throws SQLException {
        try (var connection = journal.database.getConnection()) {
            connection.setAutoCommit(false);
            for (int from = 0; from < events.size(); from += 10) {
                for (var it : events.subList(from, Math.min(from + 10, events.size())))
                    TestJournal.write(
                            connection,
                            it.aggregate(),
                            it.recorded().entityId(),
                            it.recorded().sequence(),
                            it.recorded().event());
                connection.commit();
            }
        }
    }

    private Map<String, List<String>> rowsWhenCaughtUp() {
        Await.until(() -> {
            try {
                assertThat(followers.control().progress()).allMatch(it -> it.eventsBehind() == 0);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
        return ViewFixture.rows(journal.database);
    }

    private void rebuild(String view) throws SQLException {
        assertThat(rebuilds.request(view)).isTrue();
        assertThat(rebuilds.request(view)).as("a second rebuild at once").isFalse();
        awaitDone(view);
    }

    private void awaitDone(String view) {
        Await.until(() -> {
            try {
                assertThat(rebuilds.list()).anySatisfy(it -> {
                    assertThat(it.view()).isEqualTo(view);
                    assertThat(it.phase()).as(it.toString()).isEqualTo(Phase.DONE);
                    assertThat(it.attempts()).as(it.toString()).isOne();
                    assertThat(it.eventsDone()).isPositive().isEqualTo(it.eventsTotal());
                });
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void onlyWhatMustNeverBeMissingCannotBeRebuilt() {
        assertThat(rebuilds.views())
                .containsExactlyElementsOf(Views.all().stream()
                        .map(View::name)
                        .filter(it -> !Set.of("access", "admin-log", "audit", "data-export-queue")
                                .contains(it))
                        .toList());
    }

    @Test
    void everyListShowsWhatItShowedWhileEveryViewIsRebuilt() throws Exception {
        var story = HireScenario.allScenarios();
        write(story.events());
        var before = rowsWhenCaughtUp();
        assertThat(before.values()).noneMatch(List::isEmpty);
        var itemsBefore = itemsOfAllLists();
        var reading = CompletableFuture.supplyAsync(() -> readRepeatedly(before), Thread::startVirtualThread);
        var lists =
                CompletableFuture.supplyAsync(() -> readAllListsAgainAndAgain(itemsBefore), Thread::startVirtualThread);
        recordLastSteps();
        var copies = new StoryCopies(story);
        var more = new ArrayList<EventStory.StoredEvent<?>>();
        for (var view : rebuilds.views()) more.addAll(rebuildWithLastEvents(view, copies));
        isOver.set(true);
        assertThat(result(reading)).as("reads").isPositive();
        assertThat(result(lists)).as("reads of lists").isPositive();

        var expected = new ViewFixture();
        expected.apply(story.events());
        expected.apply(more);
        assertThat(RebuildTest.differences(expected.rows(), rowsWhenCaughtUp())).isEmpty();
        for (var view : rebuilds.views()) rebuild(view);
        assertThat(RebuildTest.differences(expected.rows(), rowsWhenCaughtUp()))
                .as("rebuilt without traffic")
                .isEmpty();
    }

    /**
     * Rebuilds a view while events arrive that it handles. If the first attempt to exchange the tables fails, the events
     * are read before the next one: then the view is rebuilt again.
     *
     * @return the events
     */
    private List<EventStory.StoredEvent<?>> rebuildWithLastEvents(String view, StoryCopies copies) throws SQLException {
        var events = new ArrayList<EventStory.StoredEvent<?>>();
        for (int i = 0; i < MAX_REBUILDS && !viewsWithLastEvents().contains(view); i++)
            events.addAll(rebuildDuring(view, copies.next(aggregates(view))));
        assertThat(viewsWithLastEvents())
                .as("views that have read events in the transaction of the exchange")
                .contains(view);
        return events;
    }

    private static Set<Aggregate<?, ?, ?, ?>> aggregates(String name) {
        return Views.all().stream()
                .filter(it -> it.name().equals(name))
                .flatMap(it -> it.follows().stream())
                .map(View.Subscription::aggregate)
                .collect(toSet());
    }

    /**
     * Writes some of the events while the view reads the journal, and most of them, of each kind, while it waits for the
     * exchange of its tables.
     *
     * @return the events
     */
    private List<EventStory.StoredEvent<?>> rebuildDuring(String view, List<EventStory.StoredEvent<?>> events)
            throws SQLException {
        try (var readers = pool.getConnection()) {
            readers.setAutoCommit(false);
            // The exchange waits for the readers of the view. Here, for this transaction.
            Sql.list(
                    readers,
                    "SELECT FROM follower_position WHERE follower = ? ORDER BY kind, first_slice FOR UPDATE",
                    _ -> true,
                    view);
            assertThat(rebuilds.request(view)).isTrue();
            var early = events.stream().collect(partitioningBy(RunningRebuildTest::isEarly));
            write(early.getOrDefault(true, List.of()));
            awaitPhase(view, Phase.SWAPPING);
            write(early.getOrDefault(false, List.of()));
            readers.commit();
        }
        awaitDone(view);
        return events;
    }

    private static boolean isEarly(EventStory.StoredEvent<?> it) {
        return it.recorded().sequence() == 1
                && (it.aggregate().equals(Account.AGGREGATE) || it.aggregate().equals(Job.AGGREGATE));
    }

    private void awaitPhase(String view, Phase phase) {
        Await.until(() -> {
            try {
                assertThat(rebuilds.list()).anySatisfy(it -> {
                    assertThat(it.view()).isEqualTo(view);
                    assertThat(it.phase()).as(it.toString()).isEqualTo(phase);
                });
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Records how many events a rebuild reads in each transaction. */
    private void recordLastSteps() throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE step AS SELECT view, phase, events_done AS events, 1::bigint AS transaction FROM view_rebuild LIMIT 0;
                    CREATE FUNCTION record_step() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN
                         INSERT INTO step VALUES (NEW.view, NEW.phase, NEW.events_done - OLD.events_done, txid_current());
                         RETURN NEW;
                     END';
                    CREATE TRIGGER record_step AFTER UPDATE ON view_rebuild FOR EACH ROW EXECUTE FUNCTION record_step()
                    """);
        }
    }

    private List<String> viewsWithLastEvents() throws SQLException {
        try (var connection = pool.getConnection()) {
            return Sql.list(connection, """
                    SELECT DISTINCT exchange.view FROM step AS exchange JOIN step AS read USING (view, transaction)
                     WHERE exchange.phase = 'FINISHING' AND read.events > 0
                    """, row -> row.getString(1));
        }
    }

    @Test
    void rebuildsOfAllViewsThatAreRequestedTogether() throws Exception {
        write(HireScenario.allScenarios().events());
        var before = rowsWhenCaughtUp();
        for (var view : rebuilds.views()) assertThat(rebuilds.request(view)).isTrue();
        for (var view : rebuilds.views()) awaitDone(view);
        assertThat(rowsWhenCaughtUp()).isEqualTo(before);
    }

    @Test
    void nothingIsEmbeddedAgainAndNoVectorIsLost() throws Exception {
        var embeddings = new SqlEmbeddings(new ReadDatabase(pool, 2));
        var alerts = new SqlAlerts(new ReadDatabase(pool, 2));
        result(embeddings.register(MODEL));
        write(withGigs(HireScenario.allScenarios()).events());
        rowsWhenCaughtUp();
        embedAll(embeddings);
        result(alerts.storeSearches(
                MODEL,
                result(alerts.pendingSearches(100)).stream()
                        .map(it -> new Alerts.EmbeddedSearch(it, Optional.of(new float[384]), List.of()))
                        .toList()));
        var before = derived();
        assertThat(before).hasSizeGreaterThan(3).noneMatch(it -> it.startsWith("queue"));
        rebuild("search");
        rebuild("saved-searches");
        assertThat(derived()).isEqualTo(before);
        assertThat(result(embeddings.claim(MODEL, 100))).isEmpty();
        assertThat(result(alerts.pendingSearches(100))).isEmpty();
    }

    /** As a new version does that computes the texts in another way. */
    @Test
    void onlyWhatTheRebuildHasChangedIsEmbedded() throws Exception {
        var embeddings = new SqlEmbeddings(new ReadDatabase(pool, 2));
        result(embeddings.register(MODEL));
        write(withGigs(HireScenario.allScenarios()).events());
        rowsWhenCaughtUp();
        embedAll(embeddings);
        var before = derived();
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE embedding.vector SET content_hash = 'old' WHERE id = (SELECT min(id) FROM embedding.vector)");
            statement.execute(
                    "INSERT INTO embedding.vector SELECT kind, 'gone', model, content_hash, embedding FROM embedding.vector LIMIT 1");
            statement.execute("INSERT INTO alert.search (id, since) VALUES ('gone', now())");
            statement.execute("DELETE FROM alert.search WHERE id = (SELECT min(id) FROM saved_search WHERE alerts)");
        }
        rebuild("search");
        rebuild("saved-searches");
        assertThat(result(embeddings.waiting(MODEL)).documents()).isOne();
        embedAll(embeddings);
        assertThat(derived()).isEqualTo(before);
    }

    /** Gigs that were unlisted in between: replaying their events must not touch their vectors. */
    private static EventStory withGigs(EventStory story) {
        for (int i = 0; i < 3; i++)
            story.execute(
                            Gig.AGGREGATE,
                            "gig_again" + i,
                            new GigCommand.Post(HireScenario.ANN, GigScenario.details("Logos"), true))
                    .execute(Gig.AGGREGATE, "gig_again" + i, new GigCommand.Pause(HireScenario.ANN))
                    .execute(Gig.AGGREGATE, "gig_again" + i, new GigCommand.Publish(HireScenario.ANN));
        return story;
    }

    private static void embedAll(SqlEmbeddings embeddings) {
        var texts = result(embeddings.claim(MODEL, 1_000));
        assertThat(texts).isNotEmpty();
        result(embeddings.store(
                MODEL,
                texts.stream()
                        .map(it -> new Embeddings.Vector(it.id(), it.hash(), new float[384]))
                        .toList()));
    }

    /** What has been computed from the views of documents and saved searches. */
    private List<String> derived() throws SQLException {
        try (var connection = pool.getConnection()) {
            return Sql.list(connection, """
                    SELECT concat_ws(' ', 'vector', kind, id, model, content_hash) FROM embedding.vector
                    UNION ALL SELECT concat_ws(' ', 'queue', id, model) FROM embedding.queue
                    UNION ALL SELECT concat_ws(' ', 'search', id, since, model, is_fresh, embedding IS NOT NULL) FROM alert.search
                    ORDER BY 1
                    """, row -> row.getString(1));
        }
    }

    /**
     * Every row that was there stays there, unchanged: the events that arrive are those of other entities. A row that they
     * write never disappears again, and never shows an earlier event than before. Only an account that is not verified is
     * replaced, by the next one with its e-mail address.
     */
    private int readRepeatedly(Map<String, List<String>> before) {
        int reads = 0;
        var last = versions();
        while (!isOver.get()) {
            var now = ViewFixture.rowsOfEach(pool);
            before.forEach((table, rows) -> assertThat(new HashSet<>(requireNonNull(now.get(table))))
                    .as(table)
                    .containsAll(rows));
            var versions = versions();
            last.forEach((row, version) -> assertThat(
                            versions.getOrDefault(row, row.startsWith("account acc_early") ? version : -1))
                    .as("the version of " + row)
                    .isGreaterThanOrEqualTo(version));
            last = versions;
            reads++;
        }
        return reads;
    }

    /** Of every row that has one. */
    private Map<String, Long> versions() {
        var versions = new HashMap<String, Long>();
        try (var connection = pool.getConnection()) {
            for (var table : Sql.list(connection, """
                    SELECT table_name FROM information_schema.columns
                     WHERE table_schema = 'public' AND column_name IN ('id', 'version')
                     GROUP BY table_name HAVING count(*) = 2""", row -> row.getString(1)))
                for (var row : Sql.list(
                        connection,
                        "SELECT id, version FROM " + table,
                        row -> Map.entry(table + " " + row.getString(1), row.getLong(2))))
                    versions.put(row.getKey(), row.getValue());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        assertThat(versions).isNotEmpty();
        return versions;
    }

    private Map<String, List<Object>> itemsOfAllLists() {
        var items = new HashMap<String, List<Object>>();
        PagesOfAllListsTest.lists(Views.readModel(new ReadDatabase(pool, 2)))
                .forEach((name, list) -> items.put(name, items(list)));
        return items;
    }

    private int readAllListsAgainAndAgain(Map<String, List<Object>> before) {
        int reads = 0;
        while (!isOver.get()) {
            itemsOfAllLists()
                    .forEach((name, items) ->
                            assertThat(items).as(name).containsSubsequence(requireNonNull(before.get(name))));
            reads++;
        }
        return reads;
    }

    private static List<Object> items(Function<Page.Request, CompletionStage<? extends Page<?>>> list) {
        var items = new ArrayList<Object>();
        var request = firstPage(100);
        while (true) {
            Page<?> page = result(list.apply(request));
            items.addAll(page.items());
            if (page.next().isEmpty()) return items;
            request = new Page.Request(100, page.next());
        }
    }
}
