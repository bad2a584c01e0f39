package io.guildhall.bench.seed;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.bench.client.Api;
import io.guildhall.bench.client.Asked;
import io.guildhall.bench.client.Eventually;
import io.guildhall.bench.client.NoAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Brings a marketplace into a running house by its management port, and waits until all of it can be found. */
final class Delivery {
    static final Api.Patience PATIENCE = new Api.Patience(Duration.ofSeconds(60), Duration.ofMinutes(5), true);
    private static final int PEOPLE = 25;
    private static final Duration STUCK = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Api api;
    private final String password;

    Delivery(Api api, String password) {
        this.api = api;
        this.password = password;
    }

    /** @return how much was added: 0 where all of it was there */
    long bring(Marketplace marketplace) {
        var batches = batches(marketplace);
        var progress = new Progress(
                System.out,
                "brought",
                batches.stream().mapToLong(Batch::documents).sum());
        long added = 0;
        long done = 0;
        for (var batch : batches) {
            added += post(batch);
            done += batch.documents();
            progress.at(done);
        }
        progress.over();
        return added;
    }

    private long post(Batch batch) {
        var body = Map.of("password", password, "people", batch.people());
        return api.send(new Asked(
                        "POST",
                        "/guildhall/seed",
                        Optional.of(body),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .body()
                .path("added")
                .asLong();
    }

    private static List<Batch> batches(Marketplace marketplace) {
        var gigs = marketplace.gigs().stream().collect(Collectors.groupingBy(SeedGig::freelancerId));
        var jobs = marketplace.jobs().stream().collect(Collectors.groupingBy(SeedJob::clientId));
        var people = marketplace.people();
        var batches = new ArrayList<Batch>();
        for (int from = 0; from < people.size(); from += PEOPLE)
            batches.add(Batch.of(people.subList(from, Math.min(from + PEOPLE, people.size())), gigs, jobs));
        return batches;
    }

    /** First the list of what can be found, then the reading of it. */
    void awaitFound() {
        await("listed", this::behind);
        await("read", () -> get("/guildhall/index").path("waiting").asLong());
    }

    private void await(String what, LongSupplier left) {
        long total = left.getAsLong();
        if (total == 0) return;
        var progress = new Progress(System.out, what, total);
        long least = total;
        long moved = System.nanoTime();
        for (long now = total; now > 0; now = left.getAsLong()) {
            if (now < least) {
                least = now;
                moved = System.nanoTime();
            }
            if (System.nanoTime() - moved > STUCK.toNanos())
                throw new NoAnswer(now + " are not " + what + ", and for " + STUCK.toMinutes()
                        + " minutes none was; the node's log may say why. What was brought stays.");
            progress.at(Math.max(0, total - now));
            Eventually.pause(LOOK);
        }
        progress.over();
    }

    private long behind() {
        long behind = 0;
        for (var follower : get("/guildhall/followers"))
            if (follower.path("follower").asText().equals("search"))
                behind += follower.path("behind").asLong();
        return behind;
    }

    private JsonNode get(String path) {
        return api.send(Asked.get(path, Optional.empty())).body();
    }
}
