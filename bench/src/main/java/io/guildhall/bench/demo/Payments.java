package io.guildhall.bench.demo;

import static io.guildhall.bench.demo.Paper.money;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.bench.client.Eventually;
import io.guildhall.bench.client.Market;
import io.guildhall.bench.client.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every milestone is paid into escrow, worked for and paid out; the ledger is compared with what was to be after each. */
final class Payments {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String CASH = "provider-cash";
    private static final String FEES = "revenue:fees";

    private final Paper paper;
    private final Market market;
    private final Person client;
    private final Person freelancer;
    private final String contract;
    private final List<Long> amounts;

    Payments(Paper paper, Market market, Person client, Person freelancer, String contract, List<Long> amounts) {
        this.paper = paper;
        this.market = market;
        this.client = client;
        this.freelancer = freelancer;
        this.contract = contract;
        this.amounts = amounts;
    }

    void run() {
        paper.chapter("The escrow is funded");
        Wrong.unlessSame("postings before any payment", List.of(), postings());
        paper.detail("balances before: none, nothing has moved");
        declined();
        paid();
        paper.detail("balances now");
        print(balances());

        paper.chapter("Work is done, accepted and paid, less 5 %");
        long fees = 0;
        for (int number = 1; number <= amounts.size(); number++) fees += works(number);

        paper.chapter("The books");
        entries();
        paper.detail("balances after");
        print(balances());
        check(fees);
    }

    private void declined() {
        market.funds(client, contract, 1, "pm_card_declined");
        var escrow = Eventually.get(
                "the declined card is told",
                BOUND,
                () -> market.findsEscrow(client, contract, 1)
                        .filter(it -> it.path("status").asText().equals("OPENED"))
                        .filter(it -> it.path("declinedAttempts").asInt() == 1));
        paper.step("Ada's first card is declined; the escrow stays "
                + escrow.path("status").asText());
        Wrong.unlessSame("postings after a declined card", List.of(), postings());
    }

    private void paid() {
        for (int number = 1; number <= amounts.size(); number++) {
            boolean asks = number == 2;
            market.funds(client, contract, number, asks ? "pm_card_authenticationRequired" : "pm_card_visa");
            if (asks) {
                market.confirmsPayment(client, contract, number);
                paper.step("Milestone 2: the bank asks who is there, Ada confirms on the provider's page");
            }
            market.awaitsEscrow(client, contract, number, "HELD");
            market.awaitsMilestone(freelancer, contract, number, "FUNDED");
            paper.step("Milestone " + number + ": " + money(amounts.get(number - 1)) + " held");
            awaitBalance(
                    CASH,
                    amounts.subList(0, number).stream()
                            .mapToLong(Long::longValue)
                            .sum());
            awaitBalance("escrow:" + Market.escrow(contract, number), -amounts.get(number - 1));
        }
    }

    /** The platform's fee. */
    private long works(int number) {
        long amount = amounts.get(number - 1);
        long fee = Ledger.fee(amount);
        market.submits(freelancer, contract, number, "Final files in three formats; the sources are in the room.");
        market.awaitsMilestone(client, contract, number, "SUBMITTED");
        if (number == 1) {
            market.asksForChanges(client, contract, number, "A little rounder, please.");
            market.awaitsMilestone(freelancer, contract, number, "CHANGES_REQUESTED");
            market.submits(freelancer, contract, number, "Rounder.");
            market.awaitsMilestone(client, contract, number, "SUBMITTED");
            paper.step("Milestone 1: submitted, changes requested, submitted again");
        }
        market.acceptsWork(client, contract, number);
        market.awaitsMilestone(freelancer, contract, number, "PAID");
        market.awaitsEscrow(client, contract, number, "RELEASED");
        awaitBalance("escrow:" + Market.escrow(contract, number), 0);
        awaitBalance("payable:" + freelancer.id(), 0);
        Wrong.unlessSame("fee of milestone " + number, fee, posted(number, FEES));
        Wrong.unlessSame("paid to the freelancer for milestone " + number, amount - fee, posted(number, "payable:"));
        paper.step("Milestone " + number + ": accepted; " + money(amount) + " = " + money(amount - fee) + " to Ben + "
                + money(fee) + " fee");
        return fee;
    }

    /** What a milestone's release gave to an account, as a positive figure. */
    private long posted(int number, String account) {
        return postings().stream()
                .filter(it -> it.path("milestone").asInt() == number)
                .filter(it -> it.path("account").asText().startsWith(account))
                .filter(it -> it.path("side").asText().equals("CREDIT"))
                .mapToLong(it -> it.path("amount").path("amount").asLong())
                .sum();
    }

    private void check(long fees) {
        var balances = balances();
        long price = amounts.stream().mapToLong(Long::longValue).sum();
        Wrong.unlessSame("entries whose debits and credits differ", Map.of(), Ledger.uneven(postings()));
        Wrong.unlessSame(
                "all balances added up",
                0L,
                balances.values().stream().mapToLong(Long::longValue).sum());
        Wrong.unlessSame("the platform's revenue", -fees, balances.get(FEES));
        Wrong.unlessSame("what the provider keeps for the platform", fees, balances.get(CASH));
        Wrong.unlessSame("owed to the freelancer", 0L, balances.get("payable:" + freelancer.id()));
        for (int number = 1; number <= amounts.size(); number++)
            Wrong.unlessSame("left in escrow " + number, 0L, balances.get("escrow:" + Market.escrow(contract, number)));
        Eventually.holds(
                "the contract is completed",
                BOUND,
                () -> client.get("/api/contracts/" + contract)
                        .path("status")
                        .asText()
                        .equals("COMPLETED"));
        paper.step("Ada paid " + money(price) + " = " + money(price - fees) + " to Ben + " + money(fees)
                + " fees; escrows are empty, the sum of all accounts is zero");
    }

    private List<JsonNode> postings() {
        return Market.items(client.get("/api/contracts/" + contract + "/postings?limit=100"));
    }

    private Map<String, Long> balances() {
        return Ledger.balances(postings());
    }

    private void awaitBalance(String account, long expected) {
        Eventually.holds(
                account + " comes to " + money(expected) + "; it is " + balances(),
                BOUND,
                () -> balances().getOrDefault(account, Long.MIN_VALUE) == expected);
    }

    private void entries() {
        var rows = new ArrayList<List<String>>();
        for (var posting : postings()) {
            long amount = Ledger.signed(posting);
            rows.add(List.of(
                    posting.path("at").asText().replaceAll("\\.\\d+Z$|Z$", "").substring(11),
                    posting.path("what").asText().toLowerCase().replace('_', ' '),
                    posting.path("milestone").asText(),
                    shown(posting.path("account").asText()),
                    amount > 0 ? money(amount) : "",
                    amount < 0 ? money(-amount) : ""));
        }
        paper.table(List.of("at", "what", " no", "account", " debit", " credit"), rows);
    }

    private void print(Map<String, Long> balances) {
        paper.table(
                List.of("account", " debit", " credit"),
                balances.entrySet().stream()
                        .map(it -> List.of(
                                shown(it.getKey()),
                                it.getValue() > 0 ? money(it.getValue()) : "",
                                it.getValue() < 0 ? money(-it.getValue()) : it.getValue() == 0 ? "0.00" : ""))
                        .toList());
    }

    /** Names that people can tell apart. */
    private String shown(String account) {
        if (account.startsWith("escrow:"))
            return "escrow of milestone " + account.substring(account.lastIndexOf('-') + 1);
        if (account.startsWith("payable:")) return "payable to " + freelancer.name();
        return account;
    }
}
