package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A complete node accepts demo data through its management port. */
class SeedingTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url = TestDatabase.freshUrl();
    private final TestNodes.Ports ports = TestNodes.Ports.free();
    private final NodeAssembly node = TestNodes.open(url, ports, Map.of());

    @AfterEach
    void stop() {
        node.close();
    }

    private static String user(String id, String more) {
        return """
                {"id": "acc_seed-1-%s", "email": "%s@seed.example.com", "name": "Ada Brandt", "country": "DE", "roles": ["FREELANCER"],
                 "profile": {"headline": "Sets books", "bio": "In lead and in light.", "skills": ["LaTeX"],
                             "hourlyRate": {"amount": 4500, "currency": "EUR"}},
                 "gigs": [{"id": "gig_seed-1-%s", "gig": {"title": "I will set your book", "description": "With care.",
                     "category": "print-publishing", "tags": [], "packages": [{"tier": "BASIC", "name": "", "price":
                     {"amount": 10000, "currency": "EUR"}, "deliveryDays": 5, "revisions": 1, "includes": []}]}}],
                 "jobs": [%s]}""".formatted(id, id, id, more);
    }

    private static String batch(String... users) {
        return "{\"password\": \"a guild of many hands\", \"users\": [" + String.join(",", users) + "]}";
    }

    private HttpResponse<String> send(int port, String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        if (port == ports.management()) request.header("Authorization", "Bearer " + TestNodes.TOKEN.value());
        return TestNodes.send(request);
    }

    private JsonNode seed(String body, int status) throws Exception {
        var response = send(ports.management(), "POST", "/guildhall/seed", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(send(ports.http(), "GET", path, "").body());
    }

    private long events() throws Exception {
        try (var connection = DriverManager.getConnection(url);
                var query = connection.prepareStatement("SELECT count(*) FROM journal");
                var row = query.executeQuery()) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    @Test
    void addsWhatIsMissingAndNothingTwice() throws Exception {
        assertThat(seed(batch(user("f1", "")), 200).path("added").asLong()).isEqualTo(3);
        long events = events();
        assertThat(seed(batch(user("f1", "")), 200).path("added").asLong()).isZero();
        assertThat(events()).isEqualTo(events);

        assertThat(get("/api/profiles/acc_seed-1-f1").path("headline").asText()).isEqualTo("Sets books");
        assertThat(get("/api/gigs/gig_seed-1-f1").path("title").asText()).isEqualTo("I will set your book");
        var login = """
                {"email": "f1@seed.example.com", "password": "a guild of many hands"}""";
        assertThat(send(ports.http(), "POST", "/api/auth/login", login).statusCode())
                .isEqualTo(200);

        var job = """
                {"id": "job_seed-1-j1", "job": {"title": "A letter", "description": "To be set.", "category": "print-publishing",
                 "skills": [], "pay": "FIXED", "budget": {"min": {"amount": 100, "currency": "EUR"},
                 "max": {"amount": 200, "currency": "EUR"}}}}""";
        assertThat(seed(batch(user("f1", job), user("f2", "")), 200)
                        .path("added")
                        .asLong())
                .isEqualTo(4);
        assertThat(get("/api/jobs/job_seed-1-j1").path("title").asText()).isEqualTo("A letter");
    }

    @Test
    void refusesInvalidBatches() throws Exception {
        assertThat(seed("{}", 422).path("code").asText()).isEqualTo("invalid");
        seed(batch(user("f1", "").replace("acc_seed-1", "acc_01k9x")), 422);
        assertThat(seed("[", 400).path("code").asText()).isEqualTo("malformed");
        seed(batch(user("f1", "").replace("10000", "0")), 422);
        seed(batch(user("f1", "")), 200);
        var sameEmail = user("f9", "").replace("f9@seed", "f1@seed");
        assertThat(seed(batch(sameEmail), 409).path("detail").asText()).contains("already has another account");
    }

    @Test
    void operatorFindsAccountsByTheirAddresses() throws Exception {
        seed(batch(user("f1", "")), 200);
        assertThat(grant("F1%40seed.example.com")).isEqualTo("200 ");
        assertThat(grant("nobody%40seed.example.com")).isEqualTo("404 account-not-found");
        assertThat(grant("nobody")).isEqualTo("422 invalid");
        var registration = """
                {"email": "bea@seed.example.com", "password": "a guild of many hands", "name": "Bea", "country": "CH",
                 "roles": ["CLIENT"]}""";
        assertThat(send(ports.http(), "POST", "/api/auth/register", registration)
                        .statusCode())
                .isEqualTo(202);
        assertThat(grant("bea%40seed.example.com")).isEqualTo("403 email-not-verified");
    }

    /** The status, and the code of the problem. */
    private String grant(String email) throws Exception {
        var response = send(ports.management(), "POST", "/guildhall/accounts/" + email + "/grant-premium", "");
        return response.statusCode() + " "
                + JSON.readTree(response.body()).path("code").asText();
    }
}
