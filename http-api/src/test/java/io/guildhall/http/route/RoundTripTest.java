package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.http.endpoint.Json;
import io.guildhall.http.route.BodyGenerator.Presence;
import io.guildhall.http.route.RoundTripConcept.Created;
import io.guildhall.http.route.file.FileResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every attribute of a job, gig, proposal, invite and profile is accepted, stored and returned: in the response to the
 * request, by a later GET, after an edit and in lists. Bodies are generated from the wire records, so an attribute that
 * is forgotten in one of the records fails here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoundTripTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int RANDOM_BODIES = 10;

    private final TestServer server = new TestServer();
    private final List<RoundTripConcept> concepts = RoundTripConcept.all(server);

    @AfterAll
    void close() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> bodyAndResourceHaveEveryStoredAttribute() {
        return concepts.stream()
                .map(concept -> DynamicTest.dynamicTest(concept.toString(), () -> {
                    var accepted = attributes(concept.fields);
                    assertThat(without(concept.notInDetails(), accepted))
                            .as("attributes of " + concept.fields.getSimpleName())
                            .isEqualTo(renamed(concept, attributes(concept.details)));
                    assertThat(attributes(concept.resource))
                            .as("attributes of " + concept.resource.getSimpleName())
                            .containsAll(without(concept.notInResource(), accepted));
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyFieldIsStoredAndReturned() {
        return concepts.stream()
                .flatMap(concept -> Stream.concat(
                        Stream.of(
                                roundTrip(concept, "all fields", new BodyGenerator(1, Presence.ALL)),
                                roundTrip(concept, "required fields only", new BodyGenerator(1, Presence.NONE))),
                        IntStream.rangeClosed(1, RANDOM_BODIES)
                                .mapToObj(seed ->
                                        roundTrip(concept, "seed " + seed, new BodyGenerator(seed, Presence.RANDOM)))));
    }

    private static DynamicTest roundTrip(RoundTripConcept concept, String name, BodyGenerator generator) {
        return DynamicTest.dynamicTest(concept + ", " + name, () -> {
            var body = generator.generate(concept.fields);
            var created = concept.create(body);
            check(concept, created, body, created.response());
            if (!concept.isEditable()) return;
            var edit = generator.generate(concept.fields);
            concept.makeConsistent(edit, created.ownerId());
            var etag = created.owner().get(created.path()).header("ETag").orElseThrow();
            var edited = created.owner().with("If-Match", etag).put(created.path(), edit.toString());
            check(concept, created, edit, edited.is(200).json());
        });
    }

    private static void check(RoundTripConcept concept, Created created, ObjectNode sent, JsonNode response) {
        var body = leaves(parse(sent.toString().getBytes(StandardCharsets.UTF_8)));
        var returned = without(concept.notInResource(), body);
        assertThat(fieldsOf(concept, response)).as("response").isEqualTo(returned);
        var read = created.owner().get(created.path()).is(200).json();
        assertThat(fieldsOf(concept, read)).as("GET " + created.path()).isEqualTo(returned);
        var stored = leaves(parse(Json.write(concept.stored(created.id()))));
        assertThat(renamed(concept, stored)).as("stored").isEqualTo(without(concept.notInDetails(), body));
        concept.listed(created.id())
                .ifPresent(it -> assertThat(fieldsOf(concept, parse(Json.write(it))))
                        .as("item of a list")
                        .isEqualTo(returned));
    }

    @Test
    void inviteExpiresAfterTheGivenDays() {
        var invites = concepts.stream()
                .filter(it -> it.notInResource().contains("expiresInDays"))
                .findFirst()
                .orElseThrow();
        for (int days : List.of(1, 30)) {
            var body = new BodyGenerator(days, Presence.ALL)
                    .generate(invites.fields)
                    .put("expiresInDays", days);
            var expiresAt = invites.create(body).response().path("expiresAt").asText();
            assertThat(Duration.between(Instant.now(), Instant.parse(expiresAt)))
                    .isBetween(Duration.ofDays(days).minusMinutes(5), Duration.ofDays(days));
        }
    }

    private static JsonNode parse(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The leaves of a resource that belong to fields of the body. */
    private static Map<String, JsonNode> fieldsOf(RoundTripConcept concept, JsonNode resource) {
        var names = Arrays.stream(concept.fields.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
        return leaves(((ObjectNode) resource.deepCopy()).retain(names));
    }

    /**
     * All values by their paths, such as {@code packages[0].price.amount}. An empty value counts as absent, a file as
     * its key.
     */
    private static Map<String, JsonNode> leaves(JsonNode json) {
        var leaves = new TreeMap<String, JsonNode>();
        addLeaves("", json, leaves);
        return leaves;
    }

    private static void addLeaves(String path, JsonNode json, Map<String, JsonNode> leaves) {
        if (json.has("key") && json.has("url")) {
            leaves.put(path, json.get("key"));
        } else if (json.isObject()) {
            var prefix = path.isEmpty() ? "" : path + ".";
            json.properties().forEach(it -> addLeaves(prefix + it.getKey(), it.getValue(), leaves));
        } else if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) addLeaves(path + "[" + i + "]", json.get(i), leaves);
        } else if (!json.isNull() && !json.asText().isEmpty()) {
            leaves.put(path, json);
        }
    }

    /** The paths of all components of a record and of the records in it, without the indices of lists. */
    private static Set<String> attributes(Class<?> record) {
        var paths = new TreeSet<String>();
        for (var component : record.getRecordComponents()) {
            var type = elementType(component.getGenericType());
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) paths.addAll(attributes(type));
            else if (type.isRecord() && type != FileResource.class)
                attributes(type).forEach(it -> paths.add(component.getName() + "." + it));
            else paths.add(component.getName());
        }
        return paths;
    }

    /** The class inside lists and optionals. */
    private static Class<?> elementType(Type type) {
        return switch (type) {
            case ParameterizedType it -> elementType(it.getActualTypeArguments()[0]);
            case Class<?> it -> it;
            default -> throw new AssertionError("unexpected type " + type);
        };
    }

    private static Set<String> renamed(RoundTripConcept concept, Set<String> paths) {
        return paths.stream().map(it -> renamed(concept, it)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, JsonNode> renamed(RoundTripConcept concept, Map<String, JsonNode> leaves) {
        var renamed = new TreeMap<String, JsonNode>();
        leaves.forEach((path, value) -> renamed.put(renamed(concept, path), value));
        return renamed;
    }

    private static String renamed(RoundTripConcept concept, String path) {
        for (var it : concept.renamed().entrySet())
            if (path.startsWith(it.getKey() + "."))
                return (it.getValue() + path.substring(it.getKey().length())).replaceFirst("^\\.", "");
        return path;
    }

    private static Set<String> without(Set<String> fields, Set<String> paths) {
        var rest = new TreeSet<>(paths);
        rest.removeAll(fields);
        return rest;
    }

    private static Map<String, JsonNode> without(Set<String> fields, Map<String, JsonNode> leaves) {
        var rest = new TreeMap<>(leaves);
        rest.keySet().removeAll(fields);
        return rest;
    }
}
