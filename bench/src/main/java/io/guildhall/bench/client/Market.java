package io.guildhall.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What people do to each other on the way from a job to the last review, each as one call that returns when it shows. */
public final class Market {
    private final Api api;
    private final Duration bound;

    /** @param bound for each thing that follows by itself */
    public Market(Api api, Duration bound) {
        this.api = api;
        this.bound = bound;
    }

    public Api api() {
        return api;
    }

    public void opensPayoutAccount(Person freelancer) {
        freelancer.post("/api/me/payout-account", Map.of("country", "CH"));
        var link = Eventually.get(
                freelancer + " is sent to the provider's page",
                bound,
                () -> freelancer
                        .find("/api/me/payout-account")
                        .map(it -> it.path("onboardingUrl").asText(""))
                        .filter(it -> !it.isEmpty()));
        // The provider's own page, played: whichever node shows it.
        api.send(new Asked(
                "POST",
                URI.create(link).getPath(),
                Optional.of(Map.of("outcome", "verified")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        Eventually.holds(
                freelancer + " can be paid",
                bound,
                () -> payoutStatus(freelancer).equals("VERIFIED"));
    }

    public static String payoutStatus(Person freelancer) {
        return freelancer.get("/api/me/payout-account").path("status").asText();
    }

    public String postsJob(Person client, String title, long least, long most) {
        return client.post(
                        "/api/jobs",
                        Map.of(
                                "title",
                                title,
                                "description",
                                "We bake bread and want a mark for the sign, for paper bags and as a small round icon.",
                                "category",
                                "design",
                                "skills",
                                List.of("logo-design", "illustration"),
                                "pay",
                                "FIXED",
                                "budget",
                                Map.of("min", Offer.money(least), "max", Offer.money(most)),
                                "publish",
                                true))
                .path("id")
                .asText();
    }

    public String proposes(Person freelancer, String job, Offer offer) {
        return freelancer
                .post("/api/jobs/" + job + "/proposals", offer.body())
                .path("id")
                .asText();
    }

    /** Returns when the client can accept it. */
    public void seesProposal(Person client, String job, String proposal) {
        Eventually.holds(
                "the client sees " + proposal,
                bound,
                () -> items(client.get("/api/jobs/" + job + "/proposals?limit=100")).stream()
                        .anyMatch(it -> it.path("id").asText().equals(proposal)));
    }

    /** Accepts, and waits until contract, room and all escrows are there; the contract's id. */
    public String hires(Person client, String job, String proposal, int milestones) {
        // The list may show a proposal before the job has heard of it.
        Eventually.holds(proposal + " can be accepted", bound, () -> {
            try {
                client.post("/api/proposals/" + proposal + "/accept", Map.of("revision", 1));
                return true;
            } catch (Refused refused) {
                if (refused.code().equals("proposal-not-waiting")) return false;
                throw refused;
            }
        });
        return awaitsHire(client, job, milestones);
    }

    public String awaitsHire(Person client, String job, int milestones) {
        var contract = Eventually.get(
                "somebody is hired for " + job,
                bound,
                () -> Optional.of(client.get("/api/jobs/" + job))
                        .filter(it -> it.path("status").asText().equals("HIRED"))
                        .map(it -> it.path("contractId").asText()));
        Eventually.get(contract + " is drawn", bound, () -> client.find("/api/contracts/" + contract));
        Eventually.get(room(contract) + " is open", bound, () -> client.find("/api/rooms/" + room(contract)));
        for (int number = 1; number <= milestones; number++) awaitsEscrow(client, contract, number, "OPENED");
        return contract;
    }

    public static String room(String contract) {
        return "rm_" + contract.substring(4);
    }

    public static String escrow(String contract, int number) {
        return "esc_" + contract.substring(4) + "-" + number;
    }

    private static String milestone(String contract, int number) {
        return "/api/contracts/" + contract + "/milestones/" + number;
    }

    public void funds(Person client, String contract, int number, String paymentMethod) {
        client.post(milestone(contract, number) + "/fund", Map.of("paymentMethod", paymentMethod));
    }

    public Optional<JsonNode> findsEscrow(Person who, String contract, int number) {
        return who.find(milestone(contract, number) + "/escrow");
    }

    public JsonNode awaitsEscrow(Person who, String contract, int number, String status) {
        return Eventually.get(
                "the escrow of milestone " + number + " of " + contract + " is " + status,
                bound,
                () -> findsEscrow(who, contract, number)
                        .filter(it -> it.path("status").asText().equals(status)));
    }

    /** Waits until the provider wants to see the card's holder, and plays that page. */
    public void confirmsPayment(Person client, String contract, int number) {
        var waiting = Eventually.get(
                "the payment of milestone " + number + " asks for a confirmation",
                bound,
                () -> findsEscrow(client, contract, number)
                        .filter(it -> !it.path("clientSecret").asText("").isEmpty()));
        api.send(new Asked(
                "POST",
                "/sandbox/payment-intents/" + waiting.path("paymentId").asText() + "/confirm",
                Optional.of(Map.of("clientSecret", waiting.path("clientSecret").asText())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    public void awaitsMilestone(Person who, String contract, int number, String status) {
        Eventually.holds(
                "milestone " + number + " of " + contract + " is " + status,
                bound,
                () -> milestoneStatus(who, contract, number).equals(status));
    }

    public String milestoneStatus(Person who, String contract, int number) {
        return who.get("/api/contracts/" + contract)
                .path("milestones")
                .path(number - 1)
                .path("status")
                .asText();
    }

    public void submits(Person freelancer, String contract, int number, String note) {
        freelancer.post(milestone(contract, number) + "/submit", Map.of("note", note));
    }

    public void asksForChanges(Person client, String contract, int number, String note) {
        client.post(milestone(contract, number) + "/request-changes", Map.of("note", note));
    }

    public void acceptsWork(Person client, String contract, int number) {
        client.post(milestone(contract, number) + "/accept");
    }

    /** The message's id. */
    public String says(Person who, String room, String text) {
        return who.post("/api/rooms/" + room + "/messages", Map.of("text", text))
                .path("id")
                .asText();
    }

    /** Writes as soon as there is a review to write. */
    public void reviews(Person who, String contract, int overall, String text) {
        var body = Map.of(
                "overall",
                overall,
                "quality",
                5,
                "communication",
                4,
                "timeliness",
                5,
                "professionalism",
                5,
                "text",
                text);
        Eventually.holds(who + " can review", bound, () -> {
            try {
                who.post("/api/contracts/" + contract + "/reviews", body);
                return true;
            } catch (Refused refused) {
                if (refused.status() == 404 || refused.status() == 409) return false;
                throw refused;
            }
        });
    }

    public static List<JsonNode> items(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false).toList();
    }
}
