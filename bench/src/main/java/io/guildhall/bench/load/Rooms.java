package io.guildhall.bench.load;

import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.MarketplaceClient;
import io.guildhall.bench.client.ProposalTerms;
import io.guildhall.bench.client.User;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** The rooms of a client and a freelancer, opened by hiring. */
record Rooms(MarketplaceClient market, User client, User freelancer, List<String> ids) {
    /** Registers client and freelancer. There are no rooms yet. */
    static Rooms none(ApiClient api) {
        var market = new MarketplaceClient(api, Duration.ofSeconds(60));
        var client = User.registerAndLogIn(api, "Bench Client", List.of("CLIENT"));
        var freelancer = User.registerAndLogIn(api, "Bench Freelancer", List.of("FREELANCER"));
        market.openPayoutAccount(freelancer);
        return new Rooms(market, client, freelancer, List.of());
    }

    /** @param concurrency the number of hires at the same time */
    Rooms open(int count, int concurrency) throws InterruptedException {
        var permits = new Semaphore(concurrency);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var opened = IntStream.range(0, count)
                    .mapToObj(number -> threads.submit(() -> {
                        permits.acquire();
                        try {
                            return openRoom(number);
                        } finally {
                            permits.release();
                        }
                    }))
                    .toList();
            var all = new ArrayList<>(ids);
            for (var it : opened) all.add(it.get());
            return new Rooms(market, client, freelancer, List.copyOf(all));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a room could not be opened: " + e.getMessage(), e);
        }
    }

    /** One of the rooms. */
    Rooms only(int index) {
        return new Rooms(market, client, freelancer, List.of(ids.get(index)));
    }

    private String openRoom(int number) {
        var job = market.postJob(client, "Bench job " + number, 100, 1_000);
        var proposal = market.submitProposal(freelancer, job, new ProposalTerms("For the bench", List.of(500L)));
        return MarketplaceClient.room(market.hire(client, job, proposal, 1));
    }

    /** The bytes of a request that sends a message. The number selects author and room in turn. */
    byte[] request(URI server, int number, boolean withKey) {
        var author = number % 2 == 0 ? client : freelancer;
        var body = "{\"text\":\"Message " + number
                + ": the sketches are in the room, the third is the one that I would go on with.\"}";
        var path = "/api/rooms/" + ids.get(Math.floorMod(number, ids.size())) + "/messages";
        return post(server, path, author, withKey ? "Idempotency-Key: " + UUID.randomUUID() + "\r\n" : "", body);
    }

    /** The bytes of a request with which the client posts and publishes a job. */
    byte[] jobRequest(URI server, int number) {
        var body = """
                {"title": "Bench job %d", "description": "We bake bread and want a mark for the sign, for paper bags and as a small round icon.",
                 "category": "design", "skills": ["logo-design", "illustration"], "pay": "FIXED",
                 "budget": {"min": {"amount": %d, "currency": "EUR"}, "max": {"amount": 90000, "currency": "EUR"}}}
                """.formatted(number, 1_000 + number % 50_000);
        return post(server, "/api/jobs?publish=true", client, "", body);
    }

    private static byte[] post(URI server, String path, User user, String header, String body) {
        return ResponseReader.ascii("POST " + path + " HTTP/1.1\r\n"
                + "Host: " + server.getAuthority() + "\r\n"
                + "Authorization: Bearer " + user.accessToken() + "\r\n"
                + header
                + "Content-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n"
                + body);
    }
}
