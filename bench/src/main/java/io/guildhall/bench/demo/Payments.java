package io.guildhall.bench.demo;

import static io.guildhall.bench.demo.CheckFailedException.checkEqual;
import static io.guildhall.bench.demo.Transcript.money;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.MarketplaceClient;
import io.guildhall.bench.client.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Funds every milestone of a contract. All but the last two are delivered and paid; one is refunded and one is split. Checks
 * the ledger after each step.
 */
final class Payments {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String CASH = "provider-cash";
    private static final String FEES = "revenue:fees";

    private final Transcript transcript;
    private final MarketplaceClient market;
    private final SentMails mails;
    private final User client;
    private final User freelancer;
    private final String contract;
    private final List<Long> amounts;
    private final int feeBasisPoints;

    /** @param amounts the price of each milestone, in cents */
    Payments(
            Transcript transcript,
            MarketplaceClient market,
            SentMails mails,
            User client,
            User freelancer,
            String contract,
            List<Long> amounts) {
        this.transcript = transcript;
        this.market = market;
        this.mails = mails;
        this.client = client;
        this.freelancer = freelancer;
        this.contract = contract;
        this.amounts = amounts;
        this.feeBasisPoints =
                client.get("/api/contracts/" + contract).path("feeBasisPoints").asInt();
    }

    void run() {
        transcript.section("The escrow is funded");
        checkEqual("postings before any payment", List.of(), postings());
        transcript.detail("balances before: none, no money has moved");
        declineCard();
        for (int number = 1; number <= amounts.size(); number++) fund(number);
        transcript.detail("balances now");
        printBalances();
        checkMailsAboutFunding();

        transcript.section("Work is submitted, accepted and paid out, less the fee of " + feeBasisPoints / 100.0 + "%");
        long fees = 0;
        int delivered = amounts.size() - 2;
        for (int number = 1; number <= delivered; number++) fees += deliver(number);

        transcript.section("One milestone is refunded, another is split");
        long refunded = refundAll(delivered + 1);
        long part = amounts.getLast() / 3;
        refunded += part;
        fees += split(delivered + 2, part);

        transcript.section("The ledger");
        printPostings();
        transcript.detail("balances after");
        printBalances();
        checkBalances(fees, refunded);
        checkMailsAboutWork(delivered);
    }

    private void checkMailsAboutFunding() {
        transcript.step("Both get an e-mail about each funded milestone, and the client about the other payments:");
        long funded = amounts.size();
        mails.check(
                client,
                Map.of("verification", 1L, "funding-declined", 1L, "funding-needs-you", 1L, "escrow-funded", funded));
        mails.check(freelancer, Map.of("verification", 1L, "escrow-funded", funded));
    }

    /** @param delivered the number of milestones that were accepted and paid */
    private void checkMailsAboutWork(long delivered) {
        transcript.step("The e-mails since then:");
        long funded = amounts.size();
        // One delivered milestone was submitted twice, and the one that was split was submitted once.
        mails.check(
                client,
                Map.of(
                        "verification", 1L,
                        "funding-declined", 1L,
                        "funding-needs-you", 1L,
                        "escrow-funded", funded,
                        "work-submitted", delivered + 2,
                        "refund-offered", 1L,
                        "refund-agreed", 2L,
                        "money-refunded", 2L,
                        "review-due", 1L));
        mails.check(
                freelancer,
                Map.of(
                        "verification", 1L,
                        "escrow-funded", funded,
                        "milestone-paid", delivered,
                        "refund-requested", 1L,
                        "refund-agreed", 2L,
                        "part-paid", 1L,
                        "review-due", 1L));
    }

    private void declineCard() {
        market.fund(client, contract, 1, "pm_card_declined");
        var escrow = Await.value(
                "the escrow reports the declined card",
                TIMEOUT,
                () -> market.findEscrow(client, contract, 1)
                        .filter(it -> it.path("status").asText().equals("OPENED"))
                        .filter(it -> it.path("declinedAttempts").asInt() == 1));
        transcript.step("Ada's first card is declined; the escrow is still "
                + escrow.path("status").asText());
        checkEqual("postings after a declined card", List.of(), postings());
    }

