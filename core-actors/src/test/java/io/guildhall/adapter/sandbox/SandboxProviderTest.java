package io.guildhall.adapter.sandbox;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import io.guildhall.Await;
import io.guildhall.adapter.sandbox.SandboxSettings.WebhookFaults;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway;
import io.guildhall.port.PaymentGateway.AccountRequest;
import io.guildhall.port.PaymentGateway.AccountResult;
import io.guildhall.port.PaymentGateway.AccountStatus;
import io.guildhall.port.PaymentGateway.Booking;
import io.guildhall.port.PaymentGateway.Bookings;
import io.guildhall.port.PaymentGateway.Change;
import io.guildhall.port.PaymentGateway.Instruction.Charge;
import io.guildhall.port.PaymentGateway.Instruction.Refund;
import io.guildhall.port.PaymentGateway.Instruction.Transfer;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.Movement;
import io.guildhall.port.PaymentGateway.PaymentResult;
import io.guildhall.port.PaymentGateway.PaymentResult.ActionRequired;
import io.guildhall.port.PaymentGateway.Period;
import io.guildhall.port.PaymentGateway.SearchResult;
import io.guildhall.port.PaymentGateway.Webhook;
import io.guildhall.port.SimulatedFaultsContract;
import io.guildhall.testing.TestLoops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contracts for the sandbox, and the balance of its records after each test. */
class SandboxProviderTest extends SimulatedFaultsContract {
    private static final Cards CARDS = new Cards("pm_card_visa", "pm_card_declined", "pm_card_authenticationRequired");
    private static final FaultyCards FAULTY_CARDS = new FaultyCards(
            "pm_card_late",
            "pm_card_lost",
            "pm_card_declinedThenSucceeds",
            "pm_card_chargedTwice",
            "pm_card_wrongAmount");
    private static DataSource database;

    private final List<ReceivedWebhook> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger rejectedWebhooks = new AtomicInteger();
    private volatile Duration clockOffset = Duration.ZERO;
    private HttpServer listener;
    private SandboxProvider provider;
    private SandboxWebhooks webhooks;

    @BeforeAll
    static void createRecords() throws Exception {
        database = SandboxSchema.create();
    }

