package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.Await;
import io.guildhall.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A complete node with its local model sends one alert for each new match of a saved search, even if it restarts or
 * repeats its work.
 */
class SavedSearchAlertsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern TOKEN = Pattern.compile("/verify\\?token=(\\S+)");

    private final String url = TestDatabase.freshUrl();
    private final TestNodes.Ports ports = TestNodes.Ports.free();
    private NodeAssembly node;

    SavedSearchAlertsTest() {
        node = open();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private NodeAssembly open() {
        return TestNodes.open(url, ports, Map.of());
    }

    /** A user who is logged in. */
    private final class TestUser {
        private final String token;

        TestUser(String name, String role) {
            var email = name + "@example.com";
            request("POST", "/api/auth/register", "", """
                    {"email": "%s", "password": "correct horse battery", "name": "%s", "country": "CH", "roles": ["%s"]}""".formatted(email, name, role), 202);
            var mailed = Await.value(() -> {
                var text =
                        request("GET", "/dev/outbox?to=" + email, "", "", 200).at("/items/0/text");
                var matcher = TOKEN.matcher(text.asText());
                assertThat(matcher.find()).isTrue();
                return matcher.group(1);
            });
            request("POST", "/api/auth/verify", "", "{\"token\": \"" + mailed + "\"}", 204);
            var session = request("POST", "/api/auth/login", "", """
                    {"email": "%s", "password": "correct horse battery"}""".formatted(email), 200);
            token = session.path("accessToken").asText();
        }

        JsonNode send(String method, String path, String body, int status) {
            return request(method, path, token, body, status);
        }

        void saveSearch(String name, String text) {
            send("POST", "/api/saved-searches", """
                    {"name": "%s", "kind": "JOB", "text": "%s", "filter": {"skills": []}, "alerts": true}""".formatted(name, text), 201);
        }

        String postJob(String title, String description) {
            return send("POST", "/api/jobs?publish=true", job(title, description), 201)
                    .path("id")
                    .asText();
        }

        /** The ids of the jobs that the user was notified of, newest first. */
        List<String> notifiedJobs() {
            var entries = send("GET", "/api/me/notifications", "", 200).path("items");
            assertThat(entries).allMatch(it -> it.path("kind").asText().equals("NEW_MATCH"));
            return entries.findValuesAsText("id").stream()
                    .filter(it -> it.startsWith("ntf_"))
                    .flatMap(it -> send("GET", "/api/me/notifications/" + it + "/members", "", 200)
                            .path("items")
                            .findValues("links")
                            .stream())
                    .map(links -> links.path(1).path("id").asText())
                    .toList();
        }
    }

    private static String job(String title, String description) {
        var price = "{\"amount\": 10000, \"currency\": \"USD\"}";
        return """
                {"title": "%s", "description": "%s", "category": "design", "skills": [], "pay": "FIXED",
                 "budget": {"min": %s, "max": %s}}""".formatted(title, description, price, price);
    }

    private JsonNode request(String method, String path, String token, String body, int status) {
        var builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.http() + path))
                .header("Content-Type", "application/json")
                .header("If-Match", "\"1\"")
                .method(method, BodyPublishers.ofString(body));
        if (!token.isEmpty()) builder.header("Authorization", "Bearer " + token);
        try {
            var response = CLIENT.send(builder.build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Resets the progress, as if the node had died after sending the alerts and before saving its progress. */
    private void resetProgress() throws Exception {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE alert.document SET waits = true"))
                    .isPositive();
            statement.executeUpdate("UPDATE alert.search SET is_fresh = true");
        }
    }

    private void awaitAllCompared() {
        Await.until(() -> {
            try (var connection = DriverManager.getConnection(url);
                    var query = connection.prepareStatement("""
                            SELECT EXISTS (SELECT FROM alert.document WHERE waits) OR EXISTS (SELECT FROM alert.search WHERE is_fresh)
                            """);
                    var row = query.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getBoolean(1)).isFalse();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void sendsOneAlertForEachNewMatch() throws Exception {
        var client = new TestUser("ada", "CLIENT");
        var freelancer = new TestUser("ben", "FREELANCER");
        var jobBefore = client.postJob("Logo for a museum", "A mark for the sign and the web site.");
        freelancer.saveSearch("Logos", "a logo for a small shop");
        freelancer.saveSearch("Logos again", "logo design for a bakery");

        var logo =
                client.postJob("Logo for a neighbourhood bakery", "We bake bread and want a logo for the shop sign.");
        Await.until(() -> assertThat(freelancer.notifiedJobs()).containsExactly(logo));

        client.postJob("Move our services to Kubernetes", "Twelve services in Docker Compose today.");
        client.send("PUT", "/api/jobs/" + logo, job("Logo for a bakery", "We want a logo for our shop."), 200);
        var jobBeforeRestart = client.postJob("Logo for a flower shop", "A small shop wants a logo with a tulip.");
        node.close();
        node = open();
        Await.until(() -> assertThat(freelancer.notifiedJobs()).containsExactly(jobBeforeRestart, logo));

        resetProgress();
        awaitAllCompared();
        var last = client.postJob("A shop logo", "Our little toy shop needs a logo.");
        Await.until(() -> assertThat(freelancer.notifiedJobs()).containsExactly(last, jobBeforeRestart, logo));
        assertThat(client.notifiedJobs()).isEmpty();
        assertThat(jobBefore).isNotIn(freelancer.notifiedJobs());
    }
}
