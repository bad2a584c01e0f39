package io.guildhall.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.http.endpoint.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The AsyncAPI document describes every frame, and its parts refer to each other. */
class AsyncApiTest {
    private final ObjectNode document = FrameContract.document();
    private final JsonNode messages = document.at("/components/messages");

    private static Set<String> names(Class<?> family) {
        return Arrays.stream(family.getAnnotation(com.fasterxml.jackson.annotation.JsonSubTypes.class)
                        .value())
                .map(com.fasterxml.jackson.annotation.JsonSubTypes.Type::name)
                .collect(Collectors.toSet());
    }

    private static Stream<Class<?>> records(Class<?> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses()).<Class<?>>flatMap(AsyncApiTest::records)
                : Stream.of(family);
    }

    @Test
    void describesEveryFrame() {
        var expected = new HashSet<String>();
        for (var it : names(ClientFrame.class)) expected.add("client." + it);
        for (var it : names(ServerFrame.class)) expected.add("server." + it);
        assertThat(messages.properties()).extracting(Map.Entry::getKey).containsExactlyInAnyOrderElementsOf(expected);
        for (var family : new Class<?>[] {ClientFrame.class, ServerFrame.class})
            assertThat(names(family)).as("every record has a name").hasSize((int)
                    records(family).count());
        assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
        assertThat(messages.findValuesAsText("summary")).allMatch(it -> it.endsWith("."));
    }

    @TestFactory
    Stream<DynamicTest> examplesConformToTheirSchemas() {
        return messages.properties().stream()
                .map(it -> DynamicTest.dynamicTest(it.getKey(), () -> {
                    var example = it.getValue().at("/examples/0/payload");
                    assertThat(FrameContract.violations(it.getKey(), example))
                            .as(example.toString())
                            .isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> nodesReadTheExamplesOfClientFrames() {
        return names(ClientFrame.class).stream()
                .map(it -> DynamicTest.dynamicTest(it, () -> {
                    var example =
                            messages.at("/client." + it + "/examples/0/payload").toString();
                    var frame = Json.read(example.getBytes(StandardCharsets.UTF_8), ClientFrame.class);
                    assertThat(new ObjectMapper().readTree(Json.write(frame)))
                            .isEqualTo(new ObjectMapper().readTree(example));
                }));
    }

    @Test
    void reportsFramesThatAreNotAsDescribed() throws IOException {
        for (var it : new String[] {
            "{\"type\": \"other\"}",
            "{\"type\": \"pong\", \"more\": 1}",
            "{\"type\": \"typing\", \"channel\": \"room:rm_1\"}",
            "{\"type\": \"typing\", \"channel\": 7, \"accountId\": \"acc_1\"}",
            "{\"type\": \"presence\", \"channel\": \"room:rm_1\", \"accountId\": \"acc_1\", \"state\": \"BUSY\"}"
        })
            assertThat(FrameContract.violations(new ObjectMapper().readTree(it)))
                    .as(it)
                    .isNotEmpty();
        assertThat(FrameContract.violations(new ObjectMapper().readTree("{\"type\": \"pong\"}")))
                .isEmpty();
    }

    @Test
    void everyReferenceHasATarget() {
        var references = document.findValuesAsText("$ref");
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(document.at(it.substring(1)).isMissingNode())
                        .as(it)
                        .isFalse());
        for (var operation : document.get("operations")) {
            var channel = operation.at("/channel/$ref").asText();
            assertThat(operation.get("messages").findValuesAsText("$ref"))
                    .isNotEmpty()
                    .allMatch(it -> it.startsWith(channel + "/messages/"));
        }
    }

    @Test
    void resourcesInFramesAreThoseOfTheApi() {
        assertThat(messages.at("/server.message/payload/properties/message/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/MessageResource");
        assertThat(messages.at("/server.contract/payload/properties/contract/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/ContractResource");
    }
}
