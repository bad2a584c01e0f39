package io.guildhall.bench.chaos;

import io.guildhall.bench.client.Eventually;
import io.guildhall.bench.client.Market;
import io.guildhall.bench.client.Offer;
import io.guildhall.bench.client.Person;
import io.guildhall.bench.client.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** One hire from the job to the reviews, with payments that go wrong in every way there is; all that is confirmed is written down at once. */
final class Story {
    private static final Duration BOUND = Duration.ofSeconds(150);
    private static final List<String> CARDS = List.of(
            "pm_card_visa",
            "pm_card_late",
            "pm_card_lost",
            "pm_card_visa",
            "pm_card_authenticationRequired",
            "pm_card_declined");

    private final String name;
    private final Market market;
    private final Person client;
    private final Person freelancer;
    private final Random chance;
    private final Acknowledged acknowledged;
    private int messages;

    Story(String name, Market market, Person client, Person freelancer, Random chance, Acknowledged acknowledged) {
        this.name = name;
        this.market = market;
        this.client = client;
        this.freelancer = freelancer;
        this.chance = chance;
        this.acknowledged = acknowledged;
    }

    static Market market(io.guildhall.bench.client.Api api) {
        return new Market(api, BOUND);
    }

    void play() {
        var amounts = LongStream.range(0, 1 + chance.nextInt(3))
                .map(_ -> 1 + chance.nextInt(50_000))
                .boxed()
                .toList();
        var job = market.postsJob(client, name, 1, 200_000);
        acknowledged.did("job", job, "job.posted");
        var proposal = market.proposes(freelancer, job, new Offer("For " + name, amounts));
        acknowledged.did("proposal", proposal, "proposal.submitted");
        market.seesProposal(client, job, proposal);
        var contract = market.hires(client, job, proposal, amounts.size());
        acknowledged.did("job", job, "job.filling-started");
        var room = Market.room(contract);
        for (int number = 1; number <= amounts.size(); number++) {
            speak(room);
            funds(contract, number);
            speak(room);
            works(contract, number);
        }
        Eventually.holds(
                contract + " is completed",
                BOUND,
                () -> client.get("/api/contracts/" + contract)
                        .path("status")
                        .asText()
                        .equals("COMPLETED"));
        acknowledged.finished(
                contract, amounts.stream().mapToLong(Long::longValue).sum());
        reviews(contract);
    }

    private void speak(String room) {
        for (int i = chance.nextInt(4); i > 0; i--) {
            var who = chance.nextBoolean() ? client : freelancer;
            var text = name + ", message " + ++messages;
            acknowledged.said(market.says(who, room, text), text);
        }
    }

    private void funds(String contract, int number) {
        for (int declined = 0; ; declined++) {
            var card = CARDS.get(chance.nextInt(CARDS.size()));
            market.funds(client, contract, number, card);
            acknowledged.did("escrow", Market.escrow(contract, number), "escrow.funding-started");
            if (card.equals("pm_card_authenticationRequired")) confirms(contract, number);
            if (!card.equals("pm_card_declined")) break;
            int times = declined + 1;
            Eventually.holds(
                    "the card is declined",
                    BOUND,
                    () -> market.findsEscrow(client, contract, number)
                            .filter(it -> it.path("status").asText().equals("OPENED"))
                            .filter(it -> it.path("declinedAttempts").asInt() == times)
                            .isPresent());
        }
        market.awaitsEscrow(client, contract, number, "HELD");
        market.awaitsMilestone(freelancer, contract, number, "FUNDED");
    }

    /** The provider's page keeps no keys: asked again after an answer that was lost, it finds nothing left to confirm. */
    private void confirms(String contract, int number) {
        try {
            market.confirmsPayment(client, contract, number);
        } catch (Refused refused) {
            if (refused.status() != 404 && refused.status() != 409) throw refused;
        }
    }

    private void works(String contract, int number) {
        market.submits(freelancer, contract, number, "Done: " + name);
        acknowledged.did("contract", contract, "contract.work-submitted");
        market.acceptsWork(client, contract, number);
        acknowledged.did("contract", contract, "contract.milestone-accepted");
        if (chance.nextBoolean()) market.awaitsMilestone(freelancer, contract, number, "PAID");
    }

    private void reviews(String contract) {
        var body = contract.substring(4);
        market.reviews(client, contract, 1 + chance.nextInt(5), "By the client of " + name);
        acknowledged.did("review", "rev_" + body + "-c", "review.written");
        market.reviews(freelancer, contract, 1 + chance.nextInt(5), "By the freelancer of " + name);
        acknowledged.did("review", "rev_" + body + "-f", "review.written");
    }
}
