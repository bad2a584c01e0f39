package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.operate.RawHttp;
import io.guildhall.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The management port of a complete node serves commands to operators only, and nothing to web pages. */
class OperatorPortTest {
    private static final TestNodes.Ports PORTS = TestNodes.Ports.free();
    private static final int PROBES = ClusterTest.freePorts(1).getFirst();
    private static final String HOST = "Host: 127.0.0.1:" + PORTS.management();
    private static final String AUTHORIZATION = "Authorization: Bearer " + TestNodes.TOKEN.value();
    private static NodeAssembly node;

    @BeforeAll
    static void start() {
        node = TestNodes.open(
                TestDatabase.freshUrl(),
                PORTS,
                Map.of(
                        "guildhall.management.probes.port",
                        PROBES,
                        "guildhall.management.host-names",
                        "Node-1.example, other"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static int status(String method, String path, String... headers) {
        return RawHttp.send(PORTS.management(), method, path, List.of(headers)).status();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /guildhall/accounts/ada%40example.com/grant-admin",
        "POST, /guildhall/accounts/ada%40example.com/grant-premium",
        "POST, /guildhall/views/jobs/rebuild",
        "POST, /guildhall/views/jobs/rebuild/stop",
        "GET, /guildhall/rebuilds",
        "POST, /guildhall/index/reindex",
        "POST, /guildhall/index/retry",
        "POST, /guildhall/signing-keys/rotate",
        "POST, /guildhall/seed",
        "GET, /guildhall/tasks",
        "POST, /guildhall/tasks/esc_1/retry",
        "POST, /guildhall/tasks/esc_1/close?note=done",
        "GET, /guildhall/followers",
        "GET, /guildhall/views",
        "GET, /guildhall/index",
        "GET, /cluster/members",
        "POST, /cluster/members",
        "PUT, /cluster",
        "PUT, /cluster/members/guildhall%40127.0.0.1%3A1",
        "DELETE, /cluster/members/guildhall%40127.0.0.1%3A1",
        "GET, /cluster/shards/job",
        "GET, /cluster/domain-events",
        "POST, /metrics",
        "GET, //metrics",
        "GET, /metrics/",
        "GET, /",
    })
    void commandsRequireTheTokenAndAreNotForWebPages(String method, String path) {
        assertThat(status(method, path, HOST)).isEqualTo(401);
        assertThat(status(method, path, HOST, AUTHORIZATION.substring(0, AUTHORIZATION.length() - 1)))
                .isEqualTo(401);
        assertThat(status(method, path, HOST, "Authorization: Bearer ")).isEqualTo(401);
        assertThat(status(method, path, HOST, "Authorization: Basic b3BlcmF0b3I6"))
                .isEqualTo(401);
        assertThat(status(method, path, HOST, AUTHORIZATION, "Origin: https://evil.example"))
                .isEqualTo(403);
        assertThat(status(method, path, HOST, AUTHORIZATION, "Origin: null")).isEqualTo(403);
        assertThat(status(method, path, "Host: evil.example:" + PORTS.management(), AUTHORIZATION))
                .isEqualTo(403);
    }

    @Test
    void commandsWithTheTokenAreServed() {
        assertThat(status("GET", "/guildhall/followers", HOST, AUTHORIZATION)).isEqualTo(200);
        assertThat(status("GET", "/cluster/members", HOST, AUTHORIZATION)).isEqualTo(200);
        assertThat(status("POST", "/guildhall/accounts/ada%40example.com/grant-admin", HOST, AUTHORIZATION))
                .as("not registered")
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]", "localhost", "LOCALHOST", "10.1.2.3", "node-1.example", "other"})
    void addressesAndConfiguredNamesAreAccepted(String host) {
        assertThat(status("GET", "/guildhall/views", "Host: " + host + ":" + PORTS.management(), AUTHORIZATION))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "1.example"})
    void otherNamesAreRefused(String host) {
        assertThat(status("GET", "/metrics", "Host: " + host + ":" + PORTS.management()))
                .isEqualTo(403);
    }

    @Test
    void healthAndMetricsNeedNoToken() {
        Await.until(() -> assertThat(status("GET", "/ready", HOST)).isEqualTo(200));
        for (var path : List.of("/alive", "/startup", "/metrics")) {
            assertThat(status("GET", path, HOST)).as(path).isEqualTo(200);
            assertThat(status("GET", path, HOST, "Origin: https://evil.example"))
                    .as(path)
                    .isEqualTo(403);
        }
    }

    @Test
    void probesCanUseHead() {
        Await.until(() -> assertThat(status("HEAD", "/ready", HOST)).isEqualTo(200));
        for (var path : List.of("/alive", "/startup", "/metrics")) {
            var response = RawHttp.send(PORTS.management(), "HEAD", path, List.of(HOST));
            assertThat(response.status()).as(path).isEqualTo(200);
            assertThat(RawHttp.send(PROBES, "HEAD", path, List.of(HOST)).status())
                    .as(path)
                    .isEqualTo(200);
        }
        assertThat(status("HEAD", "/guildhall/followers", HOST)).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /guildhall/tasks/esc_1/close, 400, note",
        "POST, /guildhall/parked/jobs/job/job_1/drop, 400, reason",
        "POST, /guildhall/nothing, 404, not-found",
        "GET, /nothing, 404, not-found",
        "GET, /guildhall/tasks/esc_1/retry, 405, method-not-allowed",
        "PUT, /guildhall/views, 405, method-not-allowed",
        "GET, /guildhall/tasks?cursor=nonsense, 400, bad-cursor",
        "POST, /guildhall/tasks/unknown/retry, 404, no-such-task",
        "POST, /guildhall/tasks/esc_1/close?note=done, 404, no-such-task",
        "POST, /guildhall/parked/jobs/job/job_1/drop?reason=%20, 400, parameter-required",
        "POST, /guildhall/parked/jobs/job/job_1/retry, 404, not-parked",
        "POST, /guildhall/views/nothing/rebuild, 404, no-such-view",
        "POST, /guildhall/views/jobs/rebuild/stop, 409, no-rebuild-to-stop",
        "POST, /guildhall/accounts/nobody%40example.com/grant-admin, 404, account-not-found",
        "POST, /guildhall/seed, 400, malformed",
        "POST, /guildhall/tasks/%00/retry, 400, malformed",
        "GET, /guildhall/tasks?cursor=%00, 400, malformed",
        "POST, /guildhall/parked/jobs/job/%00/retry, 400, malformed",
        "POST, /guildhall/accounts/%00/grant-admin, 400, malformed",
        "POST, /guildhall/tasks/esc_1/close?note=%00, 400, malformed",
        "GET, /cluster/members/nobody, 404, '\"detail\":\"Member [nobody] not found\"'",
        "PATCH, /cluster/members, 405, method-not-allowed"
    })
    void problemsSayWhatIsWrong(String method, String path, int status, String text) {
        var response = RawHttp.send(PORTS.management(), method, path, List.of(HOST, AUTHORIZATION));
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        assertProblem(response, status, text);
    }

