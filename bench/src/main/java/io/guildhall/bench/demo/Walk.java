package io.guildhall.bench.demo;

import static io.guildhall.bench.demo.Paper.money;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.bench.client.Api;
import io.guildhall.bench.client.Eventually;
import io.guildhall.bench.client.Market;
import io.guildhall.bench.client.Offer;
import io.guildhall.bench.client.Person;
import io.guildhall.bench.client.Refused;
import java.time.Duration;
import java.util.List;

/** One client, two freelancers, one job, odd amounts. */
final class Walk {
    private static final Duration BOUND = Duration.ofSeconds(30);
    // Fees of 16.6665, 0.0495 and 0.605: rounded up, up, and half a cent up.
    private static final List<Long> MILESTONES = List.of(333_33L, 99L, 12_10L);

    private final Paper paper;
    private final Market market;

    Walk(Paper paper, Api api) {
        this.paper = paper;
        this.market = new Market(api, BOUND);
    }

    void run() {
        paper.chapter("Three people join");
        var ada = joins("Ada Mokoena", "CLIENT");
        var ben = joins("Ben Okafor", "FREELANCER");
        var cleo = joins("Cleo Martin", "FREELANCER");

        paper.chapter("A job, and two who want it");
        var offer = new Offer("I have drawn marks for two bakeries; here is how I would go about yours.", MILESTONES);
        var job = market.postsJob(ada, "Logo for a neighbourhood bakery", 300_00, 500_00);
        paper.step("Ada posts " + job + ", for " + money(300_00) + " to " + money(500_00) + " USD");
        refusedWithoutPayoutAccount(ben, job, offer);
        for (var freelancer : List.of(ben, cleo)) {
            market.opensPayoutAccount(freelancer);
            paper.step(first(freelancer) + " opens a payout account; the provider verifies it");
        }
        var proposal = market.proposes(ben, job, offer);
        paper.step("Ben proposes " + money(offer.price()) + " in three milestones: "
                + String.join(", ", MILESTONES.stream().map(Paper::money).toList()));
        var other = market.proposes(cleo, job, new Offer("Happy to help with this.", List.of(410_00L)));
        paper.step("Cleo proposes " + money(410_00));
        market.seesProposal(ada, job, proposal);
        market.seesProposal(ada, job, other);
        paper.step("Ada sees both");

        paper.chapter("Ben is hired");
        var contract = market.hires(ada, job, proposal, MILESTONES.size());
        paper.step("Ada accepts: " + contract + " is drawn, an escrow waits for each milestone, the room is open");
        isToldOfDecline(cleo, other);
        speak(ada, ben, contract);

        new Payments(paper, market, ada, ben, contract, MILESTONES).run();

        paper.chapter("Both review, blind until both are in");
        reviews(ada, ben, contract);
    }

    private Person joins(String name, String role) {
        var person = Person.registers(market.api(), name, List.of(role));
        paper.step(name + " registers as " + role.toLowerCase() + " with " + person.email());
        if (role.equals("CLIENT")) {
            try {
                person.logsIn();
                Wrong.unlessSame("logging in before the e-mail is verified", "email-not-verified", "an access token");
            } catch (Refused refused) {
                Wrong.unlessSame("logging in before the e-mail is verified", "email-not-verified", refused.code());
                paper.detail("logging in is refused (" + refused.code() + ") until the mail's link is followed");
            }
        }
        person.verifies();
        person.logsIn();
        paper.detail("follows the link in the mail and logs in: " + person.id());
        return person;
    }

    private void refusedWithoutPayoutAccount(Person freelancer, String job, Offer offer) {
        try {
            market.proposes(freelancer, job, offer);
        } catch (Refused refused) {
            paper.step("Ben proposes, and is refused (" + refused.code() + "): nobody could pay him");
            return;
        }
        Wrong.unlessSame("a proposal without a payout account", "refused", "taken");
    }

    private void isToldOfDecline(Person freelancer, String proposal) {
        Eventually.holds(
                "the other proposal is declined",
                BOUND,
                () -> freelancer
                        .get("/api/proposals/" + proposal)
                        .path("status")
                        .asText()
                        .equals("DECLINED"));
        Eventually.holds(
                "its freelancer is told",
                BOUND,
                () -> Market.items(freelancer.get("/api/me/notifications")).stream()
                        .anyMatch(it -> it.toString().contains(proposal)));
        paper.step("Cleo's proposal is declined by that, and she is told");
    }

    private void speak(Person ada, Person ben, String contract) {
        var room = Market.room(contract);
        market.says(ada, room, "Welcome! The sign is 2.40 m wide.");
        market.says(ben, room, "Thank you. First sketches on Thursday.");
        Eventually.holds(
                "both messages show",
                BOUND,
                () -> Market.items(ben.get("/api/rooms/" + room + "/messages")).size() == 2);
        paper.step("They greet each other in " + room);
    }

    private void reviews(Person ada, Person ben, String contract) {
        market.reviews(ada, contract, 5, "What we hoped for, and on time.");
        paper.step("Ada reviews Ben");
        Wrong.unlessSame("what Ben can see of Ada's review before he has written", 0L, texts(ben, contract));
        paper.detail("Ben cannot see it yet");
        market.reviews(ben, contract, 4, "Clear, quick and kind.");
        paper.step("Ben reviews Ada");
        for (var person : List.of(ada, ben))
            Eventually.holds("both reviews show", BOUND, () -> texts(person, contract) == 2);
        paper.step("Both now see both");
        Eventually.holds(
                "the review stands on Ben's page",
                BOUND,
                () -> Market.items(ada.get("/api/accounts/" + ben.id() + "/reviews"))
                                .size()
                        == 1);
        Eventually.holds(
                "there are entries", BOUND, () -> !timeline(ada, contract).isEmpty());
        paper.detail("the contract's timeline has " + timeline(ada, contract).size() + " entries");
    }

    private static List<JsonNode> timeline(Person who, String contract) {
        return Market.items(who.get("/api/contracts/" + contract + "/timeline?limit=100"));
    }

    /** How many of the contract's reviews this person can read, of those that others wrote or that are revealed. */
    private static long texts(Person who, String contract) {
        return Market.items(who.get("/api/contracts/" + contract + "/reviews")).stream()
                .filter(it -> !it.findPath("text").asText("").isEmpty())
                .count();
    }

    private static String first(Person person) {
        return person.name().split(" ")[0];
    }
}
