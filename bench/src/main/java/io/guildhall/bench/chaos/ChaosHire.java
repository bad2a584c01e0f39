package io.guildhall.bench.chaos;

import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.MarketplaceClient;
import io.guildhall.bench.client.ProblemException;
import io.guildhall.bench.client.ProposalTerms;
import io.guildhall.bench.client.User;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** One hire from the job to the reviews, with cards that fail in different ways. Records every acknowledged write. */
final class ChaosHire {
    /** The smallest amount in USD that can be charged, in cents. */
    private static final long MIN_AMOUNT = 50;

    /** What a split leaves for the freelancer and the fee, in cents. */
    private static final int MIN_RELEASE = 20;

    private static final Duration TIMEOUT = Duration.ofSeconds(150);
    private static final List<String> CARDS = List.of(
            "pm_card_visa",
            "pm_card_late",
            "pm_card_lost",
            "pm_card_visa",
            "pm_card_authenticationRequired",
            "pm_card_declined");

    /** How a milestone ends. */
    enum Ending {
        DELIVERED,
        /** In full. */
        REFUNDED,
        /** Refunded in part, and the rest released. */
        SPLIT;

        /** The endings of the first milestones of successive hires rotate, so that even a short run has all of them. */
        static Ending ofHire(int number) {
            return values()[number % values().length];
        }
    }

    private final String name;
    private final MarketplaceClient market;
    private final User client;
    private final User freelancer;
    private final Random random;
    private final AcknowledgedWrites acknowledged;
    private int messages;

    /** @param name unique; part of every text that the hire writes */
    ChaosHire(
            String name,
            MarketplaceClient market,
            User client,
            User freelancer,
            Random random,
            AcknowledgedWrites acknowledged) {
        this.name = name;
        this.market = market;
        this.client = client;
        this.freelancer = freelancer;
        this.random = random;
        this.acknowledged = acknowledged;
    }

    /** A client whose timeouts suit a cluster whose nodes are being killed. */
    static MarketplaceClient market(ApiClient api) {
        return new MarketplaceClient(api, TIMEOUT);
    }

    /** @param firstEnding of the first milestone; the others end at random */
    void run(Ending firstEnding) {
        // A contract whose milestones are all refunded in full would not be completed.
        int min = firstEnding == Ending.REFUNDED ? 2 : 1;
        var amounts = LongStream.range(0, random.nextInt(min, 4))
                .map(_ -> MIN_AMOUNT + random.nextInt(50_000))
                .boxed()
                .toList();
        var job = market.postJob(client, name, MIN_AMOUNT, 200_000);
        acknowledged.event("job", job, "job.posted");
        var proposal = market.submitProposal(freelancer, job, new ProposalTerms("For " + name, amounts));
        acknowledged.event("proposal", proposal, "proposal.submitted");
        var contract = market.hire(client, job, proposal, amounts.size());
        acknowledged.event("job", job, "job.filling-started");
        var room = MarketplaceClient.room(contract);
        for (int number = 1; number <= amounts.size(); number++) {
            sendMessages(room);
            fund(contract, number);
            sendMessages(room);
            end(
                    contract,
                    number,
                    amounts.get(number - 1),
                    number == 1 ? firstEnding : randomEnding(number == amounts.size()));
        }
        Await.until(
                contract + " is completed",
                TIMEOUT,
                () -> client.get("/api/contracts/" + contract)
                        .path("status")
                        .asText()
                        .equals("COMPLETED"));
        acknowledged.completedHire(
                contract, amounts.stream().mapToLong(Long::longValue).sum());
        writeReviews(contract);
    }

    private void sendMessages(String room) {
        for (int i = random.nextInt(4); i > 0; i--) {
            var author = random.nextBoolean() ? client : freelancer;
            var text = name + ", message " + ++messages;
            acknowledged.message(market.sendMessage(author, room, text), text);
        }
    }

    private void fund(String contract, int number) {
        for (int declined = 0; ; declined++) {
            var card = CARDS.get(random.nextInt(CARDS.size()));
            market.fund(client, contract, number, card);
            acknowledged.event("escrow", MarketplaceClient.escrow(contract, number), "escrow.funding-started");
            if (card.equals("pm_card_authenticationRequired")) confirmPayment(contract, number);
            if (!card.equals("pm_card_declined")) break;
            int attempts = declined + 1;
            Await.until(
                    "the card is declined",
                    TIMEOUT,
                    () -> market.findEscrow(client, contract, number)
                            .filter(it -> it.path("status").asText().equals("OPENED"))
                            .filter(it -> it.path("declinedAttempts").asInt() == attempts)
                            .isPresent());
        }
        market.awaitEscrow(client, contract, number, "HELD");
        market.awaitMilestone(freelancer, contract, number, "FUNDED");
    }

    /** The sandbox's page has no idempotency keys: a retry after a lost response finds no payment to confirm. */
    private void confirmPayment(String contract, int number) {
        try {
            market.confirmPayment(client, contract, number);
        } catch (ProblemException problem) {
            if (problem.status() != 404 && problem.status() != 409) throw problem;
        }
    }

    private Ending randomEnding(boolean isLast) {
        return switch (random.nextInt(6)) {
            case 0 -> isLast ? Ending.SPLIT : Ending.REFUNDED;
            case 1 -> Ending.SPLIT;
            default -> Ending.DELIVERED;
        };
    }

    private void end(String contract, int number, long amount, Ending ending) {
        switch (ending) {
            case DELIVERED -> deliver(contract, number);
            case REFUNDED -> refund(contract, number, amount);
            case SPLIT -> refund(contract, number, part(amount));
        }
    }

    /** Leaves enough for the fee and the freelancer. */
    private long part(long amount) {
        return 1 + random.nextLong(amount - MIN_RELEASE);
    }

    /** @param amount in cents; the rest is released */
    private void refund(String contract, int number, long amount) {
        boolean isOffer = random.nextBoolean();
        var requester = isOffer ? freelancer : client;
        market.requestRefund(requester, contract, number, amount, "Not as agreed: " + name);
        acknowledged.event("contract", contract, "contract.refund-requested");
        market.acceptRefund(isOffer ? client : freelancer, contract, number);
        acknowledged.event("contract", contract, "contract.settlement-decided");
    }

    private void deliver(String contract, int number) {
        market.submitWork(freelancer, contract, number, "Done: " + name);
        acknowledged.event("contract", contract, "contract.work-submitted");
        market.acceptWork(client, contract, number);
        acknowledged.event("contract", contract, "contract.milestone-accepted");
        if (random.nextBoolean()) market.awaitMilestone(freelancer, contract, number, "PAID");
    }

    private void writeReviews(String contract) {
        var body = contract.substring(4);
        market.writeReview(client, contract, 1 + random.nextInt(5), "By the client of " + name);
        acknowledged.event("review", "rev_" + body + "-c", "review.written");
        market.writeReview(freelancer, contract, 1 + random.nextInt(5), "By the freelancer of " + name);
        acknowledged.event("review", "rev_" + body + "-f", "review.written");
    }
}
