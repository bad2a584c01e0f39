package io.guildhall.http.route;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.http.TestClient;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.Instruction.Charge;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.PaymentResult;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Webhooks of the payment provider: a body that could not be stored is rejected even if it is signed with the right
 * secret.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProviderWebhookTest {
    private final TestServer server = new TestServer();

    @AfterAll
    void close() {
        server.close();
    }

    private static String event(String account) {
        return """
                {"id": "evt_1", "type": "account.updated", "created": 1, "data": {"object": {"id": "%s", "owner": "acc_1"}}}""".formatted(account);
    }

    static Stream<byte[]> invalidTexts() {
        var nul = event("acct_\u0000").getBytes(StandardCharsets.UTF_8);
        var latin = event("acct_\u00e4").getBytes(StandardCharsets.ISO_8859_1);
        var surrogate = event("acct_\u00ed\u00a0\u0080").getBytes(StandardCharsets.ISO_8859_1);
        var utf16 = event("acct_1").getBytes(StandardCharsets.UTF_16LE);
        return Stream.of(nul, latin, surrogate, utf16, new byte[] {0}, new byte[] {(byte) 0xc0, (byte) 0x80});
    }

    @ParameterizedTest
    @MethodSource("invalidTexts")
    void rejectsBytesThatAreNoText(byte[] body) {
        send(body).is(400, "malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "acct_\\u001b", "\\ud800"})
    void rejectsEscapedTextThatCannotBeStored(String account) {
        send(event(account).getBytes(StandardCharsets.UTF_8)).is(400, "webhook-malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "1",
                "{}",
                "{",
                "{\"id\": 1}",
                "{\"id\": \"e\", \"type\": \"account.updated\", \"created\": 1e400, \"data\": {\"object\": {}}}",
                "{\"id\": \"e\", \"type\": \"account.updated\", \"created\": 9223372036854775807, \"data\": {\"object\": {}}}",
                "{\"id\": \"e\", \"type\": \"account.updated\", \"created\": 9223372036854775807,"
                        + " \"data\": {\"object\": {\"id\": \"a\", \"owner\": \"b\"}}}",
                "{\"id\": \"e\", \"type\": \"transfer.succeeded\", \"created\": 1, \"data\": {\"object\": {\"status\": \"succeeded\","
                        + " \"id\": \"x\", \"metadata\": {\"key\": \"\", \"escrow\": \"e\", \"attempt\": 1}}}}",
            })
    void rejectsSignedBodyWithoutEvent(String body) {
        send(body.getBytes(StandardCharsets.UTF_8)).is(400, "webhook-malformed");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 30_000})
    void rejectsDeeplyNestedBody(int depth) {
        send("[".repeat(depth).getBytes(StandardCharsets.UTF_8)).is(400, "webhook-malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"größer", "two\\nlines", "\\u202eright to left", "\\u001b[31m"})
    void rejectsTextThatCanForgeALineOfTheLog(String account) {
        send(event(account).getBytes(StandardCharsets.UTF_8)).is(400, "webhook-malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"amount\": 1.5",
                "\"amount\": \"abc\"",
                "\"amount\": 10000000000000000000000",
                "\"attempt\": \"x\"",
                "\"attempt\": 1000000000000",
                "\"id\": null",
                "\"status\": \"failed\""
            })
    void rejectsValuesThatNoPaymentHas(String value) {
        var field = value.substring(0, value.indexOf(':'));
        var sound = new String(succeeded("pi_1", "esc_1-1", 1), StandardCharsets.UTF_8);
        var body = sound.replaceFirst(field + ": [^,}]*", value);
        send(body.getBytes(StandardCharsets.UTF_8)).is(400, "webhook-malformed");
    }

    @Test
    void rejectsLongText() {
        send(event("a".repeat(256)).getBytes(StandardCharsets.UTF_8)).is(400, "webhook-malformed");
    }

    @Test
    void acceptsEventOfUnknownAccount() {
        assertThat(send(event("acct_unknown").getBytes(StandardCharsets.UTF_8))
                        .is(204)
                        .bytes())
                .isEmpty();
    }

    @Test
    void settlesNothingByWhatItSays() {
        var ada = TestServer.newId("acc");
        var contract = server.contract(ada, TestServer.newId("acc"));
        var escrow = Escrow.id(contract, 1);
        server.execute(Escrow.AGGREGATE, escrow, new EscrowCommand.Fund(ada, "pm_card_visa", "req_1"));
        var price = state(escrow).findDeal().orElseThrow().amount();

        send(succeeded("pi_forged", escrow, price.amount())).is(204);
        assertThat(state(escrow))
                .as("a payment that the provider does not know")
                .isInstanceOf(Escrow.Funding.class);
        assertReported(escrow, "pi_forged", price.amount(), Optional.empty());

        var charge = new Charge(new InstructionId(escrow + "/charge/1", escrow, 1), price, "pm_card_visa");
        var paid = (PaymentResult.Succeeded) result(server.provider.perform(charge));
        send(succeeded(paid.reference(), escrow, 1)).is(204);
        assertThat(state(escrow)).as("what the provider states").isInstanceOf(Escrow.Held.class);
        assertReported(escrow, paid.reference(), 1, Optional.of(price));
    }

    private Escrow state(String escrow) {
        return result(server.entities.state(Escrow.AGGREGATE, escrow));
    }

    private void assertReported(String escrow, String reference, long claimed, Optional<Money> stated) {
        var report = new Report(
                Report.Kind.FALSE_REPORT,
                Report.Movement.CHARGE,
                escrow,
                1,
                reference,
                new Money(claimed, "USD"),
                stated,
                Optional.empty());
        Discrepancy discrepancy = result(server.entities.state(Discrepancy.AGGREGATE, Discrepancy.id(report)));
        assertThat(discrepancy).isInstanceOfSatisfying(Discrepancy.Waiting.class, it -> {
            assertThat(it.report().amount().amount()).isEqualTo(claimed);
            assertThat(it.report().expected()).isEqualTo(stated);
        });
    }

    private static byte[] succeeded(String reference, String escrow, long amount) {
        return """
                {"id": "evt_1", "type": "payment_intent.succeeded", "created": 1, "data": {"object": {
                  "id": "%s", "status": "succeeded", "amount": %d, "currency": "USD",
                  "metadata": {"key": "%s/charge/1", "escrow": "%s", "attempt": 1}}}}""".formatted(reference, amount, escrow, escrow).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"charge.dispute.created", "payment_intent.amount_capturable_updated", "ping"})
    void acceptsUnknownTypes(String type) {
        send("{\"id\": \"evt_1\", \"created\": 1, \"type\": \"%s\"}"
                        .formatted(type)
                        .getBytes(StandardCharsets.UTF_8))
                .is(204);
    }

    private TestClient.Response send(byte[] body) {
        return server.anonymous
                .with("Guildhall-Signature", signed(body))
                .send(HttpRequest.POST("/api/webhooks/payments").withEntity(ContentTypes.APPLICATION_JSON, body));
    }

    private static String signed(byte[] body) {
        try {
            long seconds = Instant.now().getEpochSecond();
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
