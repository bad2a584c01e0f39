package io.guildhall.bench.load;

import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.LiveConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A connection to the {@link EchoServer}. It measures the time until a frame comes back. */
final class EchoProbe implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final LiveConnection connection;
    private volatile CompletableFuture<Long> arrival = new CompletableFuture<>();

    EchoProbe(HttpClient http, URI echo) {
        this.connection = LiveConnection.open(http, echo, "", _ -> arrival.complete(System.nanoTime()));
        arrival.orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    Histogram echo(int count) {
        var latencies = Measurement.histogram();
        for (int i = 0; i < count; i++) {
            Await.sleep(Duration.ofMillis(20));
            arrival = new CompletableFuture<>();
            long sent = System.nanoTime();
            connection.send("{\"type\":\"ping\"}");
            latencies.recordValue(
                    arrival.orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).join() - sent);
        }
        return latencies;
    }

    @Override
    public void close() {
        connection.close();
    }
}
