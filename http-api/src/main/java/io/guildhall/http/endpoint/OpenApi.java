package io.guildhall.http.endpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.http.endpoint.Endpoint.Query;
import io.guildhall.http.endpoint.Endpoint.Shape;
import io.guildhall.http.endpoint.Endpoint.Trait;
import io.guildhall.http.endpoint.Schemas.Way;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/**
 * The OpenAPI 3.1 document of a list of endpoints: what they take and give is read off their records and constraints, what they refuse off
 * their shapes.
 */
public final class OpenApi {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String DESCRIPTION = """
            Post a job, hire, fund the escrow, work, get paid, review.

            **Who you are**: register, follow the link in the mail, log in, and send the access token as `Authorization: Bearer …`. It is good for 15
            minutes; the refresh token gets the next one, once. Who logs in by *Try it out* on this page need not copy it: the page sends it from then on.

            **Sending again**: a POST that creates or pays honours `Idempotency-Key`. The same key with the same request gets the same answer, for 24 hours.
            After a 503 nobody knows whether it was done: send it again with its key.

            **Editing**: what can be edited comes with an `ETag`; send it back as `If-Match`, so that no edit is lost.

            **Lists** come in pages: `next` is the `cursor` of the following page, and is missing on the last.

            **Refusals** are problem documents (RFC 9457) with a stable `code`, and name what to do. The `X-Correlation-Id` of every answer, yours
            or ours, finds a request in our logs.

            **Money** is in minor units: 12500 USD are 125 dollars. **Instants** are UTC.
            """;

    private final Schemas schemas = new Schemas();
    private final ObjectNode paths = JSON.objectNode();
    private final OpenApiTags chapters = OpenApiTags.read();

    private OpenApi() {}

    /** The document as JSON. */
    public static byte[] of(Collection<? extends Endpoint<?, ?>> endpoints) {
        return Json.write(new OpenApi()
                .document(endpoints.stream().<Shape<?, ?>>map(Endpoint::shape).toList()));
    }

    private ObjectNode document(List<? extends Shape<?, ?>> shapes) {
        schemas.of(ProblemDocument.class, Way.GIVEN);
        shapes.stream().filter(it -> it.answer() != Void.class).forEach(it -> schemas.of(it.answer(), Way.GIVEN));
        shapes.stream().filter(OpenApi::takesJson).forEach(it -> schemas.of(it.body(), Way.TAKEN));
        var examples = new Examples(schemas.named());
        shapes.forEach(shape -> add(shape, examples));

        var document = JSON.objectNode().put("openapi", "3.1.0");
        document.putObject("info").put("title", "Guildhall").put("version", "1").put("description", DESCRIPTION);
        var tags = document.putArray("tags");
        chapters.of(shapes.stream().map(Shape::path).toList())
                .forEach(it -> tags.addObject().put("name", it.name()).put("description", it.about()));
        document.set("paths", paths);
        document.set("components", components());
        return document;
    }

    private ObjectNode components() {
        var components = JSON.objectNode();
        var named = components.putObject("schemas");
        schemas.named().forEach(named::set);
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT")
                .put("description", "The access token that logging in gives.");
        var headers = components.putObject("headers");
        header(headers, Api.CORRELATION_ID, "string", "Finds this request in our logs.");
        header(headers, "ETag", "string", "The revision that this is; If-Match of an edit.");
        header(headers, "Retry-After", "integer", "When to try again, in seconds.");
        return components;
    }

    private static void header(ObjectNode headers, String name, String type, String description) {
        headers.putObject(name)
                .put("description", description)
                .putObject("schema")
                .put("type", type);
    }

    private void add(Shape<?, ?> shape, Examples examples) {
        var method = shape.method().name().toLowerCase(Locale.ROOT);
        var operation = JSON.objectNode().put("summary", shape.summary()).put("operationId", operationId(shape));
        operation.putArray("tags").add(chapters.of(shape.path()).name());
        parameters(shape, operation);
        body(shape, operation, examples);
        security(shape, operation);
        var responses = operation.putObject("responses");
        success(shape, responses.putObject(Integer.toString(shape.success())), examples);
        DocumentedProblems.of(shape)
                .forEach((status, codes) ->
                        refusal(status, codes, responses.putObject(Integer.toString(status)), examples));
        paths.withObjectProperty(shape.path()).set(method, operation);
    }

    private static void parameters(Shape<?, ?> shape, ObjectNode operation) {
        var parameters = JSON.arrayNode();
        shape.parameters().forEach(name -> parameters.add(parameter(name, "path", true, null)));
        shape.queries().forEach(query -> parameters.add(parameter(query)));
        if (shape.is(Trait.IDEMPOTENCY_KEY))
            parameters.add(
                    parameter("Idempotency-Key", "header", false, "Your own key for this request, such as a UUID."));
        if (shape.is(Trait.IF_MATCH))
            parameters.add(parameter("If-Match", "header", true, "The ETag that you have read, such as \"3\"."));
        if (!parameters.isEmpty()) operation.set("parameters", parameters);
    }

