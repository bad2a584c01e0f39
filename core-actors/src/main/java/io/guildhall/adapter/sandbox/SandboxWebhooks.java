package io.guildhall.adapter.sandbox;

import io.guildhall.adapter.sandbox.WebhookDeliveries.Delivery;
import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;

/** Background loop of the sandbox: completes late payments and sends webhooks, with retries until they are accepted. */
public final class SandboxWebhooks implements AutoCloseable {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(5);
    private static final int BATCH = 20;

    private final SandboxProvider provider;
    private final Sql database;
    private final SandboxSettings settings;
    private final InstantSource clock;
    private final Signature signature;
    private final HttpClient http;
    private final BackgroundLoop loop;
    private volatile boolean closing;

    public SandboxWebhooks(
            SandboxProvider provider,
            DataSource database,
            SandboxSettings settings,
            InstantSource clock,
            BackgroundLoops loops) {
        this.provider = provider;
        this.database = new Sql(database);
        this.settings = settings;
        this.clock = clock;
        this.signature = new Signature(settings.secrets());
        this.http = HttpClient.newBuilder().connectTimeout(HTTP_TIMEOUT).build();
        this.loop = loops.start("sandbox-webhooks", this::sendDue);
    }

    private Duration sendDue() throws SQLException, InterruptedException {
        provider.settleDue();
        List<Delivery> due = database.transaction(connection -> WebhookDeliveries.claim(connection, BATCH));
        for (var delivery : due) if (!closing) deliver(delivery);
        return due.size() == BATCH ? Duration.ZERO : POLL_INTERVAL;
    }

    private void deliver(Delivery delivery) throws SQLException, InterruptedException {
        var failure = post(delivery);
        database.execute(connection -> {
            if (failure.isEmpty()) WebhookDeliveries.markDelivered(connection, delivery);
            else WebhookDeliveries.markFailed(connection, delivery, failure);
        });
    }

    /** Sends a webhook. Returns the error, or an empty text if it was accepted. */
    private String post(Delivery delivery) throws InterruptedException {
        var body = delivery.body().getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(settings.webhookUrl())
                .timeout(HTTP_TIMEOUT)
                .header("Content-Type", "application/json")
                .header(Signature.HEADER, signature.sign(body, clock.instant()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? "" : "HTTP " + status;
        } catch (IOException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    /** Waits for the current delivery. */
    @Override
    public void close() {
        closing = true;
        loop.close();
        http.shutdownNow();
    }
}
