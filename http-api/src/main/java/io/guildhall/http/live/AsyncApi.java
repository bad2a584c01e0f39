package io.guildhall.http.live;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.http.endpoint.Examples;
import io.guildhall.http.endpoint.Json;
import io.guildhall.http.endpoint.Schemas;
import io.guildhall.http.endpoint.Schemas.Direction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The AsyncAPI 3 document of the live API. It is generated from the records of frames and their constraints, as the OpenAPI
 * document is from those of requests and responses. A resource has the same schema in both.
 */
public final class AsyncApi {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String CLIENT_FRAMES = "client.";
    private static final String SERVER_FRAMES = "server.";
    private static final String DESCRIPTION = """
            Sends a client the changes that concern its user, as they happen. Operations are named from the server's side: `receive` is a frame
            that a client sends.

            **Connect.** Open a WebSocket at `/api/live` with the subprotocol `guildhall.v1`. Authenticate it with a ticket of
            `POST /api/live/tickets` as `?ticket=…`, which is valid once and for 30 seconds, or with an `authenticate` frame first. Send another
            `authenticate` frame before the access token expires.

            **Channels.** Subscribe to `me`, `room:{roomId}`, `contract:{contractId}` or `job:{jobId}`.

            **Events** have an `offset` within their channel. After a reconnect, subscribe with the last offset as `after` and with the `epoch` of
            `subscribed`: every missed event follows, in order and once. After `resync`, read the listed paths again instead.

            **Other frames**, such as `typing`, `presence`, `read` and `counters`, are not stored and can be lost.

            Without WebSockets, the same frames are server-sent events at `/api/live/events`.
            """;

    /** A kind of frame, with the name that is its {@code type}. */
    private record Frame(String name, Class<?> type, Direction direction) {
        String key() {
            return (direction == Direction.REQUEST ? CLIENT_FRAMES : SERVER_FRAMES) + name;
        }
    }

    private final Schemas schemas = new Schemas(List.of(), List.of());
    private final List<Frame> ofClient = frames(ClientFrame.class, Direction.REQUEST);
    private final List<Frame> ofServer = frames(ServerFrame.class, Direction.RESPONSE);

    private AsyncApi() {}

    /** The document as JSON. */
    public static byte[] document() {
        return Json.write(new AsyncApi().write());
    }

    private static List<Frame> frames(Class<?> family, Direction direction) {
        return Arrays.stream(
                        requireNonNull(family.getAnnotation(JsonSubTypes.class)).value())
                .map(it -> new Frame(it.name(), it.value(), direction))
                .toList();
    }

    private ObjectNode write() {
        var messages = messages();
        var document = JSON.objectNode().put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Guildhall live API")
                .put("version", "1")
                .put("description", DESCRIPTION);
        document.put("defaultContentType", "application/json");
        addServer(document.putObject("servers"));
        var channels = document.putObject("channels");
        addSocket(channels.putObject("live"));
        addStream(channels.putObject("events"));
        var operations = document.putObject("operations");
        addOperation(operations, "receiveFrame", "receive", "live", ofClient, "Handle a frame of a client.");
        addOperation(operations, "sendFrame", "send", "live", ofServer, "Send a frame to a client.");
        addOperation(
                operations, "sendServerSentEvent", "send", "events", ofServer, "Send a frame as a server-sent event.");
        var components = document.putObject("components");
        components.set("messages", messages);
        components.putObject("schemas").setAll(schemas.named());
        return document;
    }

    private static void addServer(ObjectNode servers) {
        var node = servers.putObject("node").put("host", "{host}").put("protocol", "ws");
        node.put("description", "Any node serves any client. Use wss in production.");
        node.putObject("variables")
                .putObject("host")
                .put("default", "127.0.0.1:8080")
                .put("description", "Host and port of a node, or of the proxy in front of all nodes.");
    }

    private void addSocket(ObjectNode channel) {
        channel.put("address", LiveRoutes.SOCKET)
                .put("title", "WebSocket")
                .put("description", "JSON text frames, with the subprotocol " + WebSockets.SUBPROTOCOL + ".");
        addMessages(channel, Stream.concat(ofClient.stream(), ofServer.stream()).toList());
        var binding = channel.putObject("bindings").putObject("ws").put("method", "GET");
        var query = binding.putObject("query").put("type", "object");
        query.putObject("properties")
                .putObject("ticket")
                .put("type", "string")
                .put("description", "A ticket of POST /api/live/tickets.");
        binding.put("bindingVersion", "0.1.0");
    }

    private void addStream(ObjectNode channel) {
        channel.put("address", LiveRoutes.STREAM)
                .put("title", "Server-sent events")
                .put(
                        "description",
                        "The same frames for clients without WebSockets. Name each channel as channel=me&channel=room:rm_…, and send the"
                                + " access token as Authorization: Bearer … or a ticket as ticket=…. To resume, send the id of the last event as the"
                                + " header Last-Event-ID or as lastEventId=…, with the same channels in the same order. The last event is `closed`.");
        addMessages(channel, ofServer);
    }

    private static void addMessages(ObjectNode channel, List<Frame> frames) {
        var messages = channel.putObject("messages");
        for (var it : frames) messages.putObject(it.key()).put("$ref", "#/components/messages/" + it.key());
    }

    private static void addOperation(
            ObjectNode operations, String name, String action, String channel, List<Frame> frames, String summary) {
        var operation = operations.putObject(name).put("action", action).put("summary", summary);
        operation.putObject("channel").put("$ref", "#/channels/" + channel);
        var messages = operation.putArray("messages");
        for (var it : frames) messages.addObject().put("$ref", "#/channels/" + channel + "/messages/" + it.key());
    }

    private ObjectNode messages() {
        var messages = JSON.objectNode();
        // First all schemas: the examples use the named ones.
        var frames = Stream.concat(ofServer.stream(), ofClient.stream()).toList();
        for (var it : frames) messages.putObject(it.key()).set("payload", payload(it));
        var examples = new Examples(schemas.named());
        for (var it : frames) {
            var summary = requireNonNull(it.type().getAnnotation(Summary.class), it.name());
            var message = messages.withObjectProperty(it.key());
            message.put("name", it.name()).put("title", it.name()).put("summary", summary.value());
            var example = JSON.objectNode().put("type", it.name());
            var payload =
                    (ObjectNode) examples.of(message.get("payload"), it.type().getSimpleName());
            example.setAll((ObjectNode) payload.without("type"));
            if (!summary.channel().isEmpty()) example.put("channel", summary.channel());
            message.putArray("examples").addObject().set("payload", example);
        }
        return messages;
    }

    private ObjectNode payload(Frame frame) {
        var schema = schemas.inline(frame.type(), frame.direction());
        schema.withObjectProperty("properties")
                .putObject("type")
                .put("type", "string")
                .put("const", frame.name())
                .put("description", "The kind of the frame.");
        schema.withArrayProperty("required").insert(0, "type");
        return schema;
    }
}
