package io.guildhall;

import com.typesafe.config.ConfigFactory;
import io.guildhall.embedded.StartupException;
import io.guildhall.node.Node;
import io.guildhall.node.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Starts a node in a temporary folder, sends it typical requests and exits, so that the JVM can record its
 * ahead-of-time cache. Uses no setting of the operator: the environment can name a database, a cluster and secrets.
 */
final class AotTraining {
    private static final int ROUNDS = 20;
    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(20);
    private static final List<String> PATHS =
            List.of("/", "/openapi.json", "/.well-known/jwks.json", "/api/jobs", "/api/me");

    private AotTraining() {}

    static void run() {
        try {
            var folder = Files.createTempDirectory("guildhall-training-");
            try {
                train(folder);
            } finally {
                delete(folder);
            }
            System.exit(0);
        } catch (IOException | InterruptedException e) {
            throw new StartupException("The training run failed: " + e.getMessage(), e);
        }
    }

    private static void train(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        int management = freePort();
        var config = Settings.loadDefaults(ConfigFactory.parseMap(Map.of(
                "guildhall.http.port",
                port,
                "guildhall.management.port",
                management,
                "guildhall.data-folder",
                folder.toString(),
                "pekko.coordinated-shutdown.exit-jvm",
                "off")));
        try (var _ = Node.start(Settings.from(config), config, () -> {});
                var http = HttpClient.newBuilder().connectTimeout(HTTP_TIMEOUT).build()) {
            for (int round = 0; round < ROUNDS; round++) for (var path : PATHS) send(http, request(port, path));
            send(
                    http,
                    request(port, "/api/auth/register")
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("""
                            {"email":"training@example.com","password":"correct horse battery staple","name":"Training","country":"CH","roles":["CLIENT"]}
                            """)));
            send(http, request(management, "/ready"));
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(HTTP_TIMEOUT);
    }

    private static void send(HttpClient http, HttpRequest.Builder request) throws IOException, InterruptedException {
        http.send(request.build(), HttpResponse.BodyHandlers.discarding());
    }

    private static void delete(Path folder) {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
