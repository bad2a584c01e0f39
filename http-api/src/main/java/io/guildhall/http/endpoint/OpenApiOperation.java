package io.guildhall.http.endpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.Schemas.Direction;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/** Writes single operations of the OpenAPI document. */
record OpenApiOperation(Schemas schemas, Examples examples) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<FileKey.Type> PUBLIC_FILES =
            List.of(FileKey.Type.PNG, FileKey.Type.JPG, FileKey.Type.GIF, FileKey.Type.WEBP, FileKey.Type.PDF);

    ObjectNode write(Operation<?> operation, String tag) {
        var node = JSON.objectNode().put("summary", operation.summary()).put("operationId", id(operation));
        node.putArray("tags").add(tag);
        parameters(operation, node);
        requestBody(operation, node);
        security(operation.access(), node);
        var responses = node.putObject("responses");
        success(operation, responses.putObject(Integer.toString(operation.status())));
        if (operation.has(Feature.CACHEABLE)) notModified(responses.putObject("304"));
        DocumentedProblems.of(operation)
                .forEach((status, codes) -> problem(status, codes, responses.putObject(Integer.toString(status))));
        operation.limit().ifPresent(it -> describe(it, responses.withObjectProperty("429")));
        return node;
    }

    private static String id(Operation<?> operation) {
        return operation.method().name().toLowerCase(Locale.ROOT)
                + Arrays.stream(operation.path().split("[^A-Za-z0-9]+"))
                        .filter(segment -> !segment.isEmpty() && !segment.equals("api"))
                        .map(segment -> Character.toUpperCase(segment.charAt(0)) + segment.substring(1))
                        .collect(Collectors.joining());
    }

    private static void parameters(Operation<?> operation, ObjectNode node) {
        var parameters = JSON.arrayNode();
        operation.pathParameters().forEach(name -> parameters.add(pathParameter(name)));
        operation.queries().forEach(query -> parameters.add(queryParameter(query)));
        if (operation.has(Feature.IDEMPOTENCY_KEY))
            parameters.add(parameter(Requests.KEY_HEADER, "header", "string", false)
                    .put("description", "A unique key that you choose for this request, such as a UUID."));
        if (operation.has(Feature.IF_MATCH))
            parameters.add(parameter("If-Match", "header", "string", true)
                    .put("description", "The ETag of the revision that you read, such as \"3\"."));
        if (operation.has(Feature.CACHEABLE))
            parameters.add(parameter("If-None-Match", "header", "string", false)
                    .put("description", "The ETag of the response that you have stored."));
        if (!parameters.isEmpty()) node.set("parameters", parameters);
    }

    private static ObjectNode pathParameter(String name) {
        var parameter = parameter(name, "path", name.equals("number") ? "integer" : "string", true);
        Descriptions.ofPathParameter(name).ifPresent(it -> parameter.put("description", it));
        return parameter;
    }

    private static ObjectNode queryParameter(Query<?> query) {
        var parameter = JSON.objectNode()
                .put("name", query.name())
                .put("in", "query")
                .put("required", query.isRequired())
                .put("description", query.description());
        var schema = query.schema();
        if (schema.path("type").asText().equals("array"))
            parameter.put("style", "form").put("explode", false);
        parameter.set("schema", schema);
        return parameter;
    }

    private static ObjectNode parameter(String name, String in, String type, boolean required) {
        var parameter = JSON.objectNode().put("name", name).put("in", in).put("required", required);
        parameter.putObject("schema").put("type", type);
        return parameter;
    }

    private void requestBody(Operation<?> operation, ObjectNode node) {
        if (operation.has(Feature.RAW_BODY)) {
            content(node, "A signed event; the signature covers the exact bytes.")
                    .putObject("application/json");
        } else if (operation.has(Feature.FILE_BODY)) {
            var content = content(node, "The file, at most " + FileStore.MAX_BYTES + " bytes.");
            for (var type : PUBLIC_FILES) content.putObject(type.mediaType());
        } else if (operation.has(Feature.ANY_FILE_BODY)) {
            content(node, "The file, of any type, at most " + FileStore.MAX_BYTES + " bytes.")
                    .putObject(FileKey.Type.BIN.mediaType());
        } else if (operation.acceptsJson()) {
            json(content(node, "").putObject("application/json"), schemas.of(operation.body(), Direction.REQUEST));
            if (operation.isBodyOptional())
                node.withObjectProperty("requestBody").put("required", false);
        }
    }

    private static ObjectNode content(ObjectNode node, String description) {
        var body = node.putObject("requestBody").put("required", true);
        if (!description.isEmpty()) body.put("description", description);
        return body.putObject("content");
    }

    private void json(ObjectNode content, ObjectNode schema) {
        content.set("schema", schema);
        content.set("example", examples.of(schema));
    }

    private static void security(Access access, ObjectNode node) {
        var security = node.putArray("security");
        switch (access) {
            case Access.Public _ -> {}
            case Access.Authenticated _ -> security.addObject().putArray("token");
            case Access.RoleRequired required ->
                security.addObject().putArray("token").add(required.role().name());
        }
    }

    private void success(Operation<?> operation, ObjectNode response) {
        response.put("description", reason(operation.status()));
        var headers = response.putObject("headers");
        reference(headers, Api.CORRELATION_ID);
        boolean isVersioned = Versioned.class.isAssignableFrom(operation.result()) && !operation.has(Feature.PAGED);
        if (isVersioned || operation.has(Feature.CACHEABLE)) reference(headers, "ETag");
        if (operation.result() == Void.class) return;
        var result = schemas.of(operation.result(), Direction.RESPONSE);
        json(
                response.putObject("content").putObject("application/json"),
                operation.has(Feature.PAGED) ? page(result) : result);
    }

    private static void reference(ObjectNode headers, String name) {
        headers.putObject(name).put("$ref", "#/components/headers/" + name);
    }

    private static ObjectNode page(ObjectNode item) {
        var page = JSON.objectNode().put("type", "object");
        var properties = page.putObject("properties");
        properties
                .putObject("items")
                .put("type", "array")
                .put("description", "This page of the list.")
                .set("items", item);
        properties
                .putObject("next")
                .put("type", "string")
                .put("description", "The cursor of the next page; absent on the last page.");
        page.putArray("required").add("items");
        return page;
    }

    private static void notModified(ObjectNode response) {
        response.put("description", "Not Modified: the stored response is current");
        var headers = response.putObject("headers");
        reference(headers, Api.CORRELATION_ID);
        reference(headers, "ETag");
    }

    private void problem(int status, SortedSet<String> codes, ObjectNode response) {
        response.put("description", reason(status) + ": `" + String.join("`, `", codes) + "`");
        var headers = response.putObject("headers");
        reference(headers, Api.CORRELATION_ID);
        if (status == 429 || status == 503) reference(headers, "Retry-After");
        if (status == 308) reference(headers, "Location");
        var content = response.putObject("content").putObject("application/problem+json");
        var all = content.putObject("schema").putArray("allOf");
        all.addObject().put("$ref", "#/components/schemas/ProblemDocument");
        var code = all.addObject().putObject("properties").putObject("code").putArray("enum");
        codes.forEach(code::add);
        var example = (ObjectNode) examples.of(JSON.objectNode().put("$ref", "#/components/schemas/ProblemDocument"));
        content.set(
                "example",
                example.put("title", reason(status)).put("status", status).put("code", codes.first()));
    }

    private static void describe(AccountLimit limit, ObjectNode response) {
        response.put("description", response.path("description").asText() + ". " + limit.describe());
    }

    private static String reason(int status) {
        return StatusCodes.lookup(status).map(it -> it.reason()).orElse("Error");
    }
}
