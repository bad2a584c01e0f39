package io.guildhall.http.route;

import static io.guildhall.domain.account.Role.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.http.TestClient;
import io.guildhall.http.endpoint.Access;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.Operation;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.endpoint.QueryValueSamples;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules for query parameters, checked at every endpoint and for every parameter that it declares. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryParametersTest {
    private final TestServer server = new TestServer();
    private final String account = TestServer.newId("acc");

    @AfterAll
    void close() {
        server.close();
    }

    Stream<Arguments> operations() {
        return server.endpoints.stream()
                .map(Endpoint::operation)
                .map(operation -> Arguments.of(operation.method().name() + " " + operation.path(), operation));
    }

    Stream<Arguments> queries() {
        return server.endpoints.stream()
                .map(Endpoint::operation)
                .flatMap(operation -> operation.queries().stream()
                        .map(query -> Arguments.of(
                                operation.method().name() + " " + operation.path() + "?" + query.name(),
                                operation,
                                query)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void documentsTypeAndMeaning(String name, Operation<?> operation, Query<?> query) {
        var parameter = documented(operation, query);
        assertThat(parameter.path("in").asText()).isEqualTo("query");
        assertThat(parameter.path("required").asBoolean()).isEqualTo(query.isRequired());
        assertThat(parameter.path("description").asText()).endsWith(".").matches("[A-Z].{10,}");
        var schema = parameter.path("schema");
        assertThat(schema.path("type").asText()).isIn("string", "integer", "number", "boolean", "array");
        switch (schema.path("type").asText()) {
            case "integer", "number" ->
                assertThat(schema.has("minimum") && schema.has("maximum")).isTrue();
            case "array" ->
                assertThat(schema.has("maxItems") && schema.has("items")).isTrue();
            case "string" ->
                assertThat(schema.has("enum") || schema.has("pattern") || schema.has("maxLength"))
                        .isTrue();
            default -> {}
        }
    }

    private JsonNode documented(Operation<?> operation, Query<?> query) {
        var parameters = server.anonymous
                .contract()
                .document()
                .path("paths")
                .path(operation.path())
                .path(operation.method().name().toLowerCase(Locale.ROOT))
                .path("parameters");
        for (var parameter : parameters) if (parameter.path("name").asText().equals(query.name())) return parameter;
        throw new AssertionError(query.name() + " is not documented");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void rejectsWrongValues(String name, Operation<?> operation, Query<?> query) {
        var others = operation.queries().stream()
                .filter(it -> it.isRequired() && !it.equals(query))
                .map(it -> it.name() + "=" + QueryValueSamples.valid(it) + "&")
                .collect(Collectors.joining());
        for (var value : QueryValueSamples.invalid(query)) {
            var problem = send(operation, others + query.name() + "=" + value).is(400, query.problemCode());
            assertThat(problem.json().path("detail").asText())
                    .as("%s=%s", query.name(), value)
                    .startsWith(query.name() + " must be ");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void rejectsMissingRequiredParameters(String name, Operation<?> operation, Query<?> query) {
        if (!query.isRequired()) {
            assertThat(documented(operation, query).path("required").asBoolean())
                    .isFalse();
            return;
        }
        var problem = send(operation, "").is(400, query.problemCode());
        assertThat(problem.json().path("detail").asText()).startsWith(query.name() + " is required.");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void rejectsUndeclaredParametersAndNamesTheKnownOnes(String name, Operation<?> operation) {
        for (var undeclared : new String[] {"utm_source=mail", "utm_source", "LIMIT=1"}) {
            var detail = send(operation, undeclared)
                    .is(400, "bad-query")
                    .json()
                    .path("detail")
                    .asText();
            assertThat(detail).startsWith("Unknown query parameter: " + undeclared.replaceAll("=.*", "") + ".");
            operation.queries().forEach(query -> assertThat(detail).contains(query.name()));
            if (operation.queries().isEmpty()) assertThat(detail).endsWith("This endpoint has no query parameters.");
        }
    }

    private TestClient.Response send(Operation<?> operation, String queryString) {
        var role = operation.access() instanceof Access.RoleRequired required ? required.role() : CLIENT;
        var caller = server.as(role, account);
        return (operation.has(Feature.IF_MATCH) ? caller.with("If-Match", "\"1\"") : caller)
                .send(HttpRequest.create(operation.path().replaceAll("\\{\\w+}", "1") + "?" + queryString)
                        .withMethod(operation.method()));
    }
}