    @BeforeEach
    void start() throws IOException {
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/api/webhooks/payments", exchange -> {
            var body = exchange.getRequestBody().readAllBytes();
            boolean isAccepted = rejectedWebhooks.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
            if (isAccepted)
                received.add(
                        new ReceivedWebhook(body, exchange.getRequestHeaders().getFirst("Guildhall-Signature")));
            exchange.sendResponseHeaders(isAccepted ? 204 : 503, -1);
            exchange.close();
        });
        listener.start();
        provider = provider(settings(List.of("whsec_new", "whsec_old")));
        webhooks = new SandboxWebhooks(
                provider,
                database,
                settings(List.of("whsec_old")),
                () -> Instant.now().plus(clockOffset),
                TestLoops.create());
    }

    private SandboxSettings settings(List<String> secrets) {
        var url = URI.create("http://127.0.0.1:" + listener.getAddress().getPort());
        return new SandboxSettings(
                "node-1",
                url,
                url.resolve("/api/webhooks/payments"),
                secrets,
                Duration.ofMillis(500),
                Duration.ofMillis(1800),
                8,
                new WebhookFaults(3, 4));
    }

    private SandboxProvider provider(SandboxSettings settings) {
        return new SandboxProvider(database, settings, () -> Instant.now().plus(clockOffset), new SecureRandom());
    }

    @AfterEach
    void stopAndCheckBalance() throws SQLException {
        webhooks.close();
        listener.stop(0);
        var unbalanced =
                new Sql(database).transaction(connection -> Sql.list(connection, """
                SELECT movement FROM sandbox.balance_entry GROUP BY movement HAVING sum(amount) <> 0 OR count(*) <> 2
                """, row -> row.getString(1)));
        assertThat(unbalanced).as("movements that do not balance").isEmpty();
        assertThat(number("""
                SELECT (SELECT coalesce(sum(amount), 0) FROM sandbox.payment_intent WHERE status = 'succeeded')
                     - (SELECT coalesce(sum(amount), 0) FROM sandbox.transfer WHERE status = 'paid')
                     - (SELECT coalesce(sum(amount), 0) FROM sandbox.refund WHERE status = 'succeeded')
                     - (SELECT coalesce(sum(amount), 0) FROM sandbox.balance_entry WHERE account = 'platform')
                """)).isZero();
    }

    private static long number(String sql, Object... parameters) throws SQLException {
        return new Sql(database)
                .transaction(connection -> Sql.one(connection, sql, row -> row.getLong(1), parameters)
                        .orElseThrow());
    }

    @Override
    protected PaymentGateway gateway() {
        return provider;
    }

    @Override
    protected Cards cards() {
        return CARDS;
    }

    @Override
    protected FaultyCards faultyCards() {
        return FAULTY_CARDS;
    }

    @Override
    protected void authenticate(ActionRequired action) {
        result(provider.confirmAuthentication(action.reference(), action.clientSecret()));
    }

    @Override
    protected void onboard(String account, AccountStatus outcome) {
        assertThat(result(provider.completeOnboarding(account, outcome))).isTrue();
    }

    @Override
    protected List<ReceivedWebhook> receivedWebhooks() {
        return received;
    }

    @Override
    protected void advanceClock(Duration time) {
        clockOffset = clockOffset.plus(time);
    }

    private static Charge charge(String escrow, String card) {
        return new Charge(new InstructionId(escrow + "/fund/1", escrow, 1), new Money(10_000, "USD"), card);
    }

    private static String escrow() {
        return "esc_" + UUID.randomUUID() + "-1";
    }

    @Test
    void doesNotConfirmPaymentWithWrongSecret() {
        var charge = charge(escrow(), "pm_card_authenticationRequired");
        var action = (ActionRequired) result(provider.perform(charge));
        assertThat(result(provider.confirmAuthentication(action.reference(), "guessed")))
                .isFalse();
        assertThat(result(provider.find(Movement.CHARGE, charge.id())))
                .isEqualTo(new SearchResult.Found(charge.id(), action));
    }

    @Test
    void recordsCallingNodeBeforeReply() throws Exception {
        var escrow = escrow();
        var late = provider.perform(charge(escrow, "pm_card_late"));
        Await.until(() -> {
            try {
                assertThat(number("""
                        SELECT count(*) FROM sandbox.payment_intent
                        WHERE subject = ? AND asked_by = 'node-1' AND status = 'processing'
                        """, escrow)).isOne();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(result(late)).isInstanceOf(PaymentResult.Unknown.class);
    }

    /** The calling node has left; the background work of another one completes the payment. */
    @Test
    void completesLatePaymentWithoutTheCallingNode() {
        var charge = charge(escrow(), "pm_card_late");
        result(provider.perform(charge));
        Await.until(() -> assertThat(result(provider.find(Movement.CHARGE, charge.id())))
                .isInstanceOfSatisfying(
                        SearchResult.Found.class,
                        it -> assertThat(it.result()).isInstanceOf(PaymentResult.Succeeded.class)));
    }

    @Test
    void executesTransfersWithLostOrLateReplyOnce() throws SQLException {
        for (boolean late : new boolean[] {true, false}) {
            var escrow = escrow();
            var funded = (PaymentResult.Succeeded) result(provider.perform(charge(escrow, "pm_card_visa")));
            var opened = (AccountResult.Opened)
                    result(provider.openAccount(new AccountRequest("open/" + escrow, "acc_1", "US")));
            onboard(opened.account(), AccountStatus.VERIFIED);
            if (late) SandboxFaults.delayReplies(database, opened.account());
            else SandboxFaults.loseReplies(database, opened.account());
            var id = new InstructionId(escrow + "/release/1", escrow, 1);
            var transfer = new Transfer(id, new Money(9_500, "USD"), funded.reference(), opened.account());
            assertThat(result(provider.perform(transfer))).isInstanceOf(PaymentResult.Unknown.class);
            Await.until(
                    () -> assertThat(result(provider.perform(transfer))).isInstanceOf(PaymentResult.Succeeded.class));
            assertThat(number("SELECT sum(amount) FROM sandbox.balance_entry WHERE account = ?", opened.account()))
                    .isEqualTo(9_500);
        }
    }

    @Test
    void callsBeyondTheLimitAreUnknown() {
        var results =
                IntStream.range(0, 24)
                        .mapToObj(_ -> provider.perform(charge(escrow(), "pm_card_late")))
                        .toList()
                        .stream()
                        .map(Await::result)
                        .toList();
        assertThat(results).allMatch(PaymentResult.Unknown.class::isInstance);
        assertThat(results)
                .anyMatch(it -> it instanceof PaymentResult.Unknown unknown
                        && unknown.error().contains("call was not made"));
    }

    @Test
    void listsRefundThatHasFailedAsReversed() throws SQLException {
        var escrow = escrow();
        var paid = (PaymentResult.Succeeded) result(provider.perform(charge(escrow, "pm_card_refundFails")));
        var refund = new Refund(new InstructionId(escrow + "/refund/1", escrow, 1), paid.amount(), paid.reference());
        result(provider.perform(refund));
        var all = new Period(Instant.EPOCH, Instant.now().plusSeconds(3_600));
        Await.until(() -> assertThat(bookings(all, escrow))
                .extracting(Booking::movement, Booking::isReversal)
                .containsExactly(
                        tuple(Movement.CHARGE, false), tuple(Movement.REFUND, false), tuple(Movement.REFUND, true)));
    }

    private List<Booking> bookings(Period period, String subject) {
        var listed = new ArrayList<Booking>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = (Bookings.Listed) result(provider.bookings(period, cursor, 100));
            listed.addAll(page.bookings());
            cursor = page.next();
        } while (cursor.isPresent());
        return listed.stream().filter(it -> it.id().subject().equals(subject)).toList();
    }

    @Test
    void repeatsUnacceptedWebhooksAndSendsSomeTwice() {
        rejectedWebhooks.set(2);
        for (int i = 0; i < 6; i++) result(provider.perform(charge(escrow(), "pm_card_visa")));
        Await.until(() -> {
            var ids = received.stream()
                    .map(it -> (Webhook.Verified) provider.readWebhook(it.body(), it.signature()))
                    .map(it -> it.event().id())
                    .toList();
            long events = ids.stream().distinct().count();
            assertThat(events).isGreaterThanOrEqualTo(6);
            assertThat((long) ids.size()).as("deliveries").isGreaterThan(events);
        });
    }

    @Test
    void rejectsWebhookSignedWithAnotherSecret() {
        var stranger = new Signature(List.of("whsec_stranger"));
        var body = "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(provider.readWebhook(body, stranger.sign(body, Instant.now())))
                .isInstanceOf(Webhook.Rejected.class);
        assertThat(provider.readWebhook(body, new Signature(List.of("whsec_new")).sign(body, Instant.now())))
                .as("signed, but no event")
                .isInstanceOf(Webhook.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payment_intent.amount_capturable_updated",
                "charge.dispute.created",
                "account.application.authorized",
                "transfer.reversed",
                "refund",
                "."
            })
    void acceptsUnknownTypeWhateverItContains(String type) {
        for (var data : List.of("", ", \"data\": null", ", \"data\": {\"object\": {\"id\": 7}}")) {
            var body = "{\"id\": \"evt_1\", \"created\": 1, \"type\": \"%s\"%s}"
                    .formatted(type, data)
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(provider.readWebhook(body, new Signature(List.of("whsec_new")).sign(body, Instant.now())))
                    .isInstanceOfSatisfying(
                            Webhook.Verified.class,
                            it -> assertThat(it.event().change()).isEqualTo(new Change.Other(type)));
        }
    }
}
