package io.guildhall.node;

import static io.guildhall.node.TestNodes.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.Await;
import io.guildhall.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A forged webhook and an unknown booking of the provider become tasks for the operator, who can close them; the
 * metrics show them until then.
 */
class OperatorTasksTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of development mode. */
    private static final String WEBHOOK_SECRET = "sandbox-webhook/development only, not a secret";

    private static final String FORGED = """
            {"id": "evt_1", "type": "payment_intent.succeeded", "created": 1, "data": {"object": {
              "id": "pi_forged", "status": "succeeded", "amount": 1, "currency": "USD",
              "metadata": {"key": "esc_1-1/charge/1", "escrow": "esc_1-1", "attempt": 1}}}}""";

    private final TestNodes.Ports ports = TestNodes.Ports.free();
    private final String databaseUrl = TestDatabase.freshUrl();
    private final NodeAssembly node = TestNodes.open(databaseUrl, ports, Map.of());

    @AfterEach
    void stop() {
        node.close();
    }

    private HttpResponse<String> operate(String method, String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.management() + path))
                .header("Authorization", "Bearer " + TestNodes.TOKEN.value())
                .method(method, BodyPublishers.noBody()));
    }

    private int sendWebhook(String body) throws GeneralSecurityException {
        long seconds = Instant.now().getEpochSecond();
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(WEBHOOK_SECRET.getBytes(UTF_8), "HmacSHA256"));
        var signature = HexFormat.of().formatHex(mac.doFinal((seconds + "." + body).getBytes(UTF_8)));
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.http() + "/api/webhooks/payments"))
                        .header("Content-Type", "application/json")
                        .header("Guildhall-Signature", "t=" + seconds + ",v1=" + signature)
                        .POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    private JsonNode tasks() {
        return json("GET", "/guildhall/tasks").path("items");
    }

    private JsonNode json(String method, String path) {
        try {
            return JSON.readTree(operate(method, path).body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void auditListsUnknownBookingUntilItIsClosed() throws Exception {
        assertThat(compare().path("differences").asLong()).isZero();
        try (var connection = DriverManager.getConnection(databaseUrl);
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO sandbox.transfer (id, idempotency_key, fingerprint, subject, attempt, source, destination, amount, currency,
                           status, asked_by)
                    VALUES ('tr_1', 'key', '', 'esc_1-1', 1, 'pi_1', 'acct_1', 500, 'USD', 'paid', '');
                    INSERT INTO sandbox.balance_entry (movement, account, amount, currency)
                    VALUES ('tr_1', 'platform', -500, 'USD'), ('tr_1', 'acct_1', 500, 'USD')
                    """);
        }
        assertThat(compare().path("differences").asLong()).isOne();
        // It is recorded now, as a surplus that has left the platform.
        assertThat(compare().path("differences").asLong()).isZero();
        var found = Await.value(() -> {
            var items = json("GET", "/guildhall/audit/discrepancies").path("items");
            assertThat(items).hasSize(1);
            return items.get(0);
        });
        assertThat(found.path("kind").asText()).isEqualTo("UNKNOWN_PAYMENT");
        assertThat(found.path("reference").asText()).isEqualTo("tr_1");
        assertThat(operate("GET", "/metrics").body())
                .contains("guildhall_audit_open_discrepancies{kind=\"unknown_payment\"} 1.0")
                .contains("guildhall_payment_discrepancies_total{kind=\"unknown_payment\"} 1.0")
                .contains("guildhall_audit_behind_seconds 0.0")
                .containsPattern("guildhall_audit_last_run_seconds 1\\.\\d+E9");
        var task = Await.value(() -> {
            assertThat(tasks()).hasSize(1);
            return tasks().get(0);
        });
        assertThat(task.path("detail").asText()).contains("reclaim it from the freelancer outside Guildhall");
        var id = found.path("id").asText();
        assertThat(operate("POST", "/guildhall/tasks/" + id + "/close?note=%1B%5B2JReclaimed.")
                        .statusCode())
                .isEqualTo(200);
        Await.until(
                () -> assertThat(json("GET", "/guildhall/audit/discrepancies").path("items"))
                        .isEmpty());
        assertThat(json("GET", "/guildhall/audit").path("openDifferences")).isEmpty();
        try (var connection = DriverManager.getConnection(databaseUrl);
                var rows = connection.createStatement().executeQuery("SELECT note FROM discrepancy")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("\\u001B[2JReclaimed.");
        }
    }

    private JsonNode compare() {
        long id = json("POST", "/guildhall/audit/run").path("run").asLong();
        return Await.value(() -> {
            for (var run : json("GET", "/guildhall/audit").path("runs"))
                if (run.path("id").asLong() == id && run.hasNonNull("finishedAt")) return run;
            throw new AssertionError("the run " + id + " is not finished");
        });
    }

    @Test
    void forgedWebhookIsListedUntilItIsClosed() throws Exception {
        assertThat(tasks()).isEmpty();
        assertThat(sendWebhook(FORGED)).isEqualTo(204);
        assertThat(sendWebhook(FORGED)).isEqualTo(204);
        var task = Await.value(() -> {
            assertThat(tasks()).hasSize(1);
            return tasks().get(0);
        });
        assertThat(task.path("kind").asText()).isEqualTo("DISCREPANCY");
        assertThat(task.path("detail").asText())
                .startsWith("FALSE_REPORT: CHARGE pi_forged, not expected. Find out who has the webhook secret");
        assertThat(operate("GET", "/metrics").body())
                .contains("guildhall_operator_tasks{kind=\"discrepancy\"} 1.0")
                .contains("guildhall_payment_discrepancies_total{kind=\"false_report\"} 1.0");

        var path = "/guildhall/tasks/" + task.path("id").asText();
        assertThat(operate("POST", path + "/retry").statusCode()).isEqualTo(409);
        assertThat(operate("POST", path + "/close?note=%20").statusCode()).isEqualTo(400);
        for (var unknown : new String[] {"esc_1-1", "esc_1-1.payout", "esc_1-1.refund"}) {
            assertThat(operate("POST", "/guildhall/tasks/" + unknown + "/retry").statusCode())
                    .as(unknown)
                    .isEqualTo(404);
            assertThat(operate("POST", "/guildhall/tasks/" + unknown + "/close?note=Paid.")
                            .statusCode())
                    .as(unknown)
                    .isEqualTo(404);
        }
        assertThat(operate("GET", "/guildhall/tasks?cursor=none").statusCode()).isEqualTo(400);
        assertThat(operate("POST", path + "/close?note=Our%20own%20test.").statusCode())
                .isEqualTo(200);
        Await.until(() -> assertThat(tasks()).isEmpty());
        assertThat(operate("GET", "/metrics").body()).contains("guildhall_operator_tasks{kind=\"discrepancy\"} 0.0");
    }
}
