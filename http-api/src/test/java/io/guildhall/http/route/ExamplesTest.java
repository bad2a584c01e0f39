package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.domain.account.Role;
import io.guildhall.http.endpoint.Access;
import io.guildhall.http.endpoint.Contract;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Operation;
import io.guildhall.http.live.FrameContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every example of the OpenAPI document conforms to its schema. */
class ExamplesTest {
    private static TestServer server;
    private static Contract contract;

    @BeforeAll
    static void start() {
        server = new TestServer();
        contract = new Contract(server.endpoints);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> everyExampleConformsToItsSchema() {
        return contract.document().path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(operation -> DynamicTest.dynamicTest(
                                operation.getKey() + " " + path.getKey(), () -> check(operation.getValue()))));
    }

    private static void check(JsonNode operation) {
        if (operation.at("/requestBody/content/application~1json").has("schema"))
            check(operation.at("/requestBody/content/application~1json"), "request");
        operation
                .path("responses")
                .properties()
                .forEach(response ->
                        response.getValue().path("content").forEach(content -> check(content, response.getKey())));
    }

    private static void check(JsonNode content, String what) {
        assertThat(content.has("example")).as(what).isTrue();
        assertThat(contract.violations(content.get("schema"), content.get("example")))
                .as("%s %s", what, content.get("example"))
                .isEmpty();
    }

    @Test
    void everyValueOfASchemaIsUsed() throws IOException {
        try (var file = Contract.class.getResourceAsStream("examples.json")) {
            new ObjectMapper().readTree(file).fieldNames().forEachRemaining(key -> {
                if (!key.contains(".")) return;
                var schema = key.substring(0, key.indexOf('.'));
                var field = key.substring(schema.length() + 1);
                var frame =
                        "client." + schema.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
                assertThat(List.of(
                                contract.document().at("/components/schemas/" + schema),
                                FrameContract.document()
                                        .path("components")
                                        .path("messages")
                                        .path(frame)
                                        .path("payload")))
                        .as(key)
                        .anyMatch(it -> it.path("properties").has(field));
            });
        }
    }

    @Test
    void namesOfBooleansAreAdjectives() {
        contract.document()
                .at("/components/schemas")
                .properties()
                .forEach(schema -> assertThat(
                                schema.getValue().path("properties").fieldNames())
                        .toIterable()
                        .as(schema.getKey())
                        .noneMatch(name -> name.matches("(is|has)[A-Z].*")));
    }

    @Test
    void examplesAreConsistent() {
        var invite = example("/api/invites/{inviteId}", "get", "200");
        assertThat(invite.path("id").asText()).startsWith("inv_");
        assertThat(invite.path("status").asText()).isEqualTo("SENT");
        assertThat(invite.has("acceptanceFailure") || invite.has("contractId")).isFalse();
        assertThat(request("/api/gigs/{gigId}/orders").path("message").asText()).doesNotContain("Follow the link");
        var budget = request("/api/jobs").path("budget");
        assertThat(budget.at("/min/amount").asInt())
                .isLessThan(budget.at("/max/amount").asInt());
        var filter = request("/api/saved-searches").path("filter");
        assertThat(filter.path("priceAtLeast").asInt())
                .isLessThan(filter.path("priceAtMost").asInt());
    }

    /** Problems of what the caller has, and not of the body. */
    private static final Set<String> OF_THE_CALLER = Set.of("link-expired", "media-not-yours");

    /** A handler can have rules that the schema does not express. */
    @TestFactory
    Stream<DynamicTest> noRequestExampleIsRefusedAsInvalid() {
        var values = examples();
        return server.endpoints.stream()
                .map(Endpoint::operation)
                .filter(it -> request(it).isObject())
                .map(it -> DynamicTest.dynamicTest(it.method().name() + " " + it.path(), () -> {
                    var path = it.path();
                    for (var name : it.pathParameters())
                        path = path.replace("{" + name + "}", values.path(name).asText("1"));
                    var response = server.as(role(it.access()), TestServer.newId("acc"))
                            .send(HttpRequest.create(path)
                                    .withMethod(it.method())
                                    .withEntity(
                                            ContentTypes.APPLICATION_JSON,
                                            request(it).toString()));
                    if (response.status() >= 400 && OF_THE_CALLER.contains(response.code())) return;
                    assertThat(response.status()).as(response.text()).isNotIn(400, 415, 422);
                }));
    }

    private static Role role(Access access) {
        return access instanceof Access.RoleRequired required ? required.role() : Role.CLIENT;
    }

    private static JsonNode request(Operation<?> operation) {
        return contract.document()
                .path("paths")
                .path(operation.path())
                .path(operation.method().name().toLowerCase(Locale.ROOT))
                .at("/requestBody/content/application~1json/example");
    }

    private static JsonNode examples() {
        try (var file = Contract.class.getResourceAsStream("examples.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode example(String path, String method, String status) {
        return contract.document()
                .path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path(status)
                .at("/content/application~1json/example");
    }

    private static JsonNode request(String path) {
        return contract.document().path("paths").path(path).at("/post/requestBody/content/application~1json/example");
    }

    @Test
    void examplesMatchTheirEndpoint() {
        assertThat(contract.document()
                        .at("/paths/~1api~1jobs/post/responses/201/content/application~1json/example/id")
                        .asText())
                .startsWith("job_");
        assertThat(contract.document()
                        .at(
                                "/paths/~1api~1jobs~1{jobId}/get/responses/404/content/application~1problem+json/example/code")
                        .asText())
                .isEqualTo("not-found");
    }
}
