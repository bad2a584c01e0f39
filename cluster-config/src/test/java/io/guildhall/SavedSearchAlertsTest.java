package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.guildhall.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A whole node with its own model: who has saved a search is told of what is new and meets it, once, whatever becomes of the node meanwhile. */
class SavedSearchAlertsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern TOKEN = Pattern.compile("/verify\\?token=(\\S+)");

    private final String url = TestDatabase.freshUrl();
    private final List<Integer> ports = ClusterTest.freePorts(3);
    private House house;

    SavedSearchAlertsTest() {
        Database.open(url, 5).close();
        house = open();
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private House open() {
        var config = Settings.load(ConfigFactory.parseMap(Map.of(
                "guildhall.http.port",
                ports.get(0),
                "guildhall.management-port",
                ports.get(1),
                "guildhall.cluster.port",
                ports.get(2),
                "pekko.coordinated-shutdown.exit-jvm",
                "off",
                "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook",
                "off")));
        return House.open(Settings.of(config), config, CompletableFuture.supplyAsync(() -> Database.open(url, 24)));
    }

    /** Somebody who is logged in. */
    private final class Person {
        private final String token;

        Person(String name, String role) {
            var email = name + "@example.com";
            ask("POST", "/api/auth/register", "", """
                    {"email": "%s", "password": "correct horse battery", "name": "%s", "country": "CH", "roles": ["%s"]}""".formatted(email, name, role), 202);
            var mailed = Await.value(() -> {
                var text = ask("GET", "/dev/outbox?to=" + email, "", "", 200).at("/items/0/text");
                var found = TOKEN.matcher(text.asText());
                assertThat(found.find()).isTrue();
                return found.group(1);
            });
            ask("POST", "/api/auth/verify", "", "{\"token\": \"" + mailed + "\"}", 204);
            var session = ask("POST", "/api/auth/login", "", """
                    {"email": "%s", "password": "correct horse battery"}""".formatted(email), 200);
            token = session.path("accessToken").asText();
        }

        JsonNode does(String method, String path, String body, int status) {
            return ask(method, path, token, body, status);
        }

        void saves(String name, String text) {
            does("POST", "/api/saved-searches", """
                    {"name": "%s", "kind": "JOB", "text": "%s", "skills": [], "alerts": true}""".formatted(name, text), 201);
        }

        String posts(String title, String description) {
            return does("POST", "/api/jobs?publish=true", job(title, description), 201)
                    .path("id")
                    .asText();
        }

        /** What it was about, the latest first. */
        List<String> told() {
            var items = does("GET", "/api/me/notifications", "", 200).path("items");
            assertThat(items).allMatch(it -> it.path("kind").asText().equals("NEW_MATCH"));
            return items.findValues("links").stream()
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

    private JsonNode ask(String method, String path, String token, String body, int status) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(0) + path))
                .header("Content-Type", "application/json")
                .header("If-Match", "\"1\"")
                .method(method, BodyPublishers.ofString(body));
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        try {
            var answer = CLIENT.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            return JSON.readTree(answer.body());
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** As if the matcher had died after it told and before it noted so. */
    private void forgetsWhatWasDone() throws Exception {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE alert.document SET waits = true"))
                    .isPositive();
            statement.executeUpdate("UPDATE alert.search SET is_fresh = true");
        }
    }

    private void awaitAllDone() {
        Await.until(() -> {
            try (var connection = DriverManager.getConnection(url);
                    var query = connection.prepareStatement("""
                            SELECT EXISTS (SELECT FROM alert.document WHERE waits) OR EXISTS (SELECT FROM alert.search WHERE is_fresh)
                            """);
                    var row = query.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getBoolean(1)).isFalse();
            } catch (java.sql.SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void whoSavedASearchIsToldOnceOfWhatIsNewAndMeetsIt() throws Exception {
        var bakers = new Person("ada", "CLIENT");
        var ben = new Person("ben", "FREELANCER");
        var before = bakers.posts("Logo for a museum", "A mark for the sign and the web site.");
        ben.saves("Logos", "a logo for a small shop");
        ben.saves("Logos again", "logo design for a bakery");

        var logo = bakers.posts("Logo for a neighbourhood bakery", "We bake bread and want a logo for the shop sign.");
        Await.until(() -> assertThat(ben.told()).containsExactly(logo));

        bakers.posts("Move our services to Kubernetes", "Twelve services in Docker Compose today.");
        bakers.does("PUT", "/api/jobs/" + logo, job("Logo for a bakery", "We want a logo for our shop."), 200);
        var whileGone = bakers.posts("Logo for a flower shop", "A small shop wants a logo with a tulip.");
        house.close();
        house = open();
        Await.until(() -> assertThat(ben.told()).containsExactly(whileGone, logo));

        forgetsWhatWasDone();
        awaitAllDone();
        var last = bakers.posts("A shop logo", "Our little toy shop needs a logo.");
        Await.until(() -> assertThat(ben.told()).containsExactly(last, whileGone, logo));
        assertThat(bakers.told()).isEmpty();
        assertThat(before).isNotIn(ben.told());
    }
}