    private static ObjectNode parameter(Query query) {
        var parameter = parameter(query.name(), "query", false, query.description());
        if (query.name().equals("limit"))
            parameter
                    .putObject("schema")
                    .put("type", "integer")
                    .put("minimum", 1)
                    .put("maximum", 100)
                    .put("default", 20);
        return parameter;
    }

    private static ObjectNode parameter(String name, String in, boolean required, String description) {
        var parameter = JSON.objectNode().put("name", name).put("in", in).put("required", required);
        if (description != null) parameter.put("description", description);
        parameter.putObject("schema").put("type", name.equals("number") ? "integer" : "string");
        return parameter;
    }

    private static boolean takesJson(Shape<?, ?> shape) {
        return shape.body() != Void.class && !shape.is(Trait.RAW_BODY) && !shape.is(Trait.FILE_BODY);
    }

    private void body(Shape<?, ?> shape, ObjectNode operation, Examples examples) {
        if (shape.is(Trait.RAW_BODY))
            operation
                    .putObject("requestBody")
                    .put("description", "A signed event, taken byte for byte.")
                    .put("required", true)
                    .putObject("content")
                    .putObject("application/json");
        if (shape.is(Trait.FILE_BODY)) {
            var content = operation
                    .putObject("requestBody")
                    .put("description", "The file itself, " + FileStore.LARGEST_BYTES + " bytes at most.")
                    .put("required", true)
                    .putObject("content");
            for (var type : FileKey.Type.values()) content.putObject(type.mediaType());
        }
        if (!takesJson(shape)) return;
        var schema = schemas.of(shape.body(), Way.TAKEN);
        var content = operation
                .putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject("application/json");
        content.set("schema", schema);
        content.set("example", examples.of(schema));
    }

    private static void security(Shape<?, ?> shape, ObjectNode operation) {
        var security = operation.putArray("security");
        switch (shape.access()) {
            case Access.Anyone _ -> {}
            case Access.LoggedIn _ -> security.addObject().putArray("token");
            case Access.Holding holding ->
                security.addObject().putArray("token").add(holding.role().name());
        }
    }

    private void success(Shape<?, ?> shape, ObjectNode response, Examples examples) {
        response.put("description", reason(shape.success()));
        var headers = response.putObject("headers");
        headers.putObject(Api.CORRELATION_ID).put("$ref", "#/components/headers/" + Api.CORRELATION_ID);
        if (Versioned.class.isAssignableFrom(shape.answer()))
            headers.putObject("ETag").put("$ref", "#/components/headers/ETag");
        if (shape.answer() == Void.class) return;
        var item = schemas.of(shape.answer(), Way.GIVEN);
        var schema = shape.is(Trait.PAGED) ? page(item) : item;
        var content = response.putObject("content").putObject("application/json");
        content.set("schema", schema);
        content.set("example", examples.of(schema));
    }

    private static ObjectNode page(ObjectNode item) {
        var page = JSON.objectNode().put("type", "object");
        var properties = page.putObject("properties");
        properties.putObject("items").put("type", "array").set("items", item);
        properties.putObject("next").put("type", "string").put("description", "the cursor of the following page");
        page.putArray("required").add("items");
        return page;
    }

    private static void refusal(int status, SortedSet<String> codes, ObjectNode response, Examples examples) {
        response.put("description", reason(status) + ": `" + String.join("`, `", codes) + "`");
        var headers = response.putObject("headers");
        headers.putObject(Api.CORRELATION_ID).put("$ref", "#/components/headers/" + Api.CORRELATION_ID);
        if (status == 429 || status == 503)
            headers.putObject("Retry-After").put("$ref", "#/components/headers/Retry-After");
        var content = response.putObject("content").putObject("application/problem+json");
        var schema = content.putObject("schema");
        var example = examples.of(JSON.objectNode().put("$ref", "#/components/schemas/ProblemDocument"));
        content.set(
                "example",
                ((ObjectNode) example)
                        .put("title", reason(status))
                        .put("status", status)
                        .put("code", codes.first()));
        var all = schema.putArray("allOf");
        all.addObject().put("$ref", "#/components/schemas/ProblemDocument");
        var code = all.addObject().putObject("properties").putObject("code").putArray("enum");
        codes.forEach(code::add);
    }

    private static String reason(int status) {
        return StatusCodes.lookup(status).map(it -> it.reason()).orElse("Refused");
    }

    private static String operationId(Shape<?, ?> shape) {
        return shape.method().name().toLowerCase(Locale.ROOT)
                + Arrays.stream(shape.path().split("[^A-Za-z0-9]+"))
                        .filter(it -> !it.isEmpty() && !it.equals("api"))
                        .map(it -> Character.toUpperCase(it.charAt(0)) + it.substring(1))
                        .collect(Collectors.joining());
    }
}
