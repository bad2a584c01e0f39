package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.Await;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigCommand;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
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
        for (var it : events)
            journal.write(
                    it.aggregate(),
                    it.recorded().entityId(),
                    it.recorded().sequence(),
                    it.recorded().event());
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
                        .filter(it -> !Set.of("access", "audit").contains(it))
                        .toList());
    }

    @Test
    void everyListShowsWhatItShowedWhileEveryViewIsRebuilt() throws Exception {
        var story = HireScenario.allScenarios();
        write(story.events());
        var before = rowsWhenCaughtUp();
        assertThat(before.values()).noneMatch(List::isEmpty);
        var reading = CompletableFuture.supplyAsync(() -> readAgainAndAgain(before), Thread::startVirtualThread);
        var lists = CompletableFuture.supplyAsync(this::readAllListsAgainAndAgain, Thread::startVirtualThread);
        var writing = CompletableFuture.supplyAsync(this::writeUntilOver, Thread::startVirtualThread);
        for (var view : rebuilds.views()) rebuild(view);
        isOver.set(true);
        var more = result(writing);
        assertThat(more).isNotEmpty();
        assertThat(result(reading)).as("reads").isPositive();
        assertThat(result(lists)).as("reads of lists").isPositive();

        var expected = new ViewFixture();
        expected.apply(story.events());
        expected.apply(more);
        assertThat(rowsWhenCaughtUp()).isEqualTo(expected.rows());
        for (var view : rebuilds.views()) rebuild(view);
        assertThat(rowsWhenCaughtUp()).as("rebuilt without traffic").isEqualTo(expected.rows());
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

    /** Writes events of other accounts. */
    private List<EventStory.StoredEvent<?>> writeUntilOver() {
        var story = new EventStory();
        int written = 0;
        try {
            for (int i = 0; !isOver.get(); i++) {
                addAccountWithJob(story, i);
                write(story.events().subList(written, story.events().size()));
                written = story.events().size();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return story.events();
    }

    private static void addAccountWithJob(EventStory story, int number) {
        var mail = "more" + number + "@example.org";
        var account = "acc_more" + number;
        AccountScenario.active(story, account, mail);
        AccountScenario.execute(story, mail, AccountScenario.logIn("ses_more" + number));
        story.execute(
                Job.AGGREGATE,
                "job_more" + number,
                new JobCommand.Post(account, HireScenario.details("More", "Web", "Java"), true));
    }

    /** Every row that was there stays there, unchanged: the events that arrive are those of other accounts. */
    private int readAgainAndAgain(Map<String, List<String>> before) {
        int reads = 0;
        while (!isOver.get()) {
            var now = ViewFixture.rowsOfEach(pool);
            before.forEach((table, rows) -> assertThat(new HashSet<>(requireNonNull(now.get(table))))
                    .as(table)
                    .containsAll(rows));
            reads++;
        }
        return reads;
    }

    private int readAllListsAgainAndAgain() {
        var lists = PagesOfAllListsTest.lists(Views.readModel(new ReadDatabase(pool, 2)));
        var before = new HashMap<String, List<Object>>();
        lists.forEach((name, list) -> before.put(name, items(list)));
        int reads = 0;
        while (!isOver.get()) {
            lists.forEach((name, list) ->
                    assertThat(items(list)).as(name).containsSubsequence(requireNonNull(before.get(name))));
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
