package io.guildhall.bench.load;

import io.guildhall.bench.client.Api;
import io.guildhall.bench.client.Market;
import io.guildhall.bench.client.Offer;
import io.guildhall.bench.client.Person;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** Rooms to talk in, opened as people open them: by hiring. */
record Rooms(Market market, Person client, Person freelancer, List<String> ids) {
    /** None yet. */
    static Rooms of(Api api) {
        var market = new Market(api, Duration.ofSeconds(60));
        var client = Person.joins(api, "Bench Client", List.of("CLIENT"));
        var freelancer = Person.joins(api, "Bench Freelancer", List.of("FREELANCER"));
        market.opensPayoutAccount(freelancer);
        return new Rooms(market, client, freelancer, List.of());
    }

    Rooms more(int count, int atOnce) throws InterruptedException {
        var places = new Semaphore(atOnce);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var opening = IntStream.range(0, count)
                    .mapToObj(number -> threads.submit(() -> {
                        places.acquire();
                        try {
                            return open(number);
                        } finally {
                            places.release();
                        }
                    }))
                    .toList();
            var all = new ArrayList<>(ids);
            for (var it : opening) all.add(it.get());
            return new Rooms(market, client, freelancer, List.copyOf(all));
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "a room was not opened: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private String open(int number) {
        var job = market.postsJob(client, "Bench job " + number, 100, 1_000);
        var proposal = market.proposes(freelancer, job, new Offer("For the bench", List.of(500L)));
        market.seesProposal(client, job, proposal);
        return Market.room(market.hires(client, job, proposal, 1));
    }

    /** A request that says something in one room after another. */
    byte[] request(URI server, int number, boolean withKey) {
        var who = number % 2 == 0 ? client : freelancer;
        var body = "{\"text\":\"Message " + number
                + ": the sketches are in the room, the third is the one that I would go on with.\"}";
        return Responses.ascii(
                "POST /api/rooms/" + ids.get(Math.floorMod(number, ids.size())) + "/messages HTTP/1.1\r\n"
                        + "Host: " + server.getAuthority() + "\r\n"
                        + "Authorization: Bearer " + who.accessToken() + "\r\n"
                        + (withKey ? "Idempotency-Key: " + java.util.UUID.randomUUID() + "\r\n" : "")
                        + "Content-Type: application/json\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n"
                        + body);
    }
}
