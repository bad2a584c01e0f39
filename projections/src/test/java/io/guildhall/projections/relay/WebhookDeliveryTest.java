package io.guildhall.projections.relay;

import static io.guildhall.Await.result;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.Await;
import io.guildhall.actors.Entities;
import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteDetails;
import io.guildhall.domain.invite.InviteEvent;
import io.guildhall.domain.invite.Source;
import io.guildhall.domain.webhook.Webhook;
import io.guildhall.domain.webhook.Webhooks;
import io.guildhall.domain.webhook.WebhooksCommand;
import io.guildhall.domain.webhook.WebhooksCommand.*;
import io.guildhall.domain.webhook.WebhooksEvent;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Correlation;
import io.guildhall.port.WebhookSecrets;
import io.guildhall.port.WebhookSender;
import io.guildhall.port.WebhookSender.Message;
import io.guildhall.port.WebhookSender.Result;
import io.guildhall.projections.EntityNode;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.NotificationKind;
import io.guildhall.projections.notify.delivery.Cause;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.webhook.WebhookDeliveryRow;
import io.guildhall.projections.readmodel.webhook.WebhookDeliveryRow.Status;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.WebhookClaims;
import io.guildhall.projections.store.WebhookClaims.Max;
import io.guildhall.projections.store.WebhookClaims.Pace;
import io.guildhall.projections.store.WebhookQueue;
import io.guildhall.projections.view.InviteScenario;
import io.guildhall.projections.view.webhook.SqlWebhookDeliveries;
import io.guildhall.projections.view.webhook.WebhookView;
import io.guildhall.testing.SettableClock;
import io.guildhall.testing.TestLoops;
import io.guildhall.testing.TestSuspensions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class WebhookDeliveryTest {
    private static final String KIND = "INVITE_RECEIVED";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static EntityNode node;
    private static PGSimpleDataSource database;
    private static Entities entities;
    private static WebhookQueue queue;

    private final SettableClock clock = new SettableClock();
    private final TestSuspensions suspended = new TestSuspensions();
    private final StubSender sender = new StubSender();
    private SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<WebhookDelivery> nodes = new ArrayList<>();
    private final String account = "acc_" + UUID.randomUUID();
    private final String webhook = "whk_" + UUID.randomUUID();
    private WebhookRelay relay;

    /** Responds as the test decides, with 200 before. */
    private static final class StubSender implements WebhookSender {
        final List<Message> received = new CopyOnWriteArrayList<>();
        volatile Function<Message, CompletionStage<Result>> response = _ -> status(200);

        @Override
        public CompletionStage<Result> send(Message message) {
            received.add(message);
            return response.apply(message);
        }

        List<String> ids() {
            return received.stream().map(Message::id).toList();
        }
    }

    private static CompletionStage<Result> status(int status) {
        return completedFuture(new Result.Response(status, "body"));
    }

    @BeforeAll
    static void startNode() {
        node = new EntityNode();
        database = node.database;
        entities = node.entities;
        queue = new WebhookQueue(database);
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @BeforeEach
    void start() {
        // Later than the time of the entities.
        clock.pass(Duration.ofMinutes(1));
        startNodeOf(sender);
        relay = new WebhookRelay(queue, nodes.getFirst()::wake, clock);
        register(account, webhook);
    }

    @AfterEach
    void stop() throws SQLException {
        nodes.forEach(WebhookDelivery::close);
        update("DELETE FROM webhook_delivery");
        update("DELETE FROM webhook_turn");
    }

    private WebhookDelivery startNodeOf(WebhookSender used) {
        metrics = new SimpleMeterRegistry();
        var node = new WebhookDelivery(queue, used, new WebhookSecrets("secret"), entities, suspended, clock, metrics);
        nodes.add(node);
        node.start(TestLoops.create());
        return node;
    }

    private static void update(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** Executes the command, and passes its event to the view and the relay with this sequence number. */
    private void execute(String owner, long sequence, WebhooksCommand command, WebhooksEvent event) {
        result(entities.execute(Correlation.NONE, Webhooks.AGGREGATE, owner, command));
        read(owner, sequence, event);
    }

    @SuppressWarnings("unchecked")
    private void read(String owner, long sequence, WebhooksEvent event) {
        var recorded = new Recorded<>(owner, sequence, event, clock.instant(), Correlation.NONE);
        var subscription =
                (View.Subscription<WebhooksEvent>) new WebhookView().follows().getFirst();
        try (var connection = database.getConnection()) {
            subscription.applier().apply(connection, recorded);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        relay(Webhooks.AGGREGATE, recorded);
    }

    @SuppressWarnings("unchecked")
    private <E> void relay(Aggregate<?, ?, E, ?> aggregate, Recorded<E> recorded) {
        var subscription = relay.follows().stream()
                .filter(it -> it.aggregate().equals(aggregate))
                .findFirst()
                .orElseThrow();
        result(((Process.Subscription<E>) subscription).reaction().to(recorded));
    }

    private void register(String owner, String id) {
        var url = "https://example.com/" + id;
        execute(
                owner,
                1,
                new Register(id, url, List.of(KIND)),
                new WebhooksEvent.Registered(id, url, List.of(KIND), clock.instant()));
    }

    /** An event that notifies an account. */
    private Recorded<InviteEvent> invite(String freelancer) {
        var letter = new InviteDetails(
                Source.order("gig_1", Tier.BASIC, "A boat"),
                "acc_client",
                freelancer,
                InviteScenario.offer("Please"),
                clock.instant().plus(Duration.ofDays(1)),
                1);
        return new Recorded<>(
                "inv_" + UUID.randomUUID(),
                1,
                new InviteEvent.Sent(letter, clock.instant()),
                clock.instant(),
                Correlation.NONE);
    }

    private Recorded<InviteEvent> happened(String freelancer) {
        var event = invite(freelancer);
        relay(Invite.AGGREGATE, event);
        return event;
    }

    private List<WebhookDeliveryRow> rows() {
        var deliveries = new SqlWebhookDeliveries(new ReadDatabase(database, 1));
        return result(deliveries.ofWebhook(webhook, new Page.Request(100, Optional.empty())))
                .items();
    }

    private WebhookDeliveryRow row() {
        assertThat(rows()).hasSize(1);
        return rows().getFirst();
    }

    private void awaitStatus(Status status) {
        Await.until(() -> assertThat(row().status()).isEqualTo(status));
    }

    private void awaitAttempt(int attempts) {
        Await.until(() -> {
            nodes.forEach(WebhookDelivery::wake);
            assertThat(row().attempts()).isEqualTo(attempts);
            assertThat(row().responseStatus()).isPresent();
        });
    }

    /** Waits until no delivery is due. */
    private void awaitAttemptsBefore(Instant now) {
        nodes.getFirst().wake();
        Await.until(() -> assertThat(rows())
                .noneMatch(it ->
                        it.nextAttemptAt().filter(next -> !next.isAfter(now)).isPresent()));
    }

    private Webhook state() {
        return result(entities.state(Webhooks.AGGREGATE, account)).find(webhook).orElseThrow();
    }

    private static JsonNode json(Message message) {
        try {
            return JSON.readTree(message.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void deliversTheCloudEventOnce() {
        var event = happened(account);
        awaitStatus(Status.DELIVERED);
        var message = sender.received.getFirst();
        assertThat(message.url()).hasToString("https://example.com/" + webhook);
        assertThat(message.id()).startsWith("whd_").isEqualTo(row().id());
        assertThat(message.secrets()).containsExactly(new WebhookSecrets("secret").secret(account, webhook, 1));
        assertThat(json(message).path("type").asText()).isEqualTo("io.guildhall.notification.created.v1");
        assertThat(json(message).at("/data/kind").asText()).isEqualTo(KIND);
        assertThat(json(message).at("/data/recipientId").asText()).isEqualTo(account);
        assertThat(row().attempts()).isOne();

        relay(Invite.AGGREGATE, event);
        relay = new WebhookRelay(queue, nodes.getFirst()::wake, clock);
        relay(Invite.AGGREGATE, event);
        happened(account);
        Await.until(() -> assertThat(rows()).hasSize(2).allMatch(it -> it.status() == Status.DELIVERED));
        assertThat(sender.ids()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void receivesOnlyOwnEventsOfItsKindsWhileItIsActive() {
        var before = invite(account);
        clock.pass(Duration.ofSeconds(1));
        happened("acc_other");
        execute(account, 2, new Pause(webhook), new WebhooksEvent.Paused(webhook, clock.instant()));
        happened(account);
        clock.pass(Duration.ofSeconds(1));
        execute(account, 3, new Resume(webhook), new WebhooksEvent.Resumed(webhook, clock.instant()));
        relay(Invite.AGGREGATE, before);
        var url = state().url();
        var other = List.of("WORK_SUBMITTED");
        execute(
                account,
                4,
                new Change(webhook, url, other),
                new WebhooksEvent.Changed(webhook, url, other, clock.instant()));
        happened(account);
        assertThat(rows()).isEmpty();
    }

    @Test
    void retriesWithBackoffUntilTheReceiverAccepts() {
        sender.response = _ -> status(503);
        happened(account);
        awaitAttempt(1);
        assertThat(row().responseStatus()).hasValue(503);
        assertThat(row().excerpt()).isEqualTo("body");
        assertThat(row().nextAttemptAt()).contains(clock.instant().plusSeconds(15));
        clock.pass(Duration.ofSeconds(15));
        awaitAttempt(2);
        Await.until(
                () -> assertThat(row().nextAttemptAt()).contains(clock.instant().plusSeconds(30)));
        sender.response = _ -> completedFuture(new Result.Failed(WebhookSender.Failure.TLS_FAILED));
        clock.pass(Duration.ofSeconds(30));
        Await.until(() -> assertThat(row().failure()).contains("TLS_FAILED"));
        sender.response = _ -> status(204);
        clock.pass(Duration.ofMinutes(1));
        nodes.getFirst().wake();
        awaitStatus(Status.DELIVERED);
        assertThat(sender.ids()).hasSize(4).containsOnly(row().id());
        assertThat(sender.received).extracting(Message::at).doesNotHaveDuplicates();
    }

    private CompletionStage<Result> waits(Duration pause) {
        return completedFuture(
                new Result.Response(429, "", Optional.of(clock.instant().plus(pause))));
    }

    @Test
    void receiverThatSaysWhenItAcceptsRequestsAgainGetsNoneBefore() {
        sender.response = _ -> waits(Duration.ofHours(1));
        happened(account);
        awaitAttempt(1);
        var hour = clock.instant().plus(Duration.ofHours(1));
        assertThat(row().nextAttemptAt()).contains(hour);
        sender.response = _ -> waits(Duration.ofSeconds(1));
        clock.pass(Duration.ofHours(1));
        awaitAttempt(2);
        Await.until(() -> assertThat(row().nextAttemptAt())
                .as("not earlier than without")
                .contains(clock.instant().plusSeconds(30)));
    }

    @Test
    void otherDeliveriesWaitForAReceiverToo() {
        sender.response = _ -> waits(Duration.ofHours(1));
        happened(account);
        awaitAttempt(1);
        happened(account);
        Await.until(() -> assertThat(rows()).hasSize(2).allMatch(it -> it.attempts() == 1));
        clock.pass(Duration.ofMinutes(59));
        awaitAttemptsBefore(clock.instant());
        assertThat(rows()).allMatch(it -> it.attempts() == 1);
    }

    @Test
    void receiverCannotMakeADeliveryWaitLongerThanItIsTried() {
        sender.response = _ -> waits(Duration.ofDays(3_000));
        happened(account);
        var queued = clock.instant();
        awaitAttempt(1);
        assertThat(row().nextAttemptAt()).contains(queued.plus(WebhookDelivery.MAX_AGE));
        clock.pass(WebhookDelivery.MAX_AGE);
        nodes.getFirst().wake();
        awaitStatus(Status.FAILED);
        assertThat(row().attempts()).isEqualTo(2);
    }

    @Test
    void webhookIsDisabledAfterThreeDaysOfFailures() {
        sender.response = _ -> status(500);
        happened(account);
        var start = clock.instant();
        while (row().status() == Status.WAITING) {
            awaitAttemptsBefore(clock.instant());
            row().nextAttemptAt().ifPresent(it -> clock.pass(Duration.between(clock.instant(), it)));
        }
        assertThat(row().status()).isEqualTo(Status.FAILED);
        assertThat(Duration.between(start, clock.instant())).isBetween(Duration.ofHours(60), Duration.ofDays(3));
        assertThat(row().attempts()).isBetween(10, 20);
        assertThat(state().status()).isEqualTo(Webhook.Status.DISABLED);
    }

    @Test
    void webhookStaysActiveIfAnotherDeliveryHasSucceeded() {
        sender.response = _ -> status(500);
        happened(account);
        awaitAttempt(1);
        clock.pass(Duration.ofDays(2));
        sender.response = _ -> status(200);
        happened(account);
        Await.until(() -> assertThat(rows()).anyMatch(it -> it.status() == Status.DELIVERED));
        sender.response = _ -> status(500);
        var failing = "whd_failing";
        addDelivery(failing, Duration.ofDays(3));
        clock.pass(Duration.ofMinutes(1));
        nodes.getFirst().wake();
        Await.until(() -> assertThat(rows()).anyMatch(it -> it.id().equals(failing) && it.status() == Status.FAILED));
        assertThat(state().status()).isEqualTo(Webhook.Status.ACTIVE);
    }

    /** Adds a delivery that was queued some time ago. */
    private void addDelivery(String id, Duration age) {
        try {
            queue.addTest(
                    account,
                    webhook,
                    new WebhookQueue.Message(id, "TEST", "{}".getBytes(StandardCharsets.UTF_8), clock.instant()),
                    clock.instant().minus(age));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void goneDisablesAtOnceAndWaitingDeliveriesAreCancelled() {
        sender.response = _ -> status(410);
        happened(account);
        awaitStatus(Status.FAILED);
        assertThat(state().status()).isEqualTo(Webhook.Status.DISABLED);
        addDelivery("whd_waiting", Duration.ZERO);
        nodes.getFirst().wake();
        Await.until(() -> assertThat(rows()).anyMatch(it -> it.status() == Status.CANCELLED));
        assertThat(sender.received).hasSize(1);
    }

    @Test
    void isSentAgainWithTheSameId() {
        happened(account);
        awaitStatus(Status.DELIVERED);
        var id = row().id();
        var again = new WebhooksEvent.RedeliveryRequested(webhook, id, "req_1", clock.instant());
        execute(account, 2, new SendAgain(webhook, id, "req_1"), again);
        Await.until(() -> assertThat(sender.ids()).containsExactly(id, id));
        awaitStatus(Status.DELIVERED);
        read(account, 2, again);
        read(account, 3, new WebhooksEvent.RedeliveryRequested("whk_other", id, "req_2", clock.instant()));
        happened(account);
        Await.until(() -> assertThat(sender.ids()).hasSize(3));
        assertThat(sender.ids().getLast()).isNotEqualTo(id);
    }

    @Test
    void sendsATestEventOnce() {
        var requested = new WebhooksEvent.TestRequested(webhook, "whd_test", clock.instant());
        execute(account, 2, new SendTest(webhook, "whd_test"), requested);
        awaitStatus(Status.DELIVERED);
        read(account, 2, requested);
        assertThat(row().kind()).isEqualTo("TEST");
        assertThat(sender.ids()).containsExactly("whd_test");
        var event = json(sender.received.getFirst());
        assertThat(event.path("type").asText()).isEqualTo("io.guildhall.webhook.test.v1");
        assertThat(event.at("/data/webhookId").asText()).isEqualTo(webhook);
    }

    @Test
    void oldAndNewSecretSign() {
        result(entities.execute(Correlation.NONE, Webhooks.AGGREGATE, account, new RotateSecret(webhook, 2)));
        happened(account);
        awaitStatus(Status.DELIVERED);
        var secrets = new WebhookSecrets("secret");
        assertThat(sender.received.getFirst().secrets())
                .containsExactly(secrets.secret(account, webhook, 2), secrets.secret(account, webhook, 1));
        clock.pass(Webhooks.SECRET_OVERLAP.plusMinutes(5));
        happened(account);
        Await.until(() -> assertThat(sender.received).hasSize(2));
        assertThat(sender.received.getLast().secrets()).containsExactly(secrets.secret(account, webhook, 2));
    }

    /** Two deliveries of an account are in progress at the same time, on all nodes together. */
    @Test
    void accountWhoseAddressIsSlowDoesNotDelayOthers() {
        var slow = new CompletableFuture<Result>();
        sender.response = message -> message.url().getPath().equals("/" + webhook) ? slow : status(200);
        startNodeOf(sender);
        for (int i = 0; i < 6; i++) happened(account);
        Await.until(() -> assertThat(sender.received).hasSize(2));
        var other = "acc_" + UUID.randomUUID();
        register(other, "whk_" + UUID.randomUUID());
        for (int i = 0; i < 3; i++) happened(other);
        Await.until(() -> assertThat(sender.received).hasSize(5));
        assertThat(sender.received.stream().filter(it -> it.url().getPath().equals("/" + webhook)))
                .hasSize(WebhookDelivery.MAX_PER_ACCOUNT);
        slow.complete(new Result.Response(200, ""));
        Await.until(() -> assertThat(rows()).hasSize(6).allMatch(it -> it.status() == Status.DELIVERED));
        assertThat(sender.ids()).hasSize(9).doesNotHaveDuplicates();
    }

    /** Accounts with slow receivers share a half of a node. */
    @Test
    void slowReceiversCannotOccupyTheWholeNode() {
        happened(account);
        awaitStatus(Status.DELIVERED);
        var slow = new CompletableFuture<Result>();
        sender.response = message -> message.url().getPath().equals("/" + webhook) ? status(200) : slow;
        for (int i = 0; i < WebhookDelivery.MAX_CONCURRENT; i++) {
            var other = "acc_" + UUID.randomUUID();
            register(other, "whk_" + UUID.randomUUID());
            for (int k = 0; k < 3; k++) happened(other);
        }
        Await.until(() -> assertThat(sender.received).hasSize(1 + WebhookDelivery.MAX_SLOW));
        happened(account);
        Await.until(() -> assertThat(rows()).hasSize(2).allMatch(it -> it.status() == Status.DELIVERED));
        assertThat(sender.received).hasSize(2 + WebhookDelivery.MAX_SLOW);
    }

    @Test
    void accountWithASlowReceiverCountsAsSlowForTenMinutes() throws SQLException {
        happened(account);
        awaitStatus(Status.DELIVERED);
        assertThat(paceOfNextClaim()).isEqualTo(Pace.QUICK);
        sender.response = _ -> {
            clock.pass(WebhookDelivery.QUICK.plusSeconds(1));
            return status(200);
        };
        startNodeOf(sender).wake();
        Await.until(() -> assertThat(rows()).hasSize(2).allMatch(it -> it.status() == Status.DELIVERED));
        assertThat(paceOfNextClaim()).isEqualTo(Pace.SLOW);
        update("DELETE FROM webhook_delivery");
        clock.pass(Duration.ofMinutes(10));
        assertThat(paceOfNextClaim()).isEqualTo(Pace.QUICK);
    }

    /** Adds a delivery and claims it without delivering it, so that another node can claim it now. */
    private Pace paceOfNextClaim() throws SQLException {
        nodes.forEach(WebhookDelivery::close);
        happened(account);
        var claims = queue.claimDue(new Max(1, 1), 1, clock.instant(), Duration.ZERO);
        assertThat(claims).hasSize(1);
        return claims.getFirst().pace();
    }

    /** The account that was served least recently is served first, however long the deliveries of others have waited. */
    @Test
    void accountsTakeTurns() throws SQLException {
        nodes.forEach(WebhookDelivery::close);
        for (int i = 0; i < 20; i++) happened(account);
        var others = List.of("acc_" + UUID.randomUUID(), "acc_" + UUID.randomUUID());
        for (var it : others) {
            clock.pass(Duration.ofSeconds(1));
            register(it, "whk_" + UUID.randomUUID());
            happened(it);
            happened(it);
        }
        assertThat(claimNext(2)).containsExactlyInAnyOrder(account, others.getFirst());
        assertThat(claimNext(2)).containsExactlyInAnyOrder(others.getLast(), account);
        assertThat(claimNext(9)).containsExactlyInAnyOrderElementsOf(others);
    }

    private List<String> claimNext(int max) throws SQLException {
        clock.pass(Duration.ofMillis(1));
        return queue.claimDue(new Max(max, max), 2, clock.instant(), Duration.ofMinutes(1)).stream()
                .map(WebhookClaims.Claim::accountId)
                .toList();
    }

    @Test
    void deliveriesWaitWhileTheAccountIsSuspended() {
        suspended.add(account);
        happened(account);
        happened(account);
        awaitAttemptsBefore(clock.instant());
        assertThat(rows()).hasSize(2).allMatch(it -> it.status() == Status.WAITING && it.attempts() == 0);
        assertThat(sender.received).isEmpty();
        suspended.remove(account);
        clock.pass(WebhookDelivery.SUSPENSION_PAUSE);
        nodes.getFirst().wake();
        Await.until(() -> assertThat(rows()).hasSize(2).allMatch(it -> it.status() == Status.DELIVERED));
    }

    @Test
    void deliveriesOfAnAccountThatStaysSuspendedAreCancelled() {
        suspended.add(account);
        happened(account);
        awaitAttemptsBefore(clock.instant());
        clock.pass(WebhookDelivery.MAX_AGE);
        nodes.getFirst().wake();
        awaitStatus(Status.CANCELLED);
        assertThat(sender.received).isEmpty();
        assertThat(state().status()).isEqualTo(Webhook.Status.ACTIVE);
    }

    @Test
    void failurePostponesTheOtherDeliveriesOfTheWebhook() {
        sender.response = _ -> status(500);
        happened(account);
        awaitAttempt(1);
        for (int i = 0; i < 3; i++) addDelivery("whd_" + i, Duration.ZERO);
        nodes.getFirst().wake();
        Await.until(() -> assertThat(rows())
                .hasSize(4)
                .allMatch(it -> it.nextAttemptAt().orElseThrow().isAfter(clock.instant())));
    }

    /** The node dies after it has sent a message and before it has saved the result. */
    @Test
    void messageIsSentAgainWithTheSameIdAfterACrash() {
        var lost = new CompletableFuture<Result>();
        sender.response = _ -> lost;
        happened(account);
        Await.until(() -> assertThat(sender.received).hasSize(1));
        nodes.getFirst().close();
        sender.response = _ -> status(200);
        clock.pass(Duration.ofMinutes(3));
        startNodeOf(sender).wake();
        awaitStatus(Status.DELIVERED);
        assertThat(sender.ids()).hasSize(2).containsOnly(row().id());
    }

    @Test
    void accountWithTooManyWaitingDeliveriesLosesNoneSilently() throws SQLException {
        nodes.getFirst().close();
        update("""
                INSERT INTO webhook_delivery (webhook_id, id, account_id, kind, body, created_at, queued_at, due_at)
                SELECT '%s', 'whd_' || n, '%s', 'TEST', '{}', now(), now(), now() FROM generate_series(1, %d) n
                """.formatted(webhook, account, WebhookQueue.MAX_WAITING_PER_ACCOUNT));
        happened(account);
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT status FROM webhook_delivery WHERE kind = ?")) {
            query.setString(1, KIND);
            try (var rows = query.executeQuery()) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("DROPPED");
            }
        }
    }

    @Test
    void ownerIsToldOfDroppedDeliveriesOnce() throws SQLException {
        nodes.getFirst().close();
        update("""
                INSERT INTO webhook_delivery (webhook_id, id, account_id, kind, body, status, created_at, queued_at, due_at, finished_at)
                SELECT '%s', 'whd_' || n, '%s', 'TEST', '{}', 'DROPPED', now, now, now, now
                  FROM generate_series(1, 3) n, (VALUES ('%s'::timestamptz)) AS dropped (now)
                """.formatted(webhook, account, clock.instant()));
        startNodeOf(sender);
        Await.until(() -> assertThat(state().dropsReportedAt()).isPresent());
        var reportedAt = state().dropsReportedAt();
        clock.pass(Duration.ofSeconds(1));
        result(entities.execute(
                Correlation.NONE, Webhooks.AGGREGATE, account, new ReportDropped(webhook, clock.instant())));
        assertThat(state().dropsReportedAt()).isEqualTo(reportedAt);
    }

    /** The notification of an unread message, which no event causes. */
    @Test
    void deliversNotificationsOfMessages() throws SQLException {
        var kinds = List.of(NotificationKind.MESSAGE_RECEIVED.name());
        var url = state().url();
        execute(
                account,
                2,
                new Change(webhook, url, kinds),
                new WebhooksEvent.Changed(webhook, url, kinds, clock.instant()));
        clock.pass(Duration.ofSeconds(1));
        var notification = Notification.ofMessages(account, "rm_1", 3, Optional.of("Ann"), clock.instant());
        for (int i = 0; i < 2; i++)
            try (var connection = database.getConnection()) {
                new MessageWebhooks().publish(connection, notification, new Cause("room", "rm_1", 4), clock.instant());
            }
        nodes.getFirst().wake();
        awaitStatus(Status.DELIVERED);
        var event = json(sender.received.getFirst());
        assertThat(event.path("type").asText()).isEqualTo("io.guildhall.notification.created.v1");
        assertThat(event.at("/data/notificationId").asText()).isEqualTo(notification.id());
        assertThat(event.at("/data/kind").asText()).isEqualTo("MESSAGE_RECEIVED");
        assertThat(event.at("/data/links/0/id").asText()).isEqualTo("rm_1");
        assertThat(event.toString()).as("no personal data").doesNotContain("Ann");
    }

    /** Invites, which strangers send, fill a half of the queue only. */
    @Test
    void strangersCannotFillTheQueue() throws SQLException {
        nodes.getFirst().close();
        update("""
                INSERT INTO webhook_delivery (webhook_id, id, account_id, kind, body, created_at, queued_at, due_at)
                SELECT '%s', 'whd_' || n, '%s', 'INVITE_RECEIVED', '{}', now(), now(), now() FROM generate_series(1, %d) n
                """.formatted(webhook, account, WebhookQueue.MAX_WAITING_OF_STRANGERS));
        happened(account);
        assertThat(statuses("whd_")).containsEntry("DROPPED", 1L);
        var own = new WebhookQueue.Message("own_1", KIND, "{}".getBytes(StandardCharsets.UTF_8), clock.instant());
        queue.addEvent(account, own, false, clock.instant());
        assertThat(statuses("own_")).containsExactly(entry("WAITING", 1L));
    }

    private static Map<String, Long> statuses(String prefix) throws SQLException {
        try (var connection = database.getConnection()) {
            return Sql.list(
                            connection,
                            "SELECT status FROM webhook_delivery WHERE starts_with(id, ?)",
                            row -> row.getString("status"),
                            prefix)
                    .stream()
                    .collect(Collectors.groupingBy(it -> it, Collectors.counting()));
        }
    }

    @Test
    void removedWebhookLosesItsDeliveries() {
        happened(account);
        awaitStatus(Status.DELIVERED);
        execute(account, 2, new Remove(webhook), new WebhooksEvent.Removed(webhook, clock.instant()));
        happened(account);
        assertThat(rows()).isEmpty();
    }

    @Test
    void oldDeliveriesAreRemovedAndTheBacklogIsMeasured() {
        happened(account);
        awaitStatus(Status.DELIVERED);
        nodes.getFirst().close();
        happened(account);
        clock.pass(WebhookDelivery.RETENTION.plusMinutes(1));
        sender.response = _ -> new CompletableFuture<>();
        startNodeOf(sender);
        Await.until(
                () -> assertThat(rows()).extracting(WebhookDeliveryRow::status).containsExactly(Status.WAITING));
        Await.until(() -> assertThat(
                        metrics.get("guildhall_webhooks_lag_seconds").gauge().value())
                .isGreaterThan((double) Duration.ofDays(29).toSeconds()));
        assertThat(metrics.get("guildhall_webhooks_waiting").gauge().value()).isEqualTo(1);
    }
}
