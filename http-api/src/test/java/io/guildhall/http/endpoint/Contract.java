package io.guildhall.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the OpenAPI document promises, and whether an answer keeps it: status, content type, body, and not a field more than is written there. */
public final class Contract {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final Router router;
    private final ObjectNode document;

    public Contract(List<Endpoint<?, ?>> endpoints) {
        this.router = new Router(endpoints);
        this.document = (ObjectNode) tree(OpenApi.of(endpoints));
        document.at("/components/schemas").forEach(schema -> ((ObjectNode) schema).put("additionalProperties", false));
    }

    public JsonNode document() {
        return document;
    }

    /** Fails where an answer to a known method and path is not as the document has it. */
    public void check(String method, String path, int status, String contentType, byte[] body) {
        router.find(path.replaceAll("\\?.*", ""))
                .flatMap(it -> it.endpoint(method))
                .ifPresent(it -> check(it.operation(), method + " " + path, status, contentType, body));
    }

    private void check(Operation<?> shape, String what, int status, String contentType, byte[] body) {
        var response = document.path("paths")
                .path(shape.path())
                .path(shape.method().name().toLowerCase(Locale.ROOT))
                .path("responses")
                .path(Integer.toString(status));
        var text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
        assertThat(response.isMissingNode())
                .as("%s says nothing of %s %s", what, status, text)
                .isFalse();
        if (!response.has("content")) {
            assertThat(body).as(what).isEmpty();
            return;
        }
        var content = response.get("content").properties().iterator().next();
        assertThat(contentType).as(what).isEqualTo(content.getKey());
        assertThat(flaws(content.getValue().get("schema"), tree(body)))
                .as("%s %s %s", what, status, text)
                .isEmpty();
    }

    /** What is wrong with a value by a schema of this document. */
    public List<String> flaws(JsonNode schema, JsonNode value) {
        var whole = MAPPER.createObjectNode();
        whole.setAll((ObjectNode) schema);
        whole.set("components", document.get("components"));
        var config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        var flaws = new ArrayList<String>();
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(whole, config)
                .validate(value)
                .forEach(flaw -> flaws.add(flaw.getInstanceLocation() + " " + flaw.getMessage()));
        return flaws;
    }

    private static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
