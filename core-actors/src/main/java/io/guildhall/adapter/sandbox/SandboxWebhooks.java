package io.guildhall.adapter.sandbox;

import io.guildhall.adapter.sandbox.Deliveries.Delivery;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The provider's clockwork, on a virtual thread: settles late payments, and tells what happened until it is heard. */
public final class SandboxWebhooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxWebhooks.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int BATCH = 20;

    private final SandboxProvider provider;
    private final Sql books;
    private final SandboxSettings settings;
    private final InstantSource clock;
    private final Signature signature;
    private final HttpClient http;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker;

    public SandboxWebhooks(
            SandboxProvider provider, DataSource database, SandboxSettings settings, InstantSource clock) {
        this.provider = provider;
        this.books = new Sql(database);
        this.settings = settings;
        this.clock = clock;
        this.signature = new Signature(settings.secrets());
        this.http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        this.worker = Thread.ofVirtual().name("sandbox-webhooks").start(this::run);
    }

    private void run() {
        try {
            boolean more = false;
            while (!closing.await(more ? 0 : PAUSE.toMillis(), TimeUnit.MILLISECONDS)) more = round();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there may be more that is due. */
    private boolean round() throws InterruptedException {
        try {
            provider.settle();
            List<Delivery> due = books.transaction(connection -> Deliveries.claim(connection, BATCH));
            for (var delivery : due) if (closing.getCount() > 0) deliver(delivery);
            return due.size() == BATCH;
        } catch (SQLException e) {
            LOG.warn("the sandbox's books cannot be read: {}", e.getMessage());
            return false;
        }
    }

    private void deliver(Delivery delivery) throws SQLException, InterruptedException {
        var failure = post(delivery);
        books.execute(connection -> {
            if (failure.isEmpty()) Deliveries.delivered(connection, delivery);
            else Deliveries.failed(connection, delivery, failure);
        });
    }

    /** What went wrong; empty where it was heard. */
    private String post(Delivery delivery) throws InterruptedException {
        var body = delivery.body().getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(settings.webhookUrl())
                .timeout(PATIENCE)
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

    /** Waits for the delivery under way. */
    @Override
    public void close() {
        closing.countDown();
        try {
            worker.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.shutdownNow();
    }
}
