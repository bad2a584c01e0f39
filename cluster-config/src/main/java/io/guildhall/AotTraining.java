package io.guildhall;

import com.typesafe.config.ConfigFactory;
import io.guildhall.embedded.StartupException;
import io.guildhall.node.Node;
import io.guildhall.node.Settings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * Starts a node in a temporary folder, sends it typical requests and exits, so that the JVM can record its
 * ahead-of-time cache.
 */
final class AotTraining {
    private static final int ROUNDS = 20;
    private static final List<String> PATHS =
            List.of("/", "/openapi.json", "/.well-known/jwks.json", "/api/jobs", "/api/me");

    private AotTraining() {}

    static void run() {
        try {
            int port = freePort();
            int management = freePort();
            var folder = Files.createTempDirectory("guildhall-training-");
            var overrides = ConfigFactory.parseMap(Map.of(
                    "guildhall.http.port",
                    port,
                    "guildhall.management.port",
                    management,
                    "guildhall.data-folder",
                    folder.toString()));
            var config = Settings.load(overrides);
            Node.start(Settings.from(config), config);
            try (var http = HttpClient.newHttpClient()) {
                for (int round = 0; round < ROUNDS; round++)
                    for (var path : PATHS)
                        send(http, HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)));
                send(
                        http,
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/auth/register"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("""
                                {"email":"training@example.com","password":"only for training","name":"Training","country":"CH","roles":["CLIENT"]}
                                """)));
                send(http, HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/ready")));
            }
            System.exit(0);
        } catch (IOException | InterruptedException e) {
            throw new StartupException("The training run failed: " + e.getMessage(), e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void send(HttpClient http, HttpRequest.Builder request) throws IOException, InterruptedException {
        http.send(request.build(), HttpResponse.BodyHandlers.discarding());
    }
}
