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
import java.util.function.Predicate;

/** Checks responses against the OpenAPI document: status, content type and body, without undocumented fields. */
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

    /** Fails if the response of a documented operation is not documented. Ignores unknown paths and methods. */
    public void check(String method, String path, int status, String contentType, byte[] body) {
        router.find(path.replaceAll("\\?.*", ""))
                .flatMap(it -> it.endpoint(method))
                .ifPresent(it -> check(it.operation(), method + " " + path, status, contentType, body));
    }

    /** Fails if a response of a documented operation has an ETag that is not documented, or the other way round. */
    public void checkHeaders(String method, String path, int status, Predicate<String> hasHeader) {
        router.find(path.replaceAll("\\?.*", ""))
                .flatMap(it -> it.endpoint(method))
                .ifPresent(it -> assertThat(
                                response(it.operation(), status).path("headers").has("ETag"))
                        .as("%s %s %s documents an ETag", method, path, status)
                        .isEqualTo(hasHeader.test("ETag")));
    }

    private JsonNode response(Operation<?> operation, int status) {
        return document.path("paths")
                .path(operation.path())
                .path(operation.method().name().toLowerCase(Locale.ROOT))
                .path("responses")
                .path(Integer.toString(status));
    }

    private void check(Operation<?> operation, String what, int status, String contentType, byte[] body) {
        var response = response(operation, status);
        var text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
        assertThat(response.isMissingNode())
                .as("%s does not document %s %s", what, status, text)
                .isFalse();
        if (!response.has("content")) {
            assertThat(body).as(what).isEmpty();
            return;
        }
        var content = response.get("content").properties().iterator().next();
        assertThat(contentType).as(what).isEqualTo(content.getKey());
        assertThat(violations(content.getValue().get("schema"), tree(body)))
                .as("%s %s %s", what, status, text)
                .isEmpty();
    }

    /** The violations of a schema of this document by a value. */
    public List<String> violations(JsonNode schema, JsonNode value) {
        var whole = MAPPER.createObjectNode();
        whole.setAll((ObjectNode) schema);
        whole.set("components", document.get("components"));
        var config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        var violations = new ArrayList<String>();
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(whole, config)
                .validate(value)
                .forEach(violation -> violations.add(violation.getInstanceLocation() + " " + violation.getMessage()));
        return violations;
    }

    private static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