    private static void assertProblem(RawHttp.Response response, int status, String text) {
        assertThat(response.head()).contains("Content-Type: application/problem+json");
        assertThat(response.body()).contains("\"status\":" + status, "\"code\"", "\"detail\"", text);
    }

    @Test
    void theAddressOfTheProbesServesNoCommands() {
        for (var path : List.of("/alive", "/startup", "/metrics"))
            assertThat(RawHttp.send(PROBES, "GET", path, List.of("Host: 10.0.0.7:" + PROBES))
                            .status())
                    .as(path)
                    .isEqualTo(200);
        Stream.of("/guildhall/followers", "/cluster/members", "/guildhall/views/jobs/rebuild", "/")
                .forEach(path -> {
                    for (var method : List.of("GET", "POST", "PUT", "DELETE"))
                        assertThat(RawHttp.send(PROBES, method, path, List.of(HOST, AUTHORIZATION))
                                        .status())
                                .as(method + " " + path)
                                .isEqualTo(404);
                });
        assertThat(RawHttp.send(PROBES, "GET", "/metrics", List.of("Host: evil.example"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void refusalsSayWhatToDo() {
        var refusal = RawHttp.send(PORTS.management(), "GET", "/guildhall/views", List.of(HOST));
        assertThat(refusal.head()).contains("WWW-Authenticate: Bearer");
        assertProblem(refusal, 401, "operator-token-required");
        assertProblem(
                RawHttp.send(PORTS.management(), "GET", "/metrics", List.of(HOST, "Origin: https://evil.example")),
                403,
                "origin-not-allowed");
        assertProblem(RawHttp.send(PROBES, "GET", "/guildhall/views", List.of(HOST)), 404, "not-found");
        assertThat(refusal.body()).contains("operator-token-required", "GUILDHALL_OPERATOR_TOKEN");
    }
}
