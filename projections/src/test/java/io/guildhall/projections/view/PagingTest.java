package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static io.guildhall.testing.GigBuilder.aGig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigCommand;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.projections.readmodel.InvalidCursorException;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.gig.GigRow;
import io.guildhall.projections.readmodel.job.JobFilter;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.store.Sql;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader that follows the cursors gets each row once. */
class PagingTest {
    private final ViewFixture fixture = new ViewFixture();

    private static <T> List<T> readPages(
            int limit, Function<Page.Request, CompletionStage<Page<T>>> list, Runnable betweenPages) {
        var rows = new ArrayList<T>();
        var request = new Page.Request(limit, Optional.empty());
        while (true) {
            var page = result(list.apply(request));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            rows.addAll(page.items());
            if (page.next().isEmpty()) return rows;
            request = new Page.Request(limit, page.next());
            betweenPages.run();
        }
    }

    /** Publishes jobs at the same instant, so that they differ by id only. */
    private void publish(String prefix, int count, Instant at) {
        var story = new EventStory();
        for (int i = 0; i < count; i++) {
            story.now = at.minus(Duration.ofSeconds(1));
            story.execute(
                    Job.AGGREGATE,
                    prefix + (char) ('a' + i),
                    new JobCommand.Post(CLIENT, details("Title", "Web", "Java"), true));
        }
        fixture.apply(story.events());
    }

    private CompletionStage<Page<JobRow>> open(Page.Request page) {
        return fixture.readModel.jobs().open(JobFilter.ALL, page);
    }

    @Test
    void showsEachRowOnceForEveryPageSize() {
        publish("job_1", 12, Instant.parse("2026-11-01T10:00:00.000000999Z"));
        for (int limit = 1; limit <= 13; limit++) {
            var rows = readPages(limit, this::open, () -> {});
            assertThat(rows).extracting(JobRow::id).hasSize(12).doesNotHaveDuplicates();
            assertThat(rows).extracting(JobRow::id).isSortedAccordingTo((a, b) -> b.compareTo(a));
            assertThat(readPages(limit, it -> fixture.readModel.jobs().ofClient(CLIENT, it), () -> {}))
                    .isEqualTo(rows);
        }
        assertThat(result(open(firstPage(12))).next()).isEmpty();
    }

    /** Seeded rows have ids that do not begin with a time. */
    @Test
    void listsByTimeWhateverTheIdsAre() {
        publish("job_seed", 1, Instant.parse("2026-11-01T10:00:00Z"));
        publish("job_0", 1, Instant.parse("2026-11-01T10:00:01Z"));
        publish("job_z", 1, Instant.parse("2026-11-01T10:00:02Z"));
        var jobs = readPages(1, it -> fixture.readModel.jobs().ofClient(CLIENT, it), () -> {});
        assertThat(jobs).extracting(JobRow::id).containsExactly("job_za", "job_0a", "job_seeda");

        var story = new EventStory();
        var ids = List.of("gig_seed", "gig_0", "gig_z");
        for (var id : ids) story.execute(Gig.AGGREGATE, id, new GigCommand.Post(ANN, aGig().build(), true));
        fixture.apply(story.events());
        var newestFirst = ids.reversed();
        assertThat(readPages(1, it -> fixture.readModel.gigs().ofFreelancer(ANN, it), () -> {}))
                .extracting(GigRow::id)
                .isEqualTo(newestFirst);
        assertThat(readPages(1, it -> fixture.readModel.gigs().activeOf(ANN, it), () -> {}))
                .extracting(GigRow::id)
                .isEqualTo(newestFirst);
    }

    @Test
    void addedRowsNeitherRepeatNorHideOthers() {
        publish("job_1", 20, Instant.parse("2026-11-01T10:00:00Z"));
        var before =
                readPages(100, this::open, () -> {}).stream().map(JobRow::id).toList();
        var more = new int[] {0};
        var rows = readPages(
                        3,
                        this::open,
                        () -> publish("job_2" + (char) ('a' + more[0]++), 4, Instant.parse("2026-11-01T10:00:05Z")))
                .stream()
                .map(JobRow::id)
                .toList();
        assertThat(rows).doesNotHaveDuplicates().containsAll(before);
        assertThat(readPages(100, this::open, () -> {})).hasSizeGreaterThan(40);
    }

