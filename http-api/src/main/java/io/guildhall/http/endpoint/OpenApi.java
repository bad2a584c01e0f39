package io.guildhall.http.endpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The OpenAPI 3.1 document of a list of endpoints. Requests and responses are read off the endpoints' records and
 * constraints, problems off their descriptions.
 */
public final class OpenApi {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String DESCRIPTION = """
            The API of the Guildhall freelancing marketplace: post jobs, hire, fund the escrow, deliver, get paid, review.

            **Authentication.** Register, follow the link in the e-mail, log in, and send the access token as `Authorization: Bearer …`. An access token
            is valid for 15 minutes. Exchange the refresh token for the next pair; each refresh token can be used once. After a login with *Try it out*,
            this page sends the token with every request.

            **Idempotent requests.** A POST that creates something or moves money accepts an `Idempotency-Key`. A repeated request with the same key
            returns the first response, for 24 hours. After a 503 the outcome is unknown: repeat the request with the same key.

            **Concurrent edits.** Editable resources have an `ETag`. Send it back as `If-Match`. After a mismatch the response is 412, and nothing changes.

            **Pagination.** Lists are returned in pages. Send `next` as the `cursor` of the next request; it is absent on the last page.

            **Bodies.** Send a `Content-Length`. The response to `Transfer-Encoding: chunked` is 411.

            **Query parameters.** The response to an unknown or repeated parameter is 400.

            **Errors** are problem documents (RFC 9457). Their `code` is stable; their `detail` says what to do. Every response has an `X-Correlation-Id`;
            you can choose it yourself. Quote it to support.

            **Money** is in minor units: 12500 USD is 125 dollars. **Times** are UTC.
            """;

    private final Schemas schemas;
    private final OpenApiTags tags = OpenApiTags.read();
    private final List<? extends Operation<?>> operations;

    private OpenApi(List<? extends Operation<?>> operations) {
        this.operations = operations;
        this.schemas = new Schemas(
                Stream.concat(
                                Stream.of(ProblemDocument.class),
                                operations.stream().map(Operation::result))
                        .filter(it -> it != Void.class)
                        .toList(),
                operations.stream()
                        .filter(Operation::acceptsJson)
                        .map(Operation::body)
                        .toList());
    }

    /** The document as JSON. */
    public static byte[] of(Collection<? extends Endpoint<?, ?>> endpoints) {
        var operations =
                endpoints.stream().<Operation<?>>map(Endpoint::operation).toList();
        return Json.write(new OpenApi(operations).document());
    }

    private ObjectNode document() {
        var document = JSON.objectNode().put("openapi", "3.1.0");
        document.putObject("info").put("title", "Guildhall").put("version", "1").put("description", DESCRIPTION);
        var used = document.putArray("tags");
        tags.of(operations.stream().map(Operation::path).toList())
                .forEach(tag -> used.addObject().put("name", tag.name()).put("description", tag.description()));
        document.set("paths", paths());
        document.set("components", components());
        return document;
    }

    private ObjectNode paths() {
        var writer = new OpenApiOperation(schemas, new Examples(schemas.named()));
        var paths = JSON.objectNode();
        for (var operation : operations)
            paths.withObjectProperty(operation.path())
                    .set(
                            operation.method().name().toLowerCase(Locale.ROOT),
                            writer.write(operation, tags.of(operation.path()).name()));
        return paths;
    }

    private ObjectNode components() {
        var components = JSON.objectNode();
        components.putObject("schemas").setAll(schemas.named());
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT")
                .put("description", "The access token that a login returns.");
        var headers = components.putObject("headers");
        header(headers, Api.CORRELATION_ID, "string", "Identifies this request in the server's logs.");
        header(
                headers,
                "ETag",
                "string",
                "The revision of the resource. Send it as If-Match to edit the resource, or as If-None-Match where that is a parameter.");
        header(headers, "Location", "string", "The path to use instead.");
        header(headers, "Retry-After", "integer", "When to try again, in seconds.");
        return components;
    }

    private static void header(ObjectNode headers, String name, String type, String description) {
        headers.putObject(name)
                .put("description", description)
                .putObject("schema")
                .put("type", type);
    }
}
