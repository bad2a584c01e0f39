package io.guildhall.adapter.cloudinary;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A server with the part of Cloudinary's API that we use. It verifies signatures like Cloudinary: SHA-1 over the
 * parameters sorted by name, and the secret, without file, key, cloud and resource type
 * (https://cloudinary.com/documentation/signatures).
 */
final class FakeCloudinary implements AutoCloseable {
    static final String KEY = "123456", SECRET = "s3cret", CLOUD = "demo";
    private static final Set<String> UNSIGNED = Set.of("file", "api_key", "cloud_name", "resource_type", "signature");

    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    /** Parts of unfinished files, by the id of their upload. */
    private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();

    private final InstantSource clock;
    volatile int status = 200;

    FakeCloudinary(InstantSource clock) throws IOException {
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        for (var type : List.of("image", "raw")) {
            var api = "/v1_1/" + CLOUD + "/" + type;
            server.createContext(api + "/upload", this::upload);
            server.createContext(api + "/destroy", this::destroy);
            server.createContext(api + "/download", this::download);
        }
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void upload(HttpExchange exchange) throws IOException {
        var parts = Multipart.read(exchange);
        if (refuses(exchange, parts.texts())) return;
        var name = name(exchange, parts.texts());
        var range = exchange.getRequestHeaders().getFirst("Content-Range");
        if (range == null) files.put(name, parts.file());
        else addPart(name, exchange.getRequestHeaders().getFirst("X-Unique-Upload-Id"), range, parts.file());
        respond(exchange, 200, "{\"public_id\":\"" + parts.texts().get("public_id") + "\"}");
    }

    /** The file exists when all of its parts have arrived, in order. */
    private void addPart(String name, String uploadId, String range, byte[] part) {
        var before = uploads.getOrDefault(uploadId, new byte[0]);
        var together = Arrays.copyOf(before, before.length + part.length);
        System.arraycopy(part, 0, together, before.length, part.length);
        var bounds = range.replace("bytes ", "").split("[-/]");
        if (Long.parseLong(bounds[0]) != before.length) throw new IllegalStateException("gap before " + range);
        if (bounds[2].equals(Integer.toString(together.length))) {
            uploads.remove(uploadId);
            files.put(name, together);
        } else uploads.put(uploadId, together);
    }

    private void destroy(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        var parameters = type.startsWith("multipart")
                ? Multipart.read(body, type).texts()
                : form(new String(body, StandardCharsets.UTF_8));
        if (refuses(exchange, parameters)) return;
        var was = files.remove(name(exchange, parameters));
        respond(exchange, 200, "{\"result\":\"" + (was == null ? "not found" : "ok") + "\"}");
    }

    private void download(HttpExchange exchange) throws IOException {
        var parameters = form(exchange.getRequestURI().getRawQuery());
        if (refuses(exchange, parameters)) return;
        var file = files.get(name(exchange, parameters));
        if (file == null
                || Long.parseLong(parameters.get("expires_at"))
                        < clock.instant().getEpochSecond()) respond(exchange, 404, "{}");
        else {
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        }
    }

    /** Files of each resource type have ids of their own. */
    private static String name(HttpExchange exchange, Map<String, String> parameters) {
        var path = exchange.getRequestURI().getPath();
        return path.split("/")[3] + "/" + parameters.get("type") + "/" + parameters.get("public_id");
    }

    private boolean refuses(HttpExchange exchange, Map<String, String> parameters) throws IOException {
        boolean isSigned =
                KEY.equals(parameters.get("api_key")) && signature(parameters).equals(parameters.get("signature"));
        if (status != 200) respond(exchange, status, "{\"error\":{\"message\":\"busy\"}}");
        else if (!isSigned) respond(exchange, 401, "{\"error\":{\"message\":\"Invalid Signature\"}}");
        return status != 200 || !isSigned;
    }

    private static String signature(Map<String, String> parameters) {
        var signed = new TreeMap<>(parameters)
                .entrySet().stream()
                        .filter(it -> !UNSIGNED.contains(it.getKey())
                                && !it.getValue().isEmpty())
                        .map(it -> it.getKey() + "=" + it.getValue())
                        .collect(Collectors.joining("&"));
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest((signed + SECRET).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> form(String text) {
        return Arrays.stream(text.split("&"))
                .map(it -> it.split("=", 2))
                .collect(Collectors.toMap(it -> decoded(it[0]), it -> decoded(it[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void respond(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
