package io.guildhall.http.route;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.http.network.TrustedProxies;
import io.guildhall.http.server.ConnectionLimits;
import io.guildhall.http.server.HttpServer;
import io.guildhall.port.FileStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Clients that open many connections or send slowly do not keep others out, and need no memory of the size of their files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowClientsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String HALF_HEADER = "GET /api/jobs HTTP/1.1\r\nHost: local";
    private static final int MEGABYTE = 1024 * 1024;

    private final TestServer server = new TestServer();
    private final List<Socket> sockets = new ArrayList<>();
    private SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private Optional<HttpServer.Binding> binding = Optional.empty();

    private void start(Duration headerTimeout, Duration keepAliveTimeout, TrustedProxies proxies) {
        var materializer = server.anonymous.materializer();
        var limits = new ConnectionLimits(200, 50, headerTimeout, keepAliveTimeout, LONG, 1);
        metrics = new SimpleMeterRegistry();
        binding = Optional.of(result(new HttpServer(materializer.system(), "test", limits, proxies, metrics)
                .bind("0.0.0.0", 0, server.anonymous.handler())));
    }

    private void start() {
        start(LONG, LONG, TrustedProxies.NONE);
    }

    @AfterEach
    void closeSockets() throws IOException {
        for (var socket : sockets) socket.close();
        sockets.clear();
        binding.ifPresent(it -> result(it.unbind()));
    }

    @AfterAll
    void close() {
        server.close();
    }

    /** Linux has all of 127.0.0.0/8 as local addresses. */
    private Socket connect(String fromAddress) throws IOException {
        var socket = new Socket();
        sockets.add(socket);
        socket.setSoTimeout(20_000);
        socket.bind(new InetSocketAddress(InetAddress.getByName(fromAddress), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 20_000);
        return socket;
    }

    private int port() {
        return binding.orElseThrow().localAddress().getPort();
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static int status(Socket socket) throws IOException {
        var start = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
        return start.isEmpty() ? 0 : Integer.parseInt(start.substring(9));
    }

    private int statusForAnotherClient() throws IOException {
        try (var socket = connect("127.0.0.1")) {
            send(socket, "GET /api/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n");
            return status(socket);
        }
    }

    private double open() {
        return metrics.get("guildhall.http.connections").gauges().stream()
                .mapToDouble(it -> it.value())
                .sum();
    }

    private void sendHalfHeader(String fromAddress) throws IOException {
        send(connect(fromAddress), HALF_HEADER);
    }

    @Test
    void halfHeadersOfOneAddressHoldOnlyTheConnectionsOfThatAddress() throws IOException {
        start();
        for (int i = 0; i < 300; i++) sendHalfHeader("127.0.0.2");
        Await.until(() -> assertThat(open()).isEqualTo(50));
        assertThat(statusForAnotherClient()).isEqualTo(200);
        assertThat(status(sockets.getFirst())).isZero();
    }

    @Test
    void halfHeadersOfManyAddressesKeepNobodyOut() throws IOException {
        start();
        for (int i = 0; i < 300; i++) sendHalfHeader("127.0.1." + (1 + i % 100));
        Await.until(() -> assertThat(open()).isEqualTo(200));
        assertThat(statusForAnotherClient()).isEqualTo(200);
    }

    @Test
    void connectionsOfATrustedProxyAreLimitedInTotalOnly() throws IOException {
        start(LONG, LONG, new TrustedProxies(Set.of("127.0.0.0/24")));
        for (int i = 0; i < 120; i++) sendHalfHeader("127.0.0.2");
        Await.until(() -> assertThat(open()).isEqualTo(120));
    }

    /** Some byte always moves, so that the connection is never idle. */
    @Test
    void headerMustArriveInTime() throws IOException {
        start(Duration.ofMillis(500), LONG, TrustedProxies.NONE);
        var socket = connect("127.0.0.1");
        socket.setSoTimeout(100);
        send(socket, HALF_HEADER);
        assertThat(Await.value(() -> isClosed(socket))).isTrue();
    }

    @Test
    void headerOfTheNextRequestMustArriveInTime() throws IOException {
        start(LONG, Duration.ofMillis(500), TrustedProxies.NONE);
        var socket = connect("127.0.0.1");
        send(socket, "GET /api/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(status(socket)).isEqualTo(200);
        socket.setSoTimeout(100);
        assertThat(Await.value(() -> isClosed(socket))).isTrue();
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            send(socket, "x");
            while (socket.getInputStream().read() >= 0) {}
            return true;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return true;
        }
    }

    /** The rest of the file follows in {@link #finish}. */
    private Socket beginUpload(String account, int bytes) throws IOException {
        var socket = connect("127.0.0.1");
        send(
                socket,
                "POST /api/files?purpose=gig HTTP/1.1\r\nHost: localhost\r\nx-account: " + account
                        + "\r\nx-role: FREELANCER\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                        + FileStore.MAX_BYTES + "\r\n\r\n");
        var start = new byte[bytes];
        System.arraycopy("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1), 0, start, 0, 8);
        socket.getOutputStream().write(start);
        return socket;
    }

    private static int finish(Socket socket, int sent) throws IOException {
        socket.getOutputStream().write(new byte[FileStore.MAX_BYTES - sent]);
        return status(socket);
    }

    @Test
    void slowUploadsOfOneAccountDoNotDelayOtherAccounts() throws IOException {
        start();
        var ann = TestServer.newId("acc");
        for (int i = 0; i < 4; i++) beginUpload(ann, 100);
        Await.until(() -> assertThat(open()).isEqualTo(4));
        // An open socket is not yet an upload that the limit counts.
        var _ = Await.value(() -> assertThat(statusOfUpload(ann)).isEqualTo(429));
        assertThat(statusOfUpload(TestServer.newId("acc"))).isEqualTo(201);
        assertThat(finish(sockets.getFirst(), 100)).isEqualTo(201);
        assertThat(Await.value(() -> {
                    var status = statusOfUpload(ann);
                    assertThat(status).isEqualTo(201);
                    return status;
                }))
                .isEqualTo(201);
    }

    private int statusOfUpload(String account) throws IOException {
        try (var socket = beginUpload(account, 100)) {
            return finish(socket, 100);
        } catch (IOException e) {
            // The server responds and closes before it has read the file.
            return 429;
        }
    }

    @Test
    void rejectsAFileByItsFirstBytes() throws IOException {
        start();
        var socket = connect("127.0.0.1");
        send(
                socket,
                "POST /api/files?purpose=gig HTTP/1.1\r\nHost: localhost\r\nx-account: acc_ann\r\nx-role: FREELANCER"
                        + "\r\nContent-Type: image/png\r\nContent-Length: 1000000\r\n\r\n<svg onload=alert(1)>");
        assertThat(status(socket)).isEqualTo(415);
    }

    @Test
    void filesAreNotHeldInMemory() throws IOException {
        start();
        int sent = 7 * MEGABYTE;
        long before = usedMemory();
        for (int i = 0; i < 32; i++) beginUpload(TestServer.newId("acc"), sent);
        assertThat((usedMemory() - before) / MEGABYTE)
                .as("MB of the heap for 224 MB of files")
                .isLessThan(60);
        for (var socket : sockets) assertThat(finish(socket, sent)).isEqualTo(201);
    }

    private static long usedMemory() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