    @Test
    void removedRowsHideNoOthers() {
        publish("job_1", 20, Instant.parse("2026-11-01T10:00:00Z"));
        var before =
                readPages(100, this::open, () -> {}).stream().map(JobRow::id).toList();
        var request = result(open(firstPage(5)));
        // The row of the cursor, one before and one after it.
        fixture.transaction(connection -> Sql.update(
                connection,
                "UPDATE job SET status = 'CLOSED' WHERE id IN (?, ?, ?)",
                before.get(4),
                before.get(1),
                before.get(7)));
        var rest = result(open(new Page.Request(100, request.next())));
        var expected = new ArrayList<>(before.subList(5, 20));
        expected.remove(before.get(7));
        assertThat(rest.items()).extracting(JobRow::id).isEqualTo(expected);
    }

    @Test
    void messagesThatArriveDoNotMoveOlderPages() {
        var story =
                new EventStory().execute(Room.AGGREGATE, ROOM, new RoomCommand.Open(CONTRACT, "A job", CLIENT, ANN));
        IntStream.rangeClosed(1, 25)
                .forEach(i ->
                        story.execute(Room.AGGREGATE, ROOM, new RoomCommand.PostMessage(CLIENT, "msg_" + i, "" + i)));
        fixture.apply(story.events());
        var more = new int[] {25};
        var rows = readPages(10, it -> fixture.readModel.messages().ofRoom(ROOM, it), () -> {
            int i = ++more[0];
            story.execute(Room.AGGREGATE, ROOM, new RoomCommand.PostMessage(ANN, "msg_" + i, "" + i));
            fixture.apply(story.events());
        });
        assertThat(rows)
                .extracting(MessageRow::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 25).mapToObj(i -> 26L - i).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "!!!",
                "jobs-open",
                "jobs-open\n",
                "jobs-open\n\n1",
                "jobs-open\n1\njob_1",
                "jobs-open\n\n1\n2\n3",
                "jobs-open\n\nyesterday\njob_1",
                "jobs-open\n\n-1\njob_1",
                "jobs-open\n\n9223372036854775807\njob_1",
                "jobs-open\n\n99999999999999999999\njob_1",
                "jobs-open\nother\n1\njob_1",
                "jobs-mine\n\n1\njob_1"
            })
    void rejectsAForgedCursor(String forged) {
        for (var cursor : List.of(forged, encoded(forged)))
            assertThatThrownBy(() -> result(open(new Page.Request(10, Optional.of(cursor)))))
                    .isInstanceOf(InvalidCursorException.class);
    }

    @Test
    void acceptsACursorForTheSameSelectionOnly() {
        publish("job_1", 3, Instant.parse("2026-11-01T10:00:00Z"));
        var next = result(open(new Page.Request(1, Optional.empty(), "web"))).next();
        assertThat(result(open(new Page.Request(1, next, "web"))).items()).hasSize(1);
        for (var selection : List.of("design", ""))
            assertThatThrownBy(() -> result(open(new Page.Request(1, next, selection))))
                    .isInstanceOf(InvalidCursorException.class);
    }

    @Test
    void bindsAForgedKeyAsAValue() {
        publish("job_1", 3, Instant.parse("2026-11-01T10:00:00Z"));
        for (var key : List.of("'; DROP TABLE job; --", "\u0000", "\uD800", "~")) {
            var cursor = encoded("jobs-mine\n\n1\n" + key);
            var page = result(fixture.readModel.jobs().ofClient(CLIENT, new Page.Request(10, Optional.of(cursor))));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(3);
        }
        assertThat(readPages(2, this::open, () -> {})).hasSize(3);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
