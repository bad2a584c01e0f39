package io.guildhall.bench.demo;

import static io.guildhall.bench.demo.CheckFailedException.checkEqual;
import static io.guildhall.bench.demo.Transcript.money;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.MarketplaceClient;
import io.guildhall.bench.client.ProblemException;
import io.guildhall.bench.client.ProposalTerms;
import io.guildhall.bench.client.User;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The scenario of the demo: one client, two freelancers and one job whose amounts do not divide evenly. */
final class Walkthrough {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    // Exact fees: 16.6665, 0.0495 and 0.605. Each is rounded up, the last from exactly half a cent.
    // The last two are not delivered: one is refunded, the other is split.
    private static final List<Long> MILESTONES = List.of(333_33L, 99L, 12_10L, 40_00L, 50_01L);

    private final Transcript transcript;
    private final MarketplaceClient market;
    private final SentMails mails;
    private final URI node;

    /** @param node for live connections */
    Walkthrough(Transcript transcript, ApiClient api, URI node) {
        this.node = node;
        this.transcript = transcript;
        this.market = new MarketplaceClient(api, TIMEOUT);
        this.mails = new SentMails(transcript, api, TIMEOUT);
    }

    void run() {
        transcript.section("Three users register");
        var ada = register("Ada Mokoena", "CLIENT");
        var ben = register("Ben Okafor", "FREELANCER");
        var cleo = register("Cleo Martin", "FREELANCER");

        transcript.section("A job and two proposals");
        var terms = new ProposalTerms(
                "I have drawn marks for two bakeries; here is how I would go about yours.", MILESTONES);
        var job = market.postJob(ada, "Logo for a neighbourhood bakery", 300_00, 500_00);
        transcript.step("Ada posts " + job + " with a budget of " + money(300_00) + " to " + money(500_00) + " USD");
        checkProposalNeedsPayoutAccount(ben, job, terms);
        for (var freelancer : List.of(ben, cleo)) {
            market.openPayoutAccount(freelancer);
            transcript.step(firstName(freelancer) + " opens a payout account; the provider verifies it");
        }
        var proposal = market.submitProposal(ben, job, terms);
        transcript.step("Ben proposes " + money(terms.price()) + " in five milestones: "
                + String.join(", ", MILESTONES.stream().map(Transcript::money).toList()));
        var other = market.submitProposal(cleo, job, new ProposalTerms("Happy to help with this.", List.of(410_00L)));
        transcript.step("Cleo proposes " + money(410_00));
        market.awaitProposal(ada, job, proposal);
        market.awaitProposal(ada, job, other);
        transcript.step("Ada's list contains both proposals");

        transcript.section("Ben is hired");
        var contract = market.hire(ada, job, proposal, MILESTONES.size());
        transcript.step(
                "Ada accepts Ben's proposal: " + contract + ", an escrow for each milestone and a room are created");
        transcript.detail("the hire " + contract + " is " + market.awaitHireSucceeded(ada, contract));
        checkDeclineIsNotified(cleo, other);
        exchangeMessages(ada, ben, contract);
        transcript.step("Nobody gets an e-mail about the hire, only about the registration:");
        for (var user : List.of(ada, ben, cleo)) mails.check(user, Map.of("verification", 1L));

        new Payments(transcript, market, mails, ada, ben, contract, MILESTONES).run();

        transcript.section("Both review; each review is sealed until both are written");
        exchangeReviews(ada, ben, contract);
    }

    private User register(String name, String role) {
        var user = User.register(market.api(), name, List.of(role));
        transcript.step(name + " registers as " + role.toLowerCase(Locale.ROOT) + " with " + user.email());
        if (role.equals("CLIENT")) checkLoginNeedsVerifiedEmail(user);
        user.verifyEmail();
        user.logIn();
        transcript.detail("follows the link in the e-mail and logs in: " + user.id());
        return user;
    }

