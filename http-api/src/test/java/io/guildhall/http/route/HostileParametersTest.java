package io.guildhall.http.route;

import static io.guildhall.domain.account.Role.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.http.TestClient;
import io.guildhall.http.endpoint.Access;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.Operation;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Path and query parameters must be plain text, like the texts in a body, at every endpoint. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileParametersTest {
    private final TestServer server = new TestServer();
    private final String ada = TestServer.newId("acc");
    private final TestClient client = server.as(CLIENT, ada);

    @AfterAll
    void close() {
        server.close();
    }

    private static Stream<String> values() {
        return Stream.of("%00", "a%00b", "%1B", "%7F", "%C2%85", "x".repeat(501));
    }

    Stream<Arguments> paths() {
        return server.endpoints.stream()
                .map(Endpoint::operation)
                .flatMap(operation -> operation.pathParameters().stream()
                        .flatMap(name -> values().map(value -> Arguments.of(
                                operation.method().name(),
                                operation.path(),
                                name,
                                operation.path().replace("{" + name + "}", value)))));
    }

    @ParameterizedTest(name = "{0} {1} with a hostile {2}")
    @MethodSource("paths")
    void rejectsPathParametersThatAreNotPlainText(String method, String template, String name, String path) {
        checkRejected(method, template, path.replaceAll("\\{\\w+}", "1"), "bad-path", name);
    }

    Stream<Arguments> queries() {
        return server.endpoints.stream()
                .map(Endpoint::operation)
                .flatMap(operation -> operation.queries().stream()
                        .flatMap(query -> Stream.concat(
                                        values(), Stream.of("%ED%A0%80", "%FF", "a&" + query.name() + "=a"))
                                .map(value -> Arguments.of(
                                        operation.method().name(),
                                        operation.path(),
                                        query.name(),
                                        operation.path() + "?" + query.name() + "=" + value))));
    }

    @ParameterizedTest(name = "{0} {1} with a hostile {2}")
    @MethodSource("queries")
    void rejectsQueryParametersThatAreNotPlainTextOrRepeated(String method, String template, String name, String path) {
        checkRejected(method, template, path.replaceAll("\\{\\w+}", "1"), "bad-query", name);
    }

    private void checkRejected(String method, String template, String path, String code, String name) {
        var operation = operation(method, template);
        var caller =
                operation.access() instanceof Access.RoleRequired required ? server.as(required.role(), ada) : client;
        var response = (operation.has(Feature.IF_MATCH) ? caller.with("If-Match", "\"1\"") : caller)
                .send(HttpRequest.create(path).withMethod(operation.method()))
                .is(400, code);
        assertThat(response.json().path("detail").asText()).startsWith(name + " must be ");
    }

    private Operation<?> operation(String method, String template) {
        return server.endpoints.stream()
                .<Operation<?>>map(Endpoint::operation)
                .filter(it -> it.path().equals(template) && it.method().name().equals(method))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?%FF=1", "?skill=%C3", "?skill=a&%ED%A0%80", "?limit=5&%C0%80=1"})
    void rejectsMalformedQueryStrings(String query) {
        server.anonymous.get("/api/jobs" + query).is(400, "bad-query");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gr%C3%B6%C3%9Fer", "%F0%9F%98%80", "a+b", "a%2Bb"})
    void acceptsAnyPlainText(String skill) {
        server.anonymous.get("/api/jobs?skill=" + skill).is(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1",
                "01",
                "%201",
                "1%20",
                "-1",
                "-0",
                "1.0",
                "1e0",
                "0x1",
                "%D9%A1",
                "%EF%BC%91",
                "one",
                "",
                "2147483648",
                "9223372036854775808",
                "99999999999999999999"
            })
    void rejectsOtherSpellingsOfNumbersInPaths(String number) {
        var response = client.get(escrow(number)).is(400, "bad-path");
        assertThat(response.json().path("detail").asText()).startsWith("number must be ");
    }

    @ParameterizedTest
    @CsvSource({"1, 200", "0, 404", "2, 404", "2147483647, 404"})
    void acceptsNumbersInPaths(String number, int status) {
        client.get(escrow(number)).is(status);
    }

    private String escrow(String number) {
        return "/api/contracts/" + server.contract(ada, TestServer.newId("acc")) + "/milestones/" + number + "/escrow";
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1", "01", "%201", "-0", "1e1", "%D9%A1", "", "9223372036854775808"})
    void rejectsOtherSpellingsOfTheLimit(String limit) {
        server.anonymous.get("/api/jobs?limit=" + limit).is(400, "bad-page");
    }
}
