package io.guildhall.http.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Checks frames against the AsyncAPI document. Fields that it does not list are violations. */
public final class FrameContract {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectNode DOCUMENT = document();
    private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

    private FrameContract() {}

    public static ObjectNode document() {
        try {
            return (ObjectNode) MAPPER.readTree(AsyncApi.document());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The violations of a frame that a node has sent. */
    public static List<String> violations(JsonNode frame) {
        return violations("server." + frame.path("type").asText(), frame);
    }

    /** @param message its key in the document */
    static List<String> violations(String message, JsonNode frame) {
        if (!DOCUMENT.at("/components/messages").has(message)) return List.of("no message " + message + ": " + frame);
        return SCHEMAS.computeIfAbsent(message, FrameContract::schema).validate(frame).stream()
                .map(it -> message + it.getInstanceLocation() + " " + it.getMessage())
                .toList();
    }

    private static JsonSchema schema(String message) {
        var schema = (ObjectNode)
                DOCUMENT.at("/components/messages/" + message + "/payload").deepCopy();
        schema.put("additionalProperties", false);
        var components = DOCUMENT.get("components").deepCopy();
        components.get("schemas").forEach(it -> ((ObjectNode) it).put("additionalProperties", false));
        schema.set("components", components);
        var config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema, config);
    }
}