    private void fund(int number) {
        switch (number) {
            case 2 -> {
                market.fund(client, contract, number, "pm_card_authenticationRequired");
                market.confirmPayment(client, contract, number);
                transcript.step("Milestone 2: the bank requires authentication; Ada confirms on the provider's page");
            }
            case 3 -> {
                market.fund(client, contract, number, "pm_card_chargedTwice");
                awaitReturnedSurplus();
                transcript.step("Milestone 3: the provider charged the card twice; the second payment is sent back");
            }
            default -> market.fund(client, contract, number, "pm_card_visa");
        }
        market.awaitEscrow(client, contract, number, "HELD");
        market.awaitMilestone(freelancer, contract, number, "FUNDED");
        transcript.step("Milestone " + number + ": " + money(amounts.get(number - 1)) + " held in escrow");
        awaitBalance(
                CASH,
                amounts.subList(0, number).stream().mapToLong(Long::longValue).sum());
        awaitBalance("escrow:" + MarketplaceClient.escrow(contract, number), -amounts.get(number - 1));
    }

    private void awaitReturnedSurplus() {
        Await.until(
                "the second payment is sent back",
                TIMEOUT,
                () -> postings().stream()
                        .anyMatch(it -> it.path("type").asText().equals("SURPLUS_RETURNED")));
        var surplus = balances().entrySet().stream()
                .filter(it -> it.getKey().startsWith("surplus:"))
                .toList();
        checkEqual("surplus accounts", 1, surplus.size());
        checkEqual("the surplus that is left", 0L, surplus.getFirst().getValue());
    }

    /** @return the platform's fee, in cents */
    private long deliver(int number) {
        long amount = amounts.get(number - 1);
        long fee = Postings.fee(amount, feeBasisPoints);
        market.submitWork(freelancer, contract, number, "Final files in three formats; the sources are in the room.");
        market.awaitMilestone(client, contract, number, "SUBMITTED");
        if (number == 1) {
            market.requestChanges(client, contract, number, "A little rounder, please.");
            market.awaitMilestone(freelancer, contract, number, "CHANGES_REQUESTED");
            market.submitWork(freelancer, contract, number, "Rounder.");
            market.awaitMilestone(client, contract, number, "SUBMITTED");
            transcript.step("Milestone 1: submitted, changes requested, submitted again");
        }
        market.acceptWork(client, contract, number);
        market.awaitMilestone(freelancer, contract, number, "PAID");
        market.awaitEscrow(client, contract, number, "RELEASED");
        awaitBalance("escrow:" + MarketplaceClient.escrow(contract, number), 0);
        awaitBalance("payable:" + freelancer.id(), 0);
        checkEqual("fee of milestone " + number, fee, credited(number, FEES));
        checkEqual("paid to the freelancer for milestone " + number, amount - fee, credited(number, "payable:"));
        transcript.step("Milestone " + number + ": accepted; " + money(amount) + " = " + money(amount - fee)
                + " to Ben + " + money(fee) + " fee");
        return fee;
    }

    /** @return what the client gets back, in cents */
    private long refundAll(int number) {
        long amount = amounts.get(number - 1);
        market.requestRefund(client, contract, number, amount, "We do not need the sign any more.");
        transcript.step(
                "Milestone " + number + ": Ada asks for " + money(amount) + " back; nobody has worked on it yet");
        market.acceptRefund(freelancer, contract, number);
        market.awaitMilestone(client, contract, number, "REFUNDED");
        market.awaitEscrow(client, contract, number, "REFUNDED");
        awaitBalance("escrow:" + MarketplaceClient.escrow(contract, number), 0);
        checkEqual("refunded for milestone " + number, amount, credited(number, CASH));
        checkEqual("fee of milestone " + number, 0L, credited(number, FEES));
        transcript.step(
                "Milestone " + number + ": Ben agrees; " + money(amount) + " go back to Ada's card, without a fee");
        return amount;
    }

