package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParkedCommandTest {
    private static final String NOTHING = "{\"parked\": [], \"dropped\": []}";

    private final List<String> requests = new ArrayList<>();
    /** What the node lists, one after the other; the last one again and again. */
    private final Deque<String> lists = new ArrayDeque<>(List.of(NOTHING));

    private JsonNode respond(String method, String path) {
        requests.add(method + " " + path);
        try {
            var body = !method.equals("GET") ? "{\"sequence\": 7}" : lists.size() > 1 ? lists.pop() : lists.peek();
            return new ObjectMapper().readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private int run(String... arguments) {
        return new ParkedCommand(this::respond).run(List.of(arguments));
    }

    private static String parked(String id, boolean retryRequested) {
        return "{\"parked\": [{\"follower\": \"jobs\", \"kind\": \"job\", \"entityId\": \"" + id
                + "\", \"retryRequested\": " + retryRequested + "}]}";
    }

    @Test
    void retryOfAllWaitsUntilTheyAreHandled() {
        lists.addFirst(parked("job_1", true));
        assertThat(run("retry")).isZero();
        assertThat(requests)
                .containsExactly("POST /guildhall/parked/retry", "GET /guildhall/parked", "GET /guildhall/parked");
    }

    @Test
    void retryThatFailsHasExitCodeOne() {
        lists.addFirst(parked("job_1", true));
        lists.addLast(parked("job_1", false));
        lists.remove(NOTHING);
        assertThat(run("retry", "jobs", "job", "job_1")).isOne();
        assertThat(requests).startsWith("POST /guildhall/parked/jobs/job/job_1/retry");
    }

    @Test
    void otherParkedEntitiesDoNotMatter() {
        lists.addLast(parked("job_2", true));
        lists.remove(NOTHING);
        assertThat(run("retry", "jobs", "job", "job_1")).isZero();
    }

    @Test
    void dropSendsTheReason() {
        assertThat(run("drop", "jobs", "job", "job_1", "sent twice & wrong")).isZero();
        assertThat(requests).startsWith("POST /guildhall/parked/jobs/job/job_1/drop?reason=sent%20twice%20%26%20wrong");
    }

    @Test
    void saysWhatItExpects() {
        assertThatThrownBy(() -> run("drop", "jobs", "job", "job_1"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("FOLLOWER, KIND, ID and REASON");
        assertThatThrownBy(() -> run("forget"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("retry [FOLLOWER KIND ID]");
        assertThat(requests).isEmpty();
    }
}
