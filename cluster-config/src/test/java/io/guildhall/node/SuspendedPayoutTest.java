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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A complete node, over its API. The provider cannot pay a freelancer. The freelancer is suspended and then verifies
 * the payout account: the money waits until the suspension is lifted.
 */
class SuspendedPayoutTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern TOKEN = Pattern.compile("http\\S+/verify\\?token=(\\S+)");

    private final TestNodes.Ports ports = TestNodes.Ports.free();
    private final String databaseUrl = TestDatabase.freshUrl();
    private final NodeAssembly node = TestNodes.open(databaseUrl, ports, Map.of());

    @AfterEach
    void stop() {
        node.close();
    }

    /** @param token empty for a request without login */
    private HttpResponse<String> send(String method, String token, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.http() + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        return TestNodes.send(request);
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode post(String token, String path, String body) {
        return json(send("POST", token, path, body));
    }

    private JsonNode get(String token, String path) {
        return json(send("GET", token, path, ""));
    }

    private void operate(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.management() + path))
                .header("Authorization", "Bearer " + TestNodes.TOKEN.value())
                .POST(BodyPublishers.noBody());
        try {
            assertThat(CLIENT.send(request.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void register(String name, String role) {
        assertThat(send("POST", "", "/api/auth/register", """
                                {"email": "%s@example.com", "password": "correct horse battery", "name": "Ada", "country": "CH", "roles": ["%s"]}
                                """.formatted(name, role))
                        .statusCode())
                .isEqualTo(202);
        var token = Await.value(() -> {
            var mail = get("", "/dev/outbox?to=" + name + "@example.com")
                    .at("/items/0/text")
                    .asText();
            var link = TOKEN.matcher(mail);
            assertThat(link.find()).isTrue();
            return link.group(1);
        });
        send("POST", "", "/api/auth/verify", "{\"token\": \"" + token + "\"}");
    }

    /** @return the access token */
    private String logIn(String name) {
        return post("", "/api/auth/login", """
                {"email": "%s@example.com", "password": "correct horse battery"}
                """.formatted(name))
                .path("accessToken")
                .asText();
    }

    /** @return the path at the sandbox provider; the link to it ends with the onboarding */
    private String openPayoutAccount(String freelancer) {
        post(freelancer, "/api/me/payout-account", "{\"country\": \"CH\"}");
        return Await.value(() -> {
            var link = get(freelancer, "/api/me/payout-account")
                    .path("onboardingUrl")
                    .asText();
            assertThat(link).endsWith("/onboarding");
            return URI.create(link).getPath().replaceAll("/onboarding$", "");
        });
    }

    private void completeOnboarding(String freelancer, String account, String outcome) {
        send("POST", "", account + "/complete-onboarding", "{\"outcome\": \"" + outcome + "\"}");
        Await.until(() -> assertThat(
                        get(freelancer, "/api/me/payout-account").path("status").asText())
                .isEqualToIgnoringCase(outcome));
    }

    private String hire(String client, String freelancer) {
        var job = post(client, "/api/jobs?publish=true", """
                        {"title": "Draw a logo", "description": "We bake bread and want a mark for the sign.", "category": "design",
                         "skills": ["logo-design"], "pay": "FIXED",
                         "budget": {"min": {"amount": 100, "currency": "USD"}, "max": {"amount": 20000, "currency": "USD"}}}
                        """).path("id").asText();
        var proposal = post(freelancer, "/api/jobs/" + job + "/proposals", """
                        {"coverLetter": "Let me.", "price": {"amount": 10000, "currency": "USD"}, "deliveryDays": 3,
                         "milestones": [{"title": "All", "amount": {"amount": 10000, "currency": "USD"}, "days": 3}], "links": []}
                        """)
                .path("id")
                .asText();
        post(client, "/api/proposals/" + proposal + "/accept", "{\"revision\": 1}");
        return Await.value(() -> {
            var hired = get(client, "/api/jobs/" + job);
            assertThat(hired.path("status").asText()).isEqualTo("HIRED");
            return hired.path("contractId").asText();
        });
    }

    private void awaitMilestone(String reader, String contract, String status) {
        Await.until(() -> assertThat(get(reader, "/api/contracts/" + contract)
                        .at("/milestones/0/status")
                        .asText())
                .isEqualTo(status));
    }

    private long paidOut() {
        try (var connection = DriverManager.getConnection(databaseUrl);
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT coalesce(sum(amount), 0) FROM sandbox.transfer WHERE status = 'paid'")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusedPayoutIsNotRepeatedWhileTheFreelancerIsSuspended() {
        register("client", "CLIENT");
        register("freelancer", "FREELANCER");
        register("root", "CLIENT");
        operate("/guildhall/accounts/root%40example.com/grant-admin");
        var client = logIn("client");
        var admin = logIn("root");
        var freelancer = logIn("freelancer");
        var payoutAccount = openPayoutAccount(freelancer);
        completeOnboarding(freelancer, payoutAccount, "verified");
        var contract = hire(client, freelancer);
        var milestone = "/api/contracts/" + contract + "/milestones/1";
        Await.until(() -> post(client, milestone + "/fund", "{\"paymentMethod\": \"pm_card_visa\"}"));
        awaitMilestone(client, contract, "FUNDED");
        completeOnboarding(freelancer, payoutAccount, "restricted");
        post(freelancer, milestone + "/submit", "{\"note\": \"Done\"}");
        post(client, milestone + "/accept", "");
        Await.until(() -> assertThat(
                        get(freelancer, milestone + "/escrow").path("pending").asText())
                .isEqualTo("FAILED"));

        var account = get(freelancer, "/api/me").path("id").asText();
        send("POST", admin, "/api/admin/accounts/" + account + "/suspend", "{\"reason\": \"Fraud\"}");
        Await.until(() ->
                assertThat(send("GET", freelancer, "/api/me", "").statusCode()).isEqualTo(401));
        // Before that, the milestone does not know of the suspension.
        Await.until(() ->
                assertThat(get(client, "/api/me/notifications").toString()).contains("\"COUNTERPART_SUSPENDED\""));
        var suspended = logIn("freelancer");
        completeOnboarding(suspended, payoutAccount, "verified");
        Await.until(() -> assertThat(get(admin, "/api/admin/held-releases")
                        .at("/items/0/contractId")
                        .asText())
                .isEqualTo(contract));
        assertThat(paidOut()).isZero();

        send("POST", admin, "/api/admin/accounts/" + account + "/lift-suspension", "{\"reason\": \"Checked\"}");
        awaitMilestone(client, contract, "PAID");
        assertThat(paidOut()).isEqualTo(9_500);
        assertThat(get(admin, "/api/admin/held-releases").path("items")).isEmpty();
    }
}