    /**
     * @param refund what the client gets back, in cents
     * @return the platform's fee, in cents
     */
    private long split(int number, long refund) {
        long release = amounts.get(number - 1) - refund;
        long fee = Postings.fee(release, feeBasisPoints);
        market.submitWork(freelancer, contract, number, "Two of three icons.");
        market.requestRefund(freelancer, contract, number, refund, "I cannot finish the third icon.");
        transcript.step("Milestone " + number + ": Ben offers " + money(refund) + " back, since a third is missing");
        market.acceptRefund(client, contract, number);
        market.awaitMilestone(client, contract, number, "SPLIT");
        market.awaitEscrow(client, contract, number, "SPLIT");
        awaitBalance("escrow:" + MarketplaceClient.escrow(contract, number), 0);
        awaitBalance("payable:" + freelancer.id(), 0);
        checkEqual("fee of milestone " + number, fee, credited(number, FEES));
        checkEqual("paid to the freelancer for milestone " + number, release - fee, credited(number, "payable:"));
        checkEqual("refunded and paid out for milestone " + number, refund + release - fee, credited(number, CASH));
        transcript.step("Milestone " + number + ": Ada agrees; " + money(refund + release) + " = " + money(refund)
                + " to Ada + " + money(release - fee) + " to Ben + " + money(fee) + " fee");
        return fee;
    }

    /** The sum of a milestone's credits to accounts whose name starts with the prefix. */
    private long credited(int number, String accountPrefix) {
        return postings().stream()
                .filter(it -> it.path("milestone").asInt() == number)
                .filter(it -> it.path("account").asText().startsWith(accountPrefix))
                .filter(it -> it.path("side").asText().equals("CREDIT"))
                .mapToLong(it -> it.path("amount").path("amount").asLong())
                .sum();
    }

    private void checkBalances(long fees, long refunded) {
        var balances = balances();
        long price = amounts.stream().mapToLong(Long::longValue).sum();
        checkEqual("entries whose debits and credits differ", Map.of(), Postings.unbalancedEntries(postings()));
        checkEqual(
                "sum of all balances",
                0L,
                balances.values().stream().mapToLong(Long::longValue).sum());
        checkEqual("the platform's revenue", -fees, balances.get(FEES));
        checkEqual("the platform's balance at the provider", fees, balances.get(CASH));
        checkEqual("owed to the freelancer", 0L, balances.get("payable:" + freelancer.id()));
        for (int number = 1; number <= amounts.size(); number++)
            checkEqual(
                    "balance of escrow " + number,
                    0L,
                    balances.get("escrow:" + MarketplaceClient.escrow(contract, number)));
        Await.until(
                "the contract is completed",
                TIMEOUT,
                () -> client.get("/api/contracts/" + contract)
                        .path("status")
                        .asText()
                        .equals("COMPLETED"));
        transcript.step("Ada paid " + money(price) + " = " + money(price - fees - refunded) + " to Ben + "
                + money(refunded) + " back to Ada + " + money(fees)
                + " fees; all escrows are empty and the sum of all accounts is zero");
    }

    private List<JsonNode> postings() {
        return MarketplaceClient.items(client.get("/api/contracts/" + contract + "/postings?limit=100"));
    }

    private Map<String, Long> balances() {
        return Postings.balances(postings());
    }

    private void awaitBalance(String account, long expected) {
        Await.until(
                "the balance of " + account + " is " + money(expected) + "; balances: " + balances(),
                TIMEOUT,
                () -> balances().getOrDefault(account, Long.MIN_VALUE) == expected);
    }

    private void printPostings() {
        var rows = new ArrayList<List<String>>();
        for (var posting : postings()) {
            long amount = Postings.signedAmount(posting);
            rows.add(List.of(
                    posting.path("at").asText().replaceAll("\\.\\d+Z$|Z$", "").substring(11),
                    posting.path("type").asText().toLowerCase(Locale.ROOT).replace('_', ' '),
                    posting.path("milestone").asText(),
                    accountName(posting.path("account").asText()),
                    amount > 0 ? money(amount) : "",
                    amount < 0 ? money(-amount) : ""));
        }
        transcript.table(List.of("time", "entry", " no", "account", " debit", " credit"), rows);
    }

    private void printBalances() {
        transcript.table(
                List.of("account", " debit", " credit"),
                balances().entrySet().stream()
                        .map(it -> List.of(
                                accountName(it.getKey()),
                                it.getValue() > 0 ? money(it.getValue()) : "",
                                it.getValue() < 0 ? money(-it.getValue()) : it.getValue() == 0 ? "0.00" : ""))
                        .toList());
    }

    private String accountName(String account) {
        if (account.startsWith("escrow:"))
            return "escrow of milestone " + account.substring(account.lastIndexOf('-') + 1);
        if (account.startsWith("payable:")) return "payable to " + freelancer.name();
        if (account.startsWith("surplus:")) return "surplus";
        return account;
    }
}
