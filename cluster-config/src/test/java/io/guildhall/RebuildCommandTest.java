package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RebuildCommandTest {
    private final List<String> requests = new ArrayList<>();
    /** What the node lists, one after the other; the last one again and again. */
    private final Deque<String> lists = new ArrayDeque<>();

    private final PrintStream standardOutput = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private long seconds;

    RebuildCommandTest() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreOutput() {
        System.setOut(standardOutput);
    }

    private JsonNode respond(String method, String path) {
        requests.add(method + " " + path);
        try {
            var body = path.equals("/guildhall/views")
                    ? "[\"jobs\", \"gigs\"]"
                    : path.equals("/guildhall/rebuilds") ? lists.size() > 1 ? lists.pop() : lists.peek() : "{}";
            return new ObjectMapper().readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private int run(String... arguments) {
        // Long enough between two lines for an output that is not a terminal.
        return new RebuildCommand(this::respond, () -> (seconds += 10) * 1_000_000_000).run(List.of(arguments));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static String rebuild(String view, String phase, long done, long total, int attempts, String failure) {
        return """
                {"view": "%s", "phase": "%s", "eventsDone": %d, "eventsTotal": %d, "attempts": %d, "failure": %s}
                """.formatted(view, phase, done, total, attempts, failure.isEmpty() ? "null" : '"' + failure + '"');
    }

    private void list(String... rebuilds) {
        lists.add("[" + String.join(",", rebuilds) + "]");
    }

    @Test
    void waitsUntilTheViewIsRebuilt() {
        list(rebuild("jobs", "WAITING", 0, 0, 0, ""));
        list(rebuild("jobs", "REPLAYING", 100, 400, 1, ""));
        list(rebuild("jobs", "REPLAYING", 300, 400, 2, ""));
        list(rebuild("jobs", "SWAPPING", 400, 400, 2, ""));
        list(rebuild("jobs", "DONE", 400, 400, 2, ""));
        assertThat(run("jobs")).isZero();
        assertThat(requests).hasSize(6).startsWith("POST /guildhall/views/jobs/rebuild", "GET /guildhall/rebuilds");
        assertThat(printed())
                .endsWith("jobs                     100%  400 of 400 events  rebuilt" + System.lineSeparator());
    }

    @Test
    void listsEveryRebuildWithWhatItDoes() {
        list(
                rebuild("jobs", "WAITING", 0, 0, 0, ""),
                rebuild("gigs", "REPLAYING", 100, 400, 2, ""),
                rebuild("search", "SWAPPING", 400, 400, 1, ""),
                rebuild("record", "FINISHING", 400, 400, 1, ""),
                rebuild("ledger", "FAILED", 1, 1, 10, "no space left"),
                rebuild("reviews", "STOPPED", 0, 1, 1, ""));
        assertThat(run("list")).isZero();
        assertThat(printed().lines())
                .containsExactly(
                        "jobs                       0%  0 of 0 events  waiting for a node",
                        "gigs                      25%  100 of 400 events  reading the journal, attempt 2",
                        "search                    99%  400 of 400 events  exchanging the tables",
                        "record                    99%  400 of 400 events  updating what depends on the tables",
                        "ledger                    99%  1 of 1 event  failed: no space left",
                        "reviews                    0%  0 of 1 event  stopped; the view has not changed");
    }

    @Test
    void showsTheRateOfThisAttempt() {
        var rate = new RebuildCommand.Rate(() -> seconds * 1_000_000_000);
        assertThat(rate.add(100)).isEmpty();
        seconds += 2;
        assertThat(rate.add(300)).isEqualTo("100/s  ");
        seconds += 2;
        assertThat(rate.add(0)).as("another node starts again").isEmpty();
        seconds += 4;
        assertThat(rate.add(20)).isEqualTo("5/s  ");
    }

    @Test
    void aRebuildThatEndsWithoutSuccessHasExitCodeOneAndIsTheLast() {
        list(rebuild("jobs", "FAILED", 1, 4, 1, "the view report depends on it"));
        assertThat(run()).isOne();
        assertThat(requests)
                .containsExactly(
                        "GET /guildhall/views", "POST /guildhall/views/jobs/rebuild", "GET /guildhall/rebuilds");
        assertThat(printed()).contains("failed: the view report depends on it");
    }

    @Test
    void rebuildsAllViewsOneAfterTheOther() {
        list(rebuild("jobs", "DONE", 1, 1, 1, ""), rebuild("gigs", "DONE", 1, 1, 1, ""));
        assertThat(run()).isZero();
        assertThat(requests)
                .containsExactly(
                        "GET /guildhall/views",
                        "POST /guildhall/views/jobs/rebuild",
                        "GET /guildhall/rebuilds",
                        "POST /guildhall/views/gigs/rebuild",
                        "GET /guildhall/rebuilds");
    }

    @Test
    void stopsARebuild() {
        assertThat(run("stop", "jobs")).isZero();
        assertThat(requests).containsExactly("POST /guildhall/views/jobs/rebuild/stop");
        assertThatThrownBy(() -> run("stop")).isInstanceOf(UsageException.class).hasMessageContaining("VIEW");
        assertThatThrownBy(() -> run("jobs", "gigs")).isInstanceOf(UsageException.class);
    }
}
