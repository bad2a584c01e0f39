package io.guildhall.http.route;

import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.domain.account.Role.FREELANCER;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.Role;
import io.guildhall.http.TestClient;
import io.guildhall.http.endpoint.Endpoint;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Each limited endpoint responds with 429 after as many requests as it declares, whatever their results. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountLimitsTest {
    private static final String MONEY = "{\"amount\": 1000, \"currency\": \"USD\"}";
    private static final String TERMS = """
            {"coverLetter": "Let me.", "price": %s, "deliveryDays": 9, "links": [],
             "milestones": [{"title": "All of it", "amount": %s, "days": 9}]}""".formatted(MONEY, MONEY);
    private static final String INVITE = """
            {"freelancerId": "%s", "message": "Please", "price": %s, "deliveryDays": 7,
             "milestones": [{"title": "All of it", "amount": %s, "days": 7}]}""".formatted(TestServer.newId("acc"), MONEY, MONEY);
    private static final String TEXT = "{\"text\": \"Hello\"}";
    private static final String WRONG_PASSWORD = "{\"currentPassword\": \"not the password\"}";
    private static final String MESSAGE = "/api/rooms/{roomId}/messages/{messageId}";
    private static final String REACTION = MESSAGE + "/reactions/{reaction}";

    private static final int MAX_RETURNED = 60;

    private final TestServer server = new TestServer();

    /**
     * @param limit of requests
     * @param body empty if the endpoint accepts none
     */
    private record Row(String method, String template, Role role, int limit, String body) {
        private Row(String method, String template, int limit, String body) {
            this(method, template, CLIENT, limit, body);
        }

        String name() {
            return method + " " + template;
        }

        /** Nothing in it exists. */
        String path() {
            return template.replace("{roomId}", TestServer.newId("rm"))
                    .replace("{messageId}", TestServer.newId("msg"))
                    .replace("{reaction}", "HEART")
                    .replace("{accountId}", TestServer.newId("acc"))
                    .replace("{jobId}", TestServer.newId("job"))
                    .replace("{gigId}", TestServer.newId("gig"))
                    .replace("{proposalId}", TestServer.newId("prp"))
                    .replace("{exportId}", TestServer.newId("exp"))
                    .concat(template.endsWith("search") || template.equals("/api/me/messages") ? "?q=logo" : "");
        }
    }

    private static final List<Row> ROWS = List.of(
            new Row("POST", "/api/rooms/{roomId}/messages", 120, TEXT),
            new Row("POST", "/api/conversations", 120, "{}"),
            new Row("PUT", MESSAGE, 120, TEXT),
            new Row("DELETE", MESSAGE, 120, ""),
            new Row("PUT", REACTION, 120, ""),
            new Row("DELETE", REACTION, 120, ""),
            new Row("GET", "/api/me/messages", 60, ""),
            new Row("GET", "/api/rooms/{roomId}/search", 60, ""),
            new Row("POST", "/api/me/data-exports", 20, WRONG_PASSWORD),
            new Row("POST", "/api/me/data-exports/{exportId}/download-link", 20, WRONG_PASSWORD),
            new Row("PUT", "/api/me/handle", 10, "{\"handle\": \"account-limits\"}"),
            new Row("PUT", "/api/me/blocks/{accountId}", 20, ""),
            new Row("DELETE", "/api/me/blocks/{accountId}", 20, ""),
            new Row("POST", "/api/rooms/{roomId}/abuse-reports", 60, "{\"reason\": \"Rude\"}"),
            new Row("POST", "/api/jobs/{jobId}/invites", 60, INVITE),
            new Row(
                    "POST",
                    "/api/gigs/{gigId}/orders",
                    60,
                    "{\"tier\": \"BASIC\", \"revision\": 1, \"message\": \"Hi\"}"),
            new Row("POST", "/api/jobs/{jobId}/proposals", FREELANCER, 60, TERMS),
            new Row("PUT", "/api/proposals/{proposalId}", FREELANCER, 60, TERMS));

    /** FileTest and RoomFilesTest upload files. */
    private static final List<String> ELSEWHERE = List.of("POST /api/files", "POST /api/rooms/{roomId}/files");

    @AfterAll
    void close() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> refusesRequestsBeyondTheLimit() {
        return ROWS.stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> refuses(row)));
    }

    private void refuses(Row row) {
        var caller = server.as(row.role(), TestServer.newId("acc")).with("If-Match", "\"1\"");
        for (int i = 0; i < row.limit(); i++)
            assertThat(send(row, caller).status()).isNotIn(400, 405, 415, 429, 503);
        assertThat(firstRefused(() -> send(row, caller)).header("Retry-After")).isPresent();
        var other = server.as(row.role(), TestServer.newId("acc")).with("If-Match", "\"1\"");
        assertThat(send(row, other).status()).isNotEqualTo(429);
    }

    /** Some permits return while the requests run. */
    private static TestClient.Response firstRefused(Supplier<TestClient.Response> request) {
        return Stream.generate(request)
                .limit(MAX_RETURNED)
                .filter(it -> it.status() == 429)
                .findFirst()
                .orElseThrow();
    }

    private static TestClient.Response send(Row row, TestClient caller) {
        return switch (row.method()) {
            case "GET" -> caller.get(row.path());
            case "PUT" -> caller.put(row.path(), row.body());
            case "DELETE" -> caller.delete(row.path());
            default -> caller.post(row.path(), row.body());
        };
    }

    @Test
    void everyLimitedEndpointHasRow() {
        var limited = server.endpoints.stream()
                .map(Endpoint::operation)
                .filter(it -> it.limit().isPresent())
                .map(it -> it.method().name() + " " + it.path())
                .collect(Collectors.toSet());
        assertThat(limited)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(ROWS.stream().map(Row::name), ELSEWHERE.stream())
                        .toList());
    }

    /** Posts and first messages of conversations take the same permits, and bytes of bodies are limited. */
    @Test
    void messagesShareTheirLimit() {
        var ann = server.as(CLIENT, TestServer.newId("acc"));
        var text = "{\"text\": \"%s\"}".formatted("\\ud83d\\ude00".repeat(2_500));
        var room = "/api/rooms/" + TestServer.newId("rm") + "/messages";
        // 30 kB each.
        for (int i = 0; i < 8; i++) ann.post(room, text).is(404, "not-found");
        assertThat(firstRefused(() -> ann.post(room, text)).code()).isEqualTo("too-many-requests");
        ann.post("/api/conversations", text).is(429, "too-many-requests");
    }

    @Test
    void documentDescribesTheLimit() {
        var response = server.anonymous
                .get("/openapi.json")
                .is(200)
                .json()
                .at("/paths/~1api~1rooms~1{roomId}~1messages/post/responses/429");
        assertThat(response.path("description").asText())
                .contains("120 requests per minute", "262144 bytes per minute")
                .contains("too-many-requests");
        assertThat(response.path("headers").has("Retry-After")).isTrue();
    }
}
