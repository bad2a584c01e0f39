package io.guildhall.http.server;

import static io.guildhall.Await.result;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.Await;
import io.guildhall.http.network.TrustedProxies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Clients that read slowly, of a server with responses that fit into no buffer of the network. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionGuardTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int CHUNK = 32 * 1024;
    private static final int CHUNKS = 512;
    private static final int LENGTH = CHUNK * CHUNKS;

    private final ActorTestKit kit = ActorTestKit.create();
    private final List<Runnable> identified = Collections.synchronizedList(new ArrayList<>());
    private final List<Socket> sockets = new ArrayList<>();
    private final List<CompletableFuture<HttpResponse>> pending = Collections.synchronizedList(new ArrayList<>());
    private SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private Optional<HttpServer.Binding> binding = Optional.empty();

    private void start(int perAddress, Duration keepAliveTimeout, Duration sendTimeout, long minBytesPerSecond) {
        start(new ConnectionLimits(100, perAddress, LONG, keepAliveTimeout, sendTimeout, minBytesPerSecond));
    }

    private void start(ConnectionLimits limits) {
        metrics = new SimpleMeterRegistry();
        binding = Optional.of(result(new HttpServer(kit.system(), "test", limits, TrustedProxies.NONE, metrics)
                .bind("127.0.0.1", 0, this::handle)));
    }

    private CompletionStage<HttpResponse> handle(HttpRequest request) {
        return switch (request.getUri().path()) {
            case "/stream" ->
                completedFuture(HttpResponse.create()
                        .withEntity(HttpEntities.create(
                                ContentTypes.APPLICATION_OCTET_STREAM,
                                LENGTH,
                                Source.repeat(ByteString.fromArray(new byte[CHUNK]))
                                        .take(CHUNKS))));
            case "/strict" -> completedFuture(HttpResponse.create().withEntity(new byte[LENGTH]));
            case "/small" -> completedFuture(HttpResponse.create().withEntity(new byte[1024]));
            case "/empty" -> completedFuture(HttpResponse.create());
            case "/discard" -> {
                request.discardEntityBytes(kit.system());
                yield completedFuture(HttpResponse.create());
            }
            case "/echo" -> {
                identified.add(request.getAttribute(HttpServer.IDENTIFIED).orElseThrow());
                yield completedFuture(request.getAttribute(AttributeKeys.webSocketUpgrade)
                        .orElseThrow()
                        .handleMessagesWith(Flow.of(Message.class)));
            }
            case "/forwarded" -> completedFuture(HttpResponse.create().withEntity(forwarded(request)));
            default -> {
                var response = new CompletableFuture<HttpResponse>();
                pending.add(response);
                yield response;
            }
        };
    }

    private static String forwarded(HttpRequest request) {
        var lines = new ArrayList<String>();
        for (HttpHeader header : request.getHeaders()) if (header.is("x-forwarded-for")) lines.add(header.value());
        return String.join("|", lines);
    }

    @AfterEach
    void stop() throws IOException {
        for (var socket : sockets) socket.close();
        sockets.clear();
        binding.ifPresent(it -> result(it.terminate(Duration.ZERO)));
    }

    @AfterAll
    void close() {
        kit.shutdownTestKit();
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(8 * 1024);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                binding.orElseThrow().localAddress().getPort()));
        return socket;
    }

    private Socket request(String path) throws IOException {
        var socket = connect();
        send(socket, "GET", path);
        return socket;
    }

    private static void send(Socket socket, String method, String path) throws IOException {
        sendLines(socket, method + " " + path + " HTTP/1.1", "Host: localhost");
    }

    /** Sends the header of a request. */
    private static void sendLines(Socket socket, String... lines) throws IOException {
        var header = String.join("\r\n", lines) + "\r\n\r\n";
        socket.getOutputStream().write(header.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads the header of a response, and the first bytes of a long one. */
    private static String head(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) return "";
            head.append((char) next);
        }
        return head.toString();
    }

    private int open() {
        return (int) metrics.get("guildhall.http.connections").gauge().value();
    }

    private double closed(String reason) {
        return metrics.counter("guildhall.http.connections.closed", "reason", reason)
                .count();
    }

    /** The socket ends, with a reset or without. */
    private static boolean ends(InputStream input) {
        try {
            while (input.read() >= 0) {}
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void connectionIsServingUntilItsResponseWasRead() throws IOException {
        start(2, LONG, LONG, 1);
        var first = request("/stream");
        var second = request("/strict");
        assertThat(head(first)).startsWith("HTTP/1.1 200");
        assertThat(head(second)).startsWith("HTTP/1.1 200");
        assertThat(ends(connect().getInputStream())).isTrue();
        assertThat(closed("refused")).isEqualTo(1);
        assertThat(closed("replaced")).isZero();
        assertThat(first.getInputStream().readNBytes(LENGTH)).hasSize(LENGTH);
        Await.until(() -> {
            assertThat(isReplaced()).isTrue();
        });
        assertThat(second.getInputStream().readNBytes(LENGTH)).hasSize(LENGTH);
    }

    private boolean isReplaced() {
        try {
            return head(request("/small")).startsWith("HTTP/1.1 200") && closed("replaced") == 1;
        } catch (IOException e) {
            return false;
        }
    }

    /** The content of the response to HEAD is never read. */
    @Test
    void connectionWaitsAfterItsResponseToHead() throws IOException {
        start(1, LONG, LONG, 1);
        var first = connect();
        send(first, "HEAD", "/stream");
        assertThat(head(first)).contains("Content-Length: " + LENGTH);
        Await.until(() -> assertThat(isReplaced()).isTrue());
    }

    @Test
    void closesConnectionsOfClientsThatStopReading() throws IOException {
        start(10, LONG, SHORT, 1_000_000_000);
        var _ = request("/stream");
        var _ = request("/strict");
        Await.until(() -> assertThat(closed("slow-reader")).isEqualTo(2));
        Await.until(() -> assertThat(open()).isZero());
        for (var socket : sockets) assertThat(ends(socket.getInputStream())).isTrue();
    }

    /** The responses are short, and none is read. */
    @Test
    void closesConnectionOfAClientThatReadsNoResponse() throws IOException {
        start(10, LONG, SHORT, 1_000_000);
        var socket = connect();
        var writer = Thread.startVirtualThread(() -> {
            try {
                for (int i = 0; i < 100_000; i++) send(socket, "GET", "/small");
            } catch (IOException e) {
                // The server has cut it off.
            }
        });
        Await.until(() -> assertThat(closed("slow-reader")).isEqualTo(1));
        Await.until(() -> assertThat(open()).isZero());
        socket.close();
        Await.until(() -> assertThat(writer.isAlive()).isFalse());
    }

    /** As many as fit into one packet of the loopback interface. */
    @Test
    void servesThousandsOfRequestsInOnePacket() throws IOException {
        start(10, LONG, LONG, 1);
        int count = 4_000;
        var socket = connect();
        var writer = Thread.startVirtualThread(() -> {
            try {
                socket.getOutputStream()
                        .write("GET /empty HTTP/1.1\nHost:a\n\n".repeat(count).getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        for (int i = 0; i < count; i++) {
            assertThat(head(socket)).startsWith("HTTP/1.1 200");
        }
        Await.until(() -> assertThat(writer.isAlive()).isFalse());
    }

    /** Pekko does not count the lines of this header. */
    @Test
    void closesConnectionsWithEndlessHeaders() throws IOException {
        start(10, LONG, LONG, 1);
        var socket = connect();
        var line = ("Connection: " + "a,".repeat(1_000) + "a\r\n").getBytes(StandardCharsets.ISO_8859_1);
        socket.getOutputStream().write("GET /empty HTTP/1.1\r\nHost:a\r\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) socket.getOutputStream().write(line);
                })
                .isInstanceOf(IOException.class);
        assertThat(closed("header-too-long")).isEqualTo(1);
    }

    /** Each piece made Pekko's parser read the size again from its start. */
    @Test
    void refusesChunksWithoutReadingThem() throws IOException {
        start(10, LONG, LONG, 1);
        var socket = connect();
        sendLines(socket, "POST /empty HTTP/1.1", "Host: a", "Transfer-Encoding: chunked");
        assertThat(head(socket)).startsWith("HTTP/1.1 411").contains("application/problem+json", "Connection: close");
        assertThatThrownBy(() -> {
                    var zeros = "0".repeat(64 * 1024).getBytes(StandardCharsets.ISO_8859_1);
                    for (int i = 0; i < 1_000; i++) socket.getOutputStream().write(zeros);
                })
                .isInstanceOf(IOException.class);
        Await.until(() -> assertThat(open()).isZero());
    }

    @Test
    void servesRequestsThatArriveByteByByte() throws IOException {
        start(10, LONG, LONG, 1);
        var socket = connect();
        socket.setTcpNoDelay(true);
        var requests = """
                POST /empty HTTP/1.1
                Host: a\r
                Content-Length: 2\r
                \r
                {}GET /small HTTP/1.1
                Host: a

                """;
        for (byte next : requests.getBytes(StandardCharsets.ISO_8859_1)) {
            socket.getOutputStream().write(next);
            socket.getOutputStream().flush();
        }
        assertThat(head(socket)).startsWith("HTTP/1.1 200");
        assertThat(head(socket)).startsWith("HTTP/1.1 200").contains("Content-Length: 1024");
    }

    /** Pekko's parser reads an incomplete line again for each piece of it. */
    @Test
    void passesOnAHeaderAsAWhole() {
        var connections =
                new Connections("test", new ConnectionLimits(1, 1, LONG, LONG, LONG, 1), TrustedProxies.NONE, metrics);
        var connection = connections.open(InetAddress.getLoopbackAddress()).orElseThrow();
        var header = "GET / HTTP/1.1\r\nHost: a\nA: b\r\n\r\n";
        var pieces = (header + "more")
                .chars()
                .mapToObj(it -> ByteString.fromInts(it))
                .toList();
        var network = Flow.fromSinkAndSource(Sink.<ByteString>ignore(), Source.from(pieces));
        var http = Flow.fromSinkAndSourceMat(Sink.<ByteString>seq(), Source.<ByteString>maybe(), Keep.left());
        var received = BidiFlow.fromGraph(new ConnectionGuard(connections, connection))
                .join(network)
                .joinMat(http, Keep.right())
                .run(kit.system());
        assertThat(result(received)).extracting(ByteString::utf8String).containsExactly(header, "more");
    }

    @Test
    void closesConnectionsWhoseNextHeaderDoesNotArriveInTime() throws IOException {
        start(new ConnectionLimits(100, 10, SHORT, LONG, LONG, 1));
        var socket = request("/small");
        assertThat(head(socket)).startsWith("HTTP/1.1 200");
        var idle = request("/small");
        assertThat(head(idle)).startsWith("HTTP/1.1 200");
        socket.getOutputStream().write('G');
        assertThat(ends(socket.getInputStream())).isTrue();
        assertThat(closed("header-timeout")).isEqualTo(1);
        assertThat(open()).as("a connection without a header that has begun").isEqualTo(1);
    }

    /** There is always traffic, but too little. */
    @Test
    void closesConnectionsOfClientsThatReadTooSlowly() throws IOException {
        start(10, LONG, SHORT, 1_000_000_000);
        var socket = request("/stream");
        assertThat(head(socket)).startsWith("HTTP/1.1 200");
        Await.until(() -> {
            assertThat(readSome(socket)).isPositive();
            assertThat(closed("slow-reader")).isEqualTo(1);
        });
    }

    private static byte[] read(InputStream input) {
        try {
            return input.readNBytes(LENGTH / 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a kilobyte, unless the server has ended the connection. */
    private static int readSome(Socket socket) {
        try {
            return socket.getInputStream().readNBytes(1024).length;
        } catch (IOException e) {
            return 1;
        }
    }

    @Test
    void clientThatReadsFasterThanTheMinimumRateGetsEverything() throws Exception {
        start(10, SHORT, SHORT, 64 * 1024);
        var socket = request("/stream");
        assertThat(head(socket)).startsWith("HTTP/1.1 200");
        var input = socket.getInputStream();
        for (int left = LENGTH; left > 0; left -= LENGTH / 16) {
            var part = new CompletableFuture<byte[]>()
                    .completeAsync(() -> read(input), CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
            assertThat(result(part)).hasSize(LENGTH / 16);
        }
        assertThat(input.read()).isEqualTo(-1);
        assertThat(closed("slow-reader")).isZero();
        assertThat(closed("header-timeout")).isEqualTo(1);
    }

    @Test
    void terminationCompletesTheRequestsInProgress() throws IOException {
        start(10, LONG, LONG, 1);
        var idle = request("/small");
        assertThat(head(idle)).startsWith("HTTP/1.1 200");
        var serving = request("/later");
        var streaming = request("/stream");
        assertThat(head(streaming)).startsWith("HTTP/1.1 200");
        Await.until(() -> assertThat(pending).hasSize(1));
        var terminated = binding.orElseThrow().terminate(LONG).toCompletableFuture();
        assertThat(ends(idle.getInputStream())).isTrue();
        assertThat(terminated).isNotDone();
        pending.removeFirst().complete(HttpResponse.create().withEntity("done"));
        assertThat(new String(serving.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                .contains("Connection: close")
                .endsWith("done");
        assertThat(terminated).isNotDone();
        assertThat(streaming.getInputStream().readAllBytes()).hasSize(LENGTH);
        result(terminated);
        assertThat(open()).isZero();
    }

    /** A text of four characters, masked with zeros. */
    private static final byte[] FRAME = {(byte) 0x81, (byte) 0x84, 0, 0, 0, 0, 'p', 'i', 'n', 'g'};

    private Socket webSocket() throws IOException {
        var socket = connect();
        sendLines(
                socket,
                "GET /echo HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(head(socket)).startsWith("HTTP/1.1 101");
        return socket;
    }

    @Test
    void webSocketIsReplacedUntilItsClientHasAuthenticated() throws IOException {
        start(1, LONG, LONG, 1);
        var anonymous = webSocket();
        var next = webSocket();
        assertThat(ends(anonymous.getInputStream())).isTrue();
        assertThat(closed("replaced")).isEqualTo(1);
        identified.getLast().run();
        assertThat(ends(connect().getInputStream())).isTrue();
        assertThat(closed("refused")).isEqualTo(1);
        next.getOutputStream().write(FRAME);
        assertThat(next.getInputStream().readNBytes(6)).endsWith('p', 'i', 'n', 'g');
    }

    /** A client of IPv6 chooses the last 64 bits of its address. */
    @Test
    void countsConnectionsOfAnIpv6NetworkTogether() throws IOException {
        var connections =
                new Connections("test", new ConnectionLimits(8, 1, LONG, LONG, LONG, 1), TrustedProxies.NONE, metrics);
        for (var it : List.of("2001:db8:0:1::1", "2001:db8:0:2::1", "192.0.2.1", "192.0.2.2"))
            connections.open(InetAddress.getByName(it)).orElseThrow().requestArrived();
        assertThat(connections.open(InetAddress.getByName("2001:db8:0:1:ffff::2")))
                .isEmpty();
        assertThat(connections.open(InetAddress.getByName("::ffff:192.0.2.1"))).isEmpty();
        assertThat(connections.open(InetAddress.getByName("2001:db8:0:3::1"))).isPresent();
    }

    @Test
    void stopsOnlyWhenNoConnectionIsOpen() {
        var connections =
                new Connections("test", new ConnectionLimits(1, 1, LONG, LONG, LONG, 1), TrustedProxies.NONE, metrics);
        var replaced = connections.open(InetAddress.getLoopbackAddress()).orElseThrow();
        connections.open(InetAddress.getLoopbackAddress()).orElseThrow().closed();
        replaced.closed();
        var open = connections.open(InetAddress.getLoopbackAddress()).orElseThrow();
        var stopped = connections.close().toCompletableFuture();
        assertThat(stopped).isNotDone();
        open.closed();
        assertThat(stopped).isCompleted();
    }

    /** The rest of the body is not taken for the header of another request. */
    @Test
    void sendsAResponseBeforeTheEndOfALargeBody() throws IOException {
        start(100, LONG, LONG, 1);
        var body = new byte[2 * CHUNK];
        for (int i = 0; i < 50; i++) {
            var socket = connect();
            sendLines(socket, "POST /discard HTTP/1.1", "Host: a", "Content-Length: 100000000");
            try {
                socket.getOutputStream().write(body);
            } catch (IOException e) {
                // Closed after the response.
            }
        }
        Await.until(() -> assertThat(open()).isZero());
        assertThat(closed("header-too-long")).isZero();
    }

    /** It receives no more requests, but it is in use. */
    @Test
    void webSocketIsOpenUntilTheServerStops() throws IOException {
        start(1, SHORT, LONG, 1);
        var socket = webSocket();
        identified.getLast().run();
        long end = System.nanoTime() + SHORT.multipliedBy(4).toNanos();
        while (System.nanoTime() < end) {
            socket.getOutputStream().write(FRAME);
            assertThat(socket.getInputStream().readNBytes(6)).endsWith('p', 'i', 'n', 'g');
        }
        assertThat(ends(connect().getInputStream())).isTrue();
        assertThat(closed("refused")).isEqualTo(1);
        result(binding.orElseThrow().terminate(LONG));
        assertThat(ends(socket.getInputStream())).isTrue();
    }

    @Test
    void closesWebSocketOfASlowReader() throws IOException {
        start(1, LONG, SHORT, 1_000_000_000);
        var socket = webSocket();
        var writer = Thread.startVirtualThread(() -> {
            try {
                while (true) socket.getOutputStream().write(FRAME);
            } catch (IOException e) {
                // The server has cut it off.
            }
        });
        Await.until(() -> assertThat(closed("slow-reader")).isEqualTo(1));
        Await.until(() -> assertThat(open()).isZero());
        Await.until(() -> assertThat(writer.isAlive()).isFalse());
    }

    @Test
    void terminationEndsAfterItsTimeout() throws IOException {
        start(10, LONG, LONG, 1);
        var streaming = request("/stream");
        assertThat(head(streaming)).startsWith("HTTP/1.1 200");
        result(binding.orElseThrow().terminate(Duration.ofMillis(10)));
        Await.until(() -> assertThat(open()).isZero());
        assertThat(ends(streaming.getInputStream())).isTrue();
    }

    @Test
    void headersKeepTheirOrder() throws IOException {
        start(10, LONG, LONG, 1);
        var socket = connect();
        sendLines(
                socket,
                "GET /forwarded HTTP/1.1",
                "Host: localhost",
                "X-Forwarded-For: 192.0.2.66",
                "X-Forwarded-For: 198.51.100.1, 10.0.0.7",
                "Connection: close");
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                .endsWith("192.0.2.66|198.51.100.1, 10.0.0.7");
    }
}
