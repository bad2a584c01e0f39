package io.guildhall.bench.load;

import io.guildhall.bench.client.Api;
import io.guildhall.bench.client.Market;
import io.guildhall.bench.client.Offer;
import io.guildhall.bench.client.Person;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Rooms to talk in, opened as people open them: by hiring. */
record Rooms(Market market, Person client, Person freelancer, List<String> ids) {
    private static final int AT_ONCE = 8;

    static Rooms open(Api api, int count) throws InterruptedException {
        var market = new Market(api, Duration.ofSeconds(60));
        var client = Person.joins(api, "Bench Client", List.of("CLIENT"));
        var freelancer = Person.joins(api, "Bench Freelancer", List.of("FREELANCER"));
        market.opensPayoutAccount(freelancer);
        var places = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var opening = java.util.stream.IntStream.range(0, count)
                    .mapToObj(number -> threads.submit(() -> {
                        places.acquire();
                        try {
                            return open(market, client, freelancer, number);
                        } finally {
                            places.release();
                        }
                    }))
                    .toList();
            var ids = new java.util.ArrayList<String>();
            for (var it : opening) ids.add(it.get());
            return new Rooms(market, client, freelancer, List.copyOf(ids));
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "a room was not opened: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private static String open(Market market, Person client, Person freelancer, int number) {
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
