package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.CLIENT;
import static io.guildhall.projections.view.HireScenario.details;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.projections.View;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.job.JobView;
import io.guildhall.projections.view.search.SearchView;
import io.guildhall.projections.view.search.SqlEmbeddings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that were read together are applied together: to the same rows, with a number of statements that is fixed. */
class GroupTest {
    private static ViewFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new ViewFixture();
        result(new SqlEmbeddings(new ReadDatabase(fixture.database, 2)).register("model"));
    }

    @BeforeEach
    void empty() {
        fixture.empty();
        fixture.transaction(connection -> Sql.update(connection, "DELETE FROM embedding.queue"));
    }

    @Test
    void aGroupWritesTheSameRowsAsItsEventsOneByOne() {
        var story = HireScenario.allScenarios().events();
        fixture.apply(story);
        var oneByOne = fixture.rows();
        fixture.empty();
        for (var view : Views.all()) fixture.applyAsGroup(view, story, 1);
        assertThat(fixture.rows()).isEqualTo(oneByOne);
    }

    /** As after a restart: the first group ends in the middle of the events of an entity. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void groupsOfAnySizeWriteTheSameRows(int size) {
        var story = HireScenario.allScenarios().events();
        fixture.apply(story);
        var oneByOne = fixture.rows();
        fixture.empty();
        for (int from = 0; from < story.size(); from += size)
            for (var view : Views.all())
                fixture.applyAsGroup(view, story.subList(from, Math.min(from + size, story.size())), 1);
        assertThat(fixture.rows()).isEqualTo(oneByOne);
    }

    @Test
    void manyPostedJobsTakeNoMoreStatementsThanTwo() {
        for (View view : List.of(new JobView(), new SearchView()))
            assertThat(statements(view, posted("a", 100))).as(view.name()).isEqualTo(statements(view, posted("b", 2)));
    }

    @Test
    void jobsThatWerePostedTogetherTakeDifferentTurns() {
        fixture.applyAsGroup(new SearchView(), posted("c", 3), 1);
        fixture.applyAsGroup(new SearchView(), posted("d", 2), 1);
        var turns = new ArrayList<Integer>();
        fixture.transaction(connection -> turns.addAll(
                Sql.list(connection, "SELECT turn FROM embedding.queue ORDER BY turn", row -> row.getInt(1))));
        assertThat(turns).containsExactly(0, 1, 2, 3, 4);
    }

    private static List<EventStory.StoredEvent<?>> posted(String name, int jobs) {
        var story = new EventStory();
        IntStream.range(0, jobs)
                .forEach(i -> story.execute(
                        Job.AGGREGATE,
                        "job_" + name + i,
                        new JobCommand.Post(CLIENT, details("Job " + i, "Web", "Java"), true)));
        return story.events();
    }

    /** The number of statements that a group takes. */
    private static int statements(View view, List<EventStory.StoredEvent<?>> events) {
        var count = new AtomicInteger();
        fixture.transaction(connection -> {
            var counting = (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")) count.incrementAndGet();
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
            for (var on : view.follows()) EventStory.StoredEvent.applyAllTo(on, events, counting);
        });
        assertThat(count.get()).isPositive();
        return count.get();
    }
}
