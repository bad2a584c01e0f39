package io.guildhall.bench.seed;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.ApiRequest;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.NoResponseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Sends a marketplace to the management port of a running node and waits until all of it is indexed. */
final class SeedUploader {
    static final ApiClient.RetryPolicy RETRY_POLICY =
            new ApiClient.RetryPolicy(Duration.ofSeconds(60), Duration.ofMinutes(5), true);
    private static final int USERS_PER_BATCH = 25;
    private static final Duration STALL_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final ApiClient api;
    private final String password;

    SeedUploader(ApiClient api, String password) {
        this.api = api;
        this.password = password;
    }

    /** @return the number of added accounts, profiles, gigs and jobs; 0 if all of them existed */
    long upload(Marketplace marketplace) {
        var batches = batches(marketplace);
        var progress = ProgressLine.toStandardOutput(
                "uploaded", batches.stream().mapToLong(SeedBatch::documents).sum());
        long added = 0;
        long done = 0;
        for (var batch : batches) {
            added += post(batch);
            done += batch.documents();
            progress.update(done);
        }
        progress.finish();
        return added;
    }

    private long post(SeedBatch batch) {
        var body = Map.of("password", password, "users", batch.users());
        return api.send(ApiRequest.post("/guildhall/seed", body))
                .body()
                .path("added")
                .asLong();
    }

    private static List<SeedBatch> batches(Marketplace marketplace) {
        var gigs = marketplace.gigs().stream().collect(Collectors.groupingBy(SeedGig::freelancerId));
        var jobs = marketplace.jobs().stream().collect(Collectors.groupingBy(SeedJob::clientId));
        var users = marketplace.users();
        var batches = new ArrayList<SeedBatch>();
        for (int from = 0; from < users.size(); from += USERS_PER_BATCH)
            batches.add(SeedBatch.of(users.subList(from, Math.min(from + USERS_PER_BATCH, users.size())), gigs, jobs));
        return batches;
    }

    /** Waits until every document is in the search tables, and then until every vector is stored. */
    void awaitIndexed() {
        await("listed", this::searchViewLag);
        await("embedded", () -> get("/guildhall/index").path("pending").asLong());
    }

    private void await(String what, LongSupplier remaining) {
        long total = remaining.getAsLong();
        if (total == 0) return;
        var progress = ProgressLine.toStandardOutput(what, total);
        long lowest = total;
        long lastProgress = System.nanoTime();
        for (long now = total; now > 0; now = remaining.getAsLong()) {
            if (now < lowest) {
                lowest = now;
                lastProgress = System.nanoTime();
            }
            if (System.nanoTime() - lastProgress > STALL_TIMEOUT.toNanos())
                throw new NoResponseException(now + " documents are not " + what + " and there was no progress for "
                        + STALL_TIMEOUT.toMinutes() + " minutes. See the node's log. The uploaded documents are kept.");
            progress.update(Math.max(0, total - now));
            Await.sleep(POLL_INTERVAL);
        }
        progress.finish();
    }

    private long searchViewLag() {
        long events = 0;
        for (var follower : get("/guildhall/followers"))
            if (follower.path("follower").asText().equals("search"))
                events += follower.path("eventsBehind").asLong();
        return events;
    }

    private JsonNode get(String path) {
        return api.send(ApiRequest.get(path)).body();
    }
}
