package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.http.endpoint.Contract;
import io.guildhall.http.live.AsyncApi;
import io.guildhall.http.live.ClientFrame;
import io.guildhall.http.live.ServerFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every property and parameter of the OpenAPI document, and every property of a frame, has a description. */
class DescriptionsTest {
    private static JsonNode document;
    private static JsonNode frames;
    private static JsonNode descriptions;

    @BeforeAll
    static void read() throws IOException {
        var server = new TestServer();
        document = new Contract(server.endpoints).document();
        server.close();
        frames = new ObjectMapper().readTree(AsyncApi.document());
        try (var file = Contract.class.getResourceAsStream("descriptions.json")) {
            descriptions = new ObjectMapper().readTree(file);
        }
    }

    /** The named properties of all objects below a node, by their paths. */
    private static void addProperties(String path, JsonNode node, Map<String, JsonNode> all) {
        if (node.path("type").asText().equals("object"))
            node.path("properties")
                    .properties()
                    .forEach(property -> all.put(path + "." + property.getKey(), property.getValue()));
        node.properties().forEach(child -> addProperties(path + "/" + child.getKey(), child.getValue(), all));
    }

    private static Map<String, JsonNode> properties() {
        var all = new TreeMap<String, JsonNode>();
        addProperties("", document.at("/components/schemas"), all);
        frames.at("/components/messages")
                .properties()
                .forEach(it -> addProperties(it.getKey(), it.getValue().path("payload"), all));
        addProperties("frames", frames.at("/components/schemas"), all);
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    var name = operation.getKey() + " " + path.getKey();
                    addProperties(name, operation.getValue().path("requestBody"), all);
                    addProperties(name, operation.getValue().path("responses"), all);
                }));
        return all;
    }

    private static List<String> withoutDescription(Map<String, JsonNode> nodes) {
        return nodes.entrySet().stream()
                .filter(it -> it.getValue().path("description").asText().isBlank())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void everyPropertyHasADescription() {
        assertThat(properties()).hasSizeGreaterThan(600);
        assertThat(withoutDescription(properties()))
                .as(
                        "add them to descriptions.json, as Record.property or, if several records have it with one meaning, as property")
                .isEmpty();
    }

    @Test
    void everyParameterHasADescription() {
        var missing = new ArrayList<String>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .forEach(operation -> operation.path("parameters").forEach(parameter -> {
                            if (parameter.path("description").asText().isBlank())
                                missing.add(path.getKey() + " "
                                        + parameter.path("name").asText());
                        })));
        assertThat(missing).isEmpty();
    }

    /** As the records say {@code Instant}. */
    @Test
    void descriptionsOfTimesNameTheTimeZone() {
        assertThat(properties().entrySet())
                .filteredOn(it -> it.getValue().path("format").asText().equals("date-time"))
                .isNotEmpty()
                .allSatisfy(it ->
                        assertThat(it.getValue().path("description").asText()).contains("UTC"));
    }

    @Test
    void descriptionsAreSentences() {
        descriptions.forEach(it -> assertThat(it.asText()).matches("[\\p{Lu}0-9`].*\\."));
    }

    @Test
    void everyDescriptionIsUsed() {
        assertThat(descriptions.fieldNames()).toIterable().isSubsetOf(users().keySet());
    }

    /** A description that fits one record only names it: another record with the same property needs its own. */
    @Test
    void aDescriptionWithoutRecordIsUsedBySeveral() {
        assertThat(users()).allSatisfy((key, records) -> {
            if (!key.contains(".") && !key.startsWith("{"))
                assertThat(records).as(key).hasSizeGreaterThan(1);
        });
    }

    /** The records and path parameters that use each description. */
    private static Map<String, Set<String>> users() {
        var users = new TreeMap<String, Set<String>>();
        document.at("/components/schemas")
                .properties()
                .forEach(schema -> schema.getValue()
                        .path("properties")
                        .fieldNames()
                        .forEachRemaining(name -> addUser(users, schema.getKey().replaceFirst("Input$", ""), name)));
        for (var family : List.of(ClientFrame.class, ServerFrame.class))
            for (var frame : family.getAnnotation(JsonSubTypes.class).value())
                for (var it : frame.value().getRecordComponents())
                    addUser(users, frame.value().getSimpleName(), it.getName());
        document.path("paths")
                .forEach(path ->
                        path.forEach(operation -> operation.path("parameters").forEach(it -> {
                            var parameter = "{" + it.path("name").asText() + "}";
                            var key = descriptions.has(parameter)
                                    ? parameter
                                    : it.path("name").asText();
                            if (it.path("in").asText().equals("path"))
                                users.computeIfAbsent(key, _ -> new TreeSet<>()).add(parameter);
                        })));
        return users;
    }

    private static void addUser(Map<String, Set<String>> users, String owner, String property) {
        var key = owner + "." + property;
        users.computeIfAbsent(descriptions.has(key) ? key : property, _ -> new TreeSet<>())
                .add(owner);
    }
}