    private void checkLoginNeedsVerifiedEmail(User user) {
        var check = "login before the e-mail address is verified";
        try {
            user.logIn();
        } catch (ProblemException problem) {
            checkEqual(check, "wrong-credentials", problem.code());
            transcript.detail("login before the e-mail address is verified: " + problem.code());
            return;
        }
        checkEqual(check, "wrong-credentials", "an access token");
    }

    private void checkProposalNeedsPayoutAccount(User freelancer, String job, ProposalTerms terms) {
        try {
            market.submitProposal(freelancer, job, terms);
        } catch (ProblemException problem) {
            transcript.step("Ben proposes without a payout account: " + problem.code());
            return;
        }
        checkEqual("a proposal without a payout account", "a problem", "accepted");
    }

    private void checkDeclineIsNotified(User freelancer, String proposal) {
        Await.until(
                "the other proposal is declined",
                TIMEOUT,
                () -> freelancer
                        .get("/api/proposals/" + proposal)
                        .path("status")
                        .asText()
                        .equals("DECLINED"));
        Await.until(
                "its freelancer is notified",
                TIMEOUT,
                () -> MarketplaceClient.items(freelancer.get("/api/me/notifications")).stream()
                        .anyMatch(it -> it.toString().contains(proposal)));
        transcript.step("Cleo's proposal is declined automatically and she is notified");
    }

    private void exchangeMessages(User ada, User ben, String contract) {
        var room = MarketplaceClient.room(contract);
        try (var listener = new RoomListener(node, ben, room)) {
            var text = "Welcome! The sign is 2.40 m wide.";
            market.sendMessage(ada, room, text);
            var message = listener.awaitMessage();
            checkEqual(
                    "the message on Ben's live connection",
                    text,
                    message.path("text").asText());
            transcript.step("Ada writes to Ben, and his live connection receives the message: “" + text + "”");
            ben.post(
                    "/api/rooms/" + room + "/read",
                    Map.of("number", message.path("number").asLong()));
        }
        market.sendMessage(ben, room, "Thank you. First sketches on Thursday.");
        market.awaitUnread(ada, 1);
        market.awaitUnread(ben, 0);
        transcript.detail("Ben has read it; his reply is unread for Ada");
        Await.until(
                "both messages are listed",
                TIMEOUT,
                () -> MarketplaceClient.items(ben.get("/api/rooms/" + room + "/messages")).stream()
                                .filter(it -> !it.has("report"))
                                .count()
                        == 2);
        transcript.step("They exchange messages in " + room);
    }

    private void exchangeReviews(User ada, User ben, String contract) {
        market.writeReview(ada, contract, 5, "What we hoped for, and on time.");
        transcript.step("Ada reviews Ben");
        checkEqual("reviews that Ben can read before he has written his own", 0L, readableReviews(ben, contract));
        transcript.detail("Ben cannot read it yet");
        market.writeReview(ben, contract, 4, "Clear, quick and kind.");
        transcript.step("Ben reviews Ada");
        for (var user : List.of(ada, ben))
            Await.until("both reviews are revealed", TIMEOUT, () -> readableReviews(user, contract) == 2);
        transcript.step("Both can now read both reviews");
        Await.until(
                "Ben's public reviews contain the review",
                TIMEOUT,
                () -> MarketplaceClient.items(ada.get("/api/accounts/" + ben.id() + "/reviews"))
                                .size()
                        == 1);
        Await.until(
                "the timeline has entries",
                TIMEOUT,
                () -> !timeline(ada, contract).isEmpty());
        transcript.detail(
                "the contract's timeline has " + timeline(ada, contract).size() + " entries");
    }

    private static List<JsonNode> timeline(User reader, String contract) {
        return MarketplaceClient.items(reader.get("/api/contracts/" + contract + "/timeline?limit=100"));
    }

    /** The number of the contract's reviews whose text this user can read. */
    private static long readableReviews(User reader, String contract) {
        return MarketplaceClient.items(reader.get("/api/contracts/" + contract + "/reviews")).stream()
                .filter(it -> !it.findPath("text").asText("").isEmpty())
                .count();
    }

    private static String firstName(User user) {
        return user.name().split(" ")[0];
    }
}
