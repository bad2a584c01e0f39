package io.guildhall.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The steps from a job to the last review. Methods named {@code await…} return when the read model shows the result.
 */
public final class MarketplaceClient {
    private final ApiClient api;
    private final Duration timeout;

    /** @param timeout for each result that is awaited */
    public MarketplaceClient(ApiClient api, Duration timeout) {
        this.api = api;
        this.timeout = timeout;
    }

    public ApiClient api() {
        return api;
    }

    /** Opens a payout account, completes the sandbox's onboarding page and waits until the account is verified. */
    public void openPayoutAccount(User freelancer) {
        freelancer.post("/api/me/payout-account", Map.of("country", "CH"));
        var link = Await.value(
                freelancer + " has a link to the provider's onboarding page",
                timeout,
                () -> freelancer
                        .find("/api/me/payout-account")
                        .map(it -> it.path("onboardingUrl").asText(""))
                        .filter(it -> !it.isEmpty()));
        // Every node serves the sandbox's page; the link's host is that of the first.
        var page = URI.create(link).getPath();
        api.send(ApiRequest.post(page.replaceAll("onboarding$", "complete-onboarding"), Map.of("outcome", "verified")));
        Await.until(
                "the payout account of " + freelancer + " is verified",
                timeout,
                () -> payoutStatus(freelancer).equals("VERIFIED"));
    }

    public static String payoutStatus(User freelancer) {
        return freelancer.get("/api/me/payout-account").path("status").asText();
    }

    /**
     * @param budgetMin in cents
     * @param budgetMax in cents
     * @return the job's id
     */
    public String postJob(User client, String title, long budgetMin, long budgetMax) {
        return client.post(
                        "/api/jobs?publish=true",
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
                                Map.of("min", ProposalTerms.money(budgetMin), "max", ProposalTerms.money(budgetMax))))
                .path("id")
                .asText();
    }

    /** @return the proposal's id */
    public String submitProposal(User freelancer, String job, ProposalTerms terms) {
        return freelancer
                .post("/api/jobs/" + job + "/proposals", terms.body())
                .path("id")
                .asText();
    }

    /** Waits until the client's list of proposals contains the proposal. */
    public void awaitProposal(User client, String job, String proposal) {
        Await.until(
                "the list of proposals for " + job + " contains " + proposal,
                timeout,
                () -> items(client.get("/api/jobs/" + job + "/proposals?limit=100")).stream()
                        .anyMatch(it -> it.path("id").asText().equals(proposal)));
    }

    /**
     * Accepts a proposal and waits until contract, room and all escrows exist.
     *
     * @return the contract's id
     */
    public String hire(User client, String job, String proposal, int milestones) {
        client.post("/api/proposals/" + proposal + "/accept", Map.of("revision", 1));
        var contract = Await.value(
                "a freelancer is hired for " + job,
                timeout,
                () -> Optional.of(client.get("/api/jobs/" + job))
                        .filter(it -> it.path("status").asText().equals("HIRED"))
                        .map(it -> it.path("contractId").asText()));
        Await.value(contract + " exists", timeout, () -> client.find("/api/contracts/" + contract));
        Await.value(room(contract) + " is open", timeout, () -> client.find("/api/rooms/" + room(contract)));
        for (int number = 1; number <= milestones; number++) awaitEscrow(client, contract, number, "OPENED");
        return contract;
    }

    /** @return the status of the hire */
    public String awaitHireSucceeded(User reader, String contract) {
        return Await.value(
                "the hire " + contract + " has succeeded",
                timeout,
                () -> reader.find("/api/hires/" + contract)
                        .map(it -> it.path("status").asText())
                        .filter("SUCCEEDED"::equals));
    }

    /** The id of a contract's room. */
    public static String room(String contract) {
        return "rm_" + contract.substring(4);
    }

    /** The id of a milestone's escrow. */
    public static String escrow(String contract, int number) {
        return "esc_" + contract.substring(4) + "-" + number;
    }

    private static String milestone(String contract, int number) {
        return "/api/contracts/" + contract + "/milestones/" + number;
    }

    public void fund(User client, String contract, int number, String paymentMethod) {
        client.post(milestone(contract, number) + "/fund", Map.of("paymentMethod", paymentMethod));
    }

    public Optional<JsonNode> findEscrow(User reader, String contract, int number) {
        return reader.find(milestone(contract, number) + "/escrow");
    }

    public JsonNode awaitEscrow(User reader, String contract, int number, String status) {
        return Await.value(
                "the escrow of milestone " + number + " of " + contract + " is " + status,
                timeout,
                () -> findEscrow(reader, contract, number)
                        .filter(it -> it.path("status").asText().equals(status)));
    }

    /** Waits until the provider requires the card holder's confirmation, and confirms on the sandbox's page. */
    public void confirmPayment(User client, String contract, int number) {
        var escrow = Await.value(
                "the payment of milestone " + number + " requires a confirmation",
                timeout,
                () -> findEscrow(client, contract, number)
                        .filter(it -> !it.path("clientSecret").asText("").isEmpty()));
        api.send(ApiRequest.post(
                "/sandbox/payment-intents/" + escrow.path("paymentId").asText() + "/confirm",
                Map.of("clientSecret", escrow.path("clientSecret").asText())));
    }

    public void awaitMilestone(User reader, String contract, int number, String status) {
        Await.until(
                "milestone " + number + " of " + contract + " is " + status,
                timeout,
                () -> milestoneStatus(reader, contract, number).equals(status));
    }

    public String milestoneStatus(User reader, String contract, int number) {
        return reader.get("/api/contracts/" + contract)
                .path("milestones")
                .path(number - 1)
                .path("status")
                .asText();
    }

    /**
     * Requests or offers a refund of a milestone.
     *
     * @param amount in cents; the rest is released to the freelancer
     */
    public void requestRefund(User party, String contract, int number, long amount, String reason) {
        party.post(milestone(contract, number) + "/refund-requests", Map.of("amount", amount, "reason", reason));
    }

    /** Accepts the first refund request of a milestone. */
    public void acceptRefund(User otherParty, String contract, int number) {
        otherParty.post(milestone(contract, number) + "/refund-requests/1/accept");
    }

    public void submitWork(User freelancer, String contract, int number, String note) {
        freelancer.post(milestone(contract, number) + "/submit", Map.of("note", note));
    }

    public void requestChanges(User client, String contract, int number, String note) {
        client.post(milestone(contract, number) + "/request-changes", Map.of("note", note));
    }

    public void acceptWork(User client, String contract, int number) {
        client.post(milestone(contract, number) + "/accept");
    }

    /** @return the message's id */
    public String sendMessage(User author, String room, String text) {
        return author.post("/api/rooms/" + room + "/messages", Map.of("text", text))
                .path("id")
                .asText();
    }

    /** Waits until the counters of a user show this number of unread messages. */
    public void awaitUnread(User user, long messages) {
        Await.until(
                user + " has " + messages + " unread messages",
                timeout,
                () -> user.get("/api/me/counters").path("unreadMessages").asLong() == messages);
    }

    /** Writes a review as soon as the contract can be reviewed. */
    public void writeReview(User author, String contract, int overall, String text) {
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
        Await.until(author + " can review " + contract, timeout, () -> {
            try {
                author.post("/api/contracts/" + contract + "/reviews", body);
                return true;
            } catch (ProblemException problem) {
                if (problem.status() == 404 || problem.status() == 409) return false;
                throw problem;
            }
        });
    }

    /** The items of a page of a list. */
    public static List<JsonNode> items(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false).toList();
    }
}
