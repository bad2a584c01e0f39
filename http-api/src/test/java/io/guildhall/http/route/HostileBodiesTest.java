package io.guildhall.http.route;

import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.domain.account.Role.FREELANCER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.room.Room;
import io.guildhall.http.TestClient;
import io.guildhall.http.endpoint.Access;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.endpoint.Operation;
import jakarta.validation.constraints.Pattern;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each endpoint's example body with each of its values replaced by hostile ones: accepted or a 4xx, never a 5xx. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileBodiesTest {
    private static final List<String> HOSTILE_VALUES = List.of(
            "null",
            "true",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\u202e\\u200b\\ufeff\"",
            "\"e\\u0301@b\\u200b\\u00fccher.example\"",
            "\"1000\"",
            "\"" + "x".repeat(20_000) + "\"",
            "-0",
            "-1",
            "0",
            "10.5",
            "1e3",
            "1e400",
            "-1e-400",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999999999",
            "{}",
            "[]",
            "[[]]",
            "[null]",
            "{\"\\ud800\": 1}",
            "{\"\\u0000\": {\"a\": [1]}}",
            "[".repeat(19) + "]".repeat(19),
            "{\"a\":".repeat(19) + "1" + "}".repeat(19));

    private final TestServer server = new TestServer();
    private final String ada = TestServer.newId("acc");
    private final String ben = TestServer.newId("acc");
    private final Map<String, String> pathParameters = Map.of(
            "{accountId}",
            ada,
            "{jobId}",
            server.publishJob(ada),
            "{proposalId}",
            server.proposal(server.publishJob(ada), ada, ben),
            "{contractId}",
            server.submittedContract(ada, ben),
            "{number}",
            "1",
            "{roomId}",
            Room.id(server.contract(ada, ben)),
            "{intentId}",
            "pi_1",
            "{payoutAccountId}",
            "acct_1");

    @BeforeAll
    void open() {
        server.registerAccount(ada);
    }

    @AfterAll
    void close() {
        server.close();
    }

    Stream<Arguments> bodies() {
        return server.endpoints.stream()
                .<Operation<?>>map(Endpoint::operation)
                .filter(operation -> example(operation).isObject())
                .map(operation -> Arguments.of(operation.method().name() + " " + operation.path(), operation));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void hostileValuesNeverCauseA5xx(String name, Operation<?> operation) {
        var example = example(operation);
        var faults = new ArrayList<String>();
        int refused = 0;
        for (var pointer : pointers(example, "")) {
            for (var hostileValue : HOSTILE_VALUES) {
                var body = example.deepCopy();
                put(body, pointer, hostileValue);
                var response = send(operation, body.toString());
                if (response.status() >= 500) faults.add(pointer + " = " + hostileValue + ": " + response.text());
                if (response.status() / 100 == 4) refused++;
            }
        }
        assertThat(faults).as(name).isEmpty();
        assertThat(refused).as(name).isPositive();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void unprintableFieldNamesAreNotEchoed(String name, Operation<?> operation) {
        for (var odd : List.of("\\ud800", "\\u0000", "\\u001b[31m", "k".repeat(20_000))) {
            var body = example(operation).toString();
            var refused =
                    send(operation, "{\"" + odd + "\": 1, " + body.substring(1)).is(400, "malformed");
            assertThat(refused.json().path("detail").asText()).startsWith("(unprintable name) is unknown;");
            assertThat(refused.bytes().length).isLessThan(1_000);
        }
    }

    @Test
    void patternsExplainThemselves() {
        var patterns = server.endpoints.stream()
                .flatMap(it -> patterns(it.operation().body()))
                .toList();
        assertThat(patterns).hasSizeGreaterThan(10);
        assertThat(patterns).extracting(it -> Formats.message(it.regexp())).allMatch(it -> it.startsWith("must "));
    }

    private static Stream<Pattern> patterns(AnnotatedElement type) {
        return switch (type) {
            case Class<?> record
            when record.isRecord() ->
                Arrays.stream(record.getRecordComponents())
                        .map(RecordComponent::getAnnotatedType)
                        .flatMap(HostileBodiesTest::patterns);
            case AnnotatedParameterizedType generic -> patterns(generic.getAnnotatedActualTypeArguments()[0]);
            case AnnotatedType plain
            when plain.getType() instanceof Class<?> inner ->
                Stream.concat(Stream.ofNullable(plain.getAnnotation(Pattern.class)), patterns(inner));
            default -> Stream.empty();
        };
    }

    private JsonNode example(Operation<?> operation) {
        return server.anonymous
                .contract()
                .document()
                .path("paths")
                .path(operation.path())
                .path(operation.method().name().toLowerCase(Locale.ROOT))
                .at("/requestBody/content/application~1json/example");
    }

    /** JSON pointers to all values inside. */
    private static List<String> pointers(JsonNode node, String at) {
        var all = new ArrayList<String>();
        if (node instanceof ObjectNode object)
            object.properties().forEach(field -> {
                all.add(at + "/" + field.getKey());
                all.addAll(pointers(field.getValue(), at + "/" + field.getKey()));
            });
        if (node instanceof ArrayNode array)
            for (int i = 0; i < array.size(); i++) {
                all.add(at + "/" + i);
                all.addAll(pointers(array.get(i), at + "/" + i));
            }
        return all;
    }

    private static void put(JsonNode body, String pointer, String hostileValue) {
        int cut = pointer.lastIndexOf('/');
        var name = pointer.substring(cut + 1);
        var raw = new POJONode(new RawValue(hostileValue));
        switch (body.at(pointer.substring(0, cut))) {
            case ObjectNode object -> object.set(name, raw);
            case ArrayNode array -> array.set(Integer.parseInt(name), raw);
            default -> throw new AssertionError(pointer);
        }
    }

    private TestClient.Response send(Operation<?> operation, String body) {
        var path = operation.path();
        for (var parameter : pathParameters.entrySet()) path = path.replace(parameter.getKey(), parameter.getValue());
        var caller = server.as(role(operation.access()), role(operation.access()) == FREELANCER ? ben : ada);
        return (operation.has(Feature.IF_MATCH) ? caller.with("If-Match", "\"1\"") : caller)
                .send(HttpRequest.create(path)
                        .withMethod(operation.method())
                        .withEntity(ContentTypes.APPLICATION_JSON, body));
    }

    private static Role role(Access access) {
        return switch (access) {
            case Access.Public _, Access.Authenticated _ -> CLIENT;
            case Access.RoleRequired it -> it.role();
        };
    }
}
