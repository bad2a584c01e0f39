package io.guildhall.adapter.webhook;

import static io.guildhall.Await.result;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.guildhall.adapter.webhook.HttpWebhookSender.Resolver;
import io.guildhall.adapter.webhook.HttpWebhookSender.Timeouts;
import io.guildhall.port.WebhookSecrets;
import io.guildhall.port.WebhookSender.Failure;
import io.guildhall.port.WebhookSender.Message;
import io.guildhall.port.WebhookSender.Result;
import io.guildhall.port.WebhookSignature;
import io.guildhall.port.WebhookTargets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpWebhookSenderTest {
    private static final WebhookTargets DEVELOPMENT = new WebhookTargets(Set.of(443), true);
    private static final Timeouts TIMEOUTS = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(5));
    private static final byte[] BODY = "{\"a\": \"ä\"}".getBytes(StandardCharsets.UTF_8);
    private static final String SECRET = new WebhookSecrets("secret").secret("acc_1", "whk_1", 1);

    private record Received(String method, String path, HttpExchange exchange, byte[] body) {
        String header(String name) {
            return requireNonNull(exchange.getRequestHeaders().getFirst(name), name);
        }
    }

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final List<HttpWebhookSender> senders = new ArrayList<>();
    private HttpServer server;
    private int port;

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        prepare(server);
        port = server.getAddress().getPort();
    }

    private void prepare(HttpServer prepared) {
        prepared.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        on(prepared, "/ok", exchange -> respond(exchange, 200, "thank you".getBytes(StandardCharsets.UTF_8)));
        on(prepared, "/empty", exchange -> exchange.sendResponseHeaders(204, -1));
        on(
                prepared,
                "/error",
                exchange -> respond(exchange, 500, "\u001b[31moh\r\nno\u202e\u0000!".getBytes(StandardCharsets.UTF_8)));
        on(prepared, "/wait", exchange -> {
            var parts = exchange.getRequestURI().getQuery().split("=", 2);
            exchange.getResponseHeaders().set("Retry-After", parts[1]);
            respond(exchange, Integer.parseInt(parts[0]), new byte[0]);
        });
        on(prepared, "/gone", exchange -> respond(exchange, 410, new byte[0]));
        on(prepared, "/redirect", exchange -> {
            exchange.getResponseHeaders().set("Location", "/ok");
            respond(exchange, 302, new byte[0]);
        });
        on(prepared, "/slow", _ -> slow.await(30, TimeUnit.SECONDS));
        on(prepared, "/huge", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var block = new byte[100_000];
            Arrays.fill(block, (byte) 'x');
            while (slow.getCount() > 0) exchange.getResponseBody().write(block);
        });
        on(prepared, "/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            slow.await(30, TimeUnit.SECONDS);
        });
        prepared.start();
    }

    private void on(HttpServer prepared, String path, Handler handler) {
        prepared.createContext(path, exchange -> {
            try (exchange) {
                received.add(new Received(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        exchange,
                        exchange.getRequestBody().readAllBytes()));
                handler.handle(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @AfterEach
    void stop() {
        slow.countDown();
        senders.forEach(HttpWebhookSender::close);
        server.stop(0);
    }

    private HttpWebhookSender sender(WebhookTargets targets, Timeouts timeouts, Resolver resolver) {
        return sender(targets, timeouts, resolver, it -> it);
    }

    private HttpWebhookSender sender(
            WebhookTargets targets,
            Timeouts timeouts,
            Resolver resolver,
            UnaryOperator<OkHttpClient.Builder> customised) {
        var sender = new HttpWebhookSender(targets, timeouts, 4, resolver, customised);
        senders.add(sender);
        return sender;
    }

    private static Message message(String url) {
        return new Message(URI.create(url), "whd_1", Instant.ofEpochSecond(1_800_000_000), BODY, List.of(SECRET));
    }

    private Result send(String path) {
        return send(path, TIMEOUTS);
    }

    private Result send(String path, Timeouts timeouts) {
        return result(new HttpWebhookSender(DEVELOPMENT, timeouts, 4).send(message("http://127.0.0.1:" + port + path)));
    }

    @Test
    void sendsASignedRequest() {
        assertThat(send("/ok?key=a")).isEqualTo(new Result.Response(200, "thank you"));
        var request = received.getFirst();
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /ok?key=a");
        assertThat(request.body()).isEqualTo(BODY);
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("webhook-id")).isEqualTo("whd_1");
        assertThat(request.header("webhook-timestamp")).isEqualTo("1800000000");
        assertThat(request.header("webhook-signature")).isEqualTo(WebhookSignature.of(message("http://any")));
    }

    @Test
    void returnsEveryStatusAndFollowsNoRedirect() {
        assertThat(send("/empty")).isEqualTo(new Result.Response(204, ""));
        assertThat(send("/gone")).isEqualTo(new Result.Response(410, ""));
        assertThat(send("/redirect")).isEqualTo(new Result.Response(302, ""));
        assertThat(received).extracting(Received::path).containsExactly("/empty", "/gone", "/redirect");
    }

    @Test
    void receiverCanSayWhenItAcceptsRequestsAgain() {
        assertThat(send("/wait?429=90")).isEqualTo(waits(429, Instant.ofEpochSecond(1_800_000_090)));
        assertThat(send("/wait?503=Fri,%2015%20Jan%202027%2008:01:00%20GMT"))
                .isEqualTo(waits(503, Instant.parse("2027-01-15T08:01:00Z")));
        for (var other :
                List.of("429=-1", "429=1.5", "503=soon", "503=99999999999999999999", "503=", "500=90", "302=90"))
            assertThat(send("/wait?" + other))
                    .as(other)
                    .isEqualTo(new Result.Response(Integer.parseInt(other.substring(0, 3)), ""));
    }

    @Test
    void requestIsNotRepeatedAtOnce() {
        assertThat(send("/wait?503=0")).isEqualTo(waits(503, Instant.ofEpochSecond(1_800_000_000)));
        assertThat(received).hasSize(1);
    }

    private static Result waits(int status, Instant until) {
        return new Result.Response(status, "", Optional.of(until));
    }

    @Test
    void excerptIsPlainText() {
        assertThat(send("/error")).isEqualTo(new Result.Response(500, "[31moh no !"));
    }

    @Test
    void readsOnlyTheBeginningOfABody() {
        assertThat(send("/huge")).isEqualTo(new Result.Response(200, "x".repeat(300) + "…"));
    }

    @Test
    void slowReceiverTimesOut() {
        var brief = new Timeouts(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(send("/slow", brief)).isEqualTo(new Result.Failed(Failure.TIMED_OUT));
        assertThat(send("/endless", brief)).isEqualTo(new Result.Response(200, ""));
    }

    @Test
    void reportsWhyThereIsNoResponse() throws IOException {
        int unused;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }
        var system = new HttpWebhookSender(DEVELOPMENT, TIMEOUTS, 4);
        senders.add(system);
        assertThat(result(system.send(message("http://127.0.0.1:" + unused + "/"))))
                .isEqualTo(new Result.Failed(Failure.CONNECTION_FAILED));
        Resolver unknown = host -> {
            throw new UnknownHostException(host);
        };
        assertThat(result(sender(DEVELOPMENT, TIMEOUTS, unknown).send(message("https://unknown.example/"))))
                .isEqualTo(new Result.Failed(Failure.HOST_UNKNOWN));
    }

    /** The name resolves to a public address when it is checked, and to this machine when it is resolved again. */
    @Test
    void connectsToNoOtherAddressThanTheOneThatIsChecked() {
        var resolutions = new AtomicInteger();
        var production = new WebhookTargets(Set.of(443, port), false);
        Resolver rebinding =
                _ -> List.of(InetAddress.ofLiteral(resolutions.getAndIncrement() % 2 == 1 ? "1.1.1.1" : "127.0.0.1"));
        var sender = sender(production, TIMEOUTS, rebinding);
        assertThat(result(sender.send(message("https://rebinding.example:" + port + "/ok"))))
                .isEqualTo(new Result.Failed(Failure.ADDRESS_NOT_ALLOWED));
        assertThat(resolutions).as("resolutions").hasValue(1);
        assertThat(received).isEmpty();
    }

    @Test
    void refusesEveryNameOfAPrivateAddress() {
        for (var address :
                List.of("127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "::ffff:192.168.0.1")) {
            var sender = sender(
                    new WebhookTargets(Set.of(443), false), TIMEOUTS, _ -> List.of(InetAddress.ofLiteral(address)));
            assertThat(result(sender.send(message("https://private.example/ok"))))
                    .as(address)
                    .isEqualTo(new Result.Failed(Failure.ADDRESS_NOT_ALLOWED));
        }
    }

    @Test
    void refusesAddressesOfThisMachineInProduction() {
        var production = sender(new WebhookTargets(Set.of(443, port), false), TIMEOUTS, _ -> List.of());
        for (var host : List.of("http://127.0.0.1", "https://127.0.0.1", "http://localhost", "https://[::1]"))
            assertThat(result(production.send(message(host + ":" + port + "/ok"))))
                    .as(host)
                    .isEqualTo(new Result.Failed(Failure.ADDRESS_NOT_ALLOWED));
        assertThat(received).isEmpty();
    }

    @Test
    void checksTheCertificateForTheNameAndNotForTheAddress() throws Exception {
        var certificate = TestCertificate.of("hooks.example");
        var secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        prepare(secure);
        try {
            Resolver local = _ -> List.of(InetAddress.getLoopbackAddress());
            var ports = new WebhookTargets(Set.of(443, secure.getAddress().getPort()), true);
            var trusting = sender(ports, TIMEOUTS, local, certificate::trust);
            var path = ":" + secure.getAddress().getPort() + "/ok";
            assertThat(result(trusting.send(message("https://hooks.example" + path))))
                    .isEqualTo(new Result.Response(200, "thank you"));
            assertThat(result(trusting.send(message("https://other.example" + path))))
                    .isEqualTo(new Result.Failed(Failure.TLS_FAILED));
            assertThat(result(sender(ports, TIMEOUTS, local).send(message("https://hooks.example" + path))))
                    .isEqualTo(new Result.Failed(Failure.TLS_FAILED));
            assertThat(received).hasSize(1);
        } finally {
            secure.stop(0);
        }
    }
}
