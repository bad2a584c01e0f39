package io.guildhall.node;

import com.typesafe.config.ConfigFactory;
import io.guildhall.operate.OperatorToken;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Complete nodes in this process, on free ports, with an operator token of the tests. */
final class TestNodes {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    static final OperatorToken TOKEN = new OperatorToken("operator-token-of-the-tests-0123456789");

    private TestNodes() {}

    /** @param settings in addition to those of {@link #settings} */
    static NodeAssembly open(String databaseUrl, Ports ports, Map<String, Object> settings) {
        var all = new HashMap<>(settings(ports));
        all.putAll(settings);
        var config = Settings.load(ConfigFactory.parseMap(all));
        var parsed = Settings.from(config);
        return NodeAssembly.open(
                parsed,
                config,
                Monitoring.create(),
                CompletableFuture.supplyAsync(() -> Database.open(databaseUrl, parsed.connectionPools())));
    }

    /** Connected with the default settings. */
    static Database database(String url) {
        return Database.open(
                url, Settings.from(Settings.load(ConfigFactory.empty())).connectionPools());
    }

    private static Map<String, Object> settings(Ports ports) {
        return Map.of(
                "guildhall.http.port",
                ports.http(),
                "guildhall.management.port",
                ports.management(),
                "guildhall.management.token",
                TOKEN.value(),
                "guildhall.cluster.port",
                ports.cluster(),
                "pekko.coordinated-shutdown.exit-jvm",
                "off",
                "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook",
                "off");
    }

    record Ports(int http, int management, int cluster) {
        static Ports free() {
            List<Integer> free = ClusterTest.freePorts(3);
            return new Ports(free.get(0), free.get(1), free.get(2));
        }
    }

    /** Sends a request and returns the response. Fails if there is none. */
    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
