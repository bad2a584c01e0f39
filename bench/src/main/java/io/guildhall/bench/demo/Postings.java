package io.guildhall.bench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums the postings of a contract. Debits are positive, credits negative. */
final class Postings {
    private Postings() {}

    /** The fee of an amount in cents; half a cent is rounded up. */
    static long fee(long cents, int basisPoints) {
        return Math.floorDiv(Math.addExact(Math.multiplyExact(cents, basisPoints), 5_000L), 10_000L);
    }

    static long signedAmount(JsonNode posting) {
        long amount = posting.path("amount").path("amount").asLong();
        return switch (posting.path("side").asText()) {
            case "DEBIT" -> amount;
            case "CREDIT" -> -amount;
            default -> throw new IllegalArgumentException("neither debit nor credit: " + posting);
        };
    }

    /** The balance of each account, including accounts whose balance is zero. */
    static Map<String, Long> balances(List<JsonNode> postings) {
        var balances = new TreeMap<String, Long>();
        for (var posting : postings)
            balances.merge(posting.path("account").asText(), signedAmount(posting), Math::addExact);
        return balances;
    }

    /** The entries whose debits and credits differ, with the difference. */
    static Map<String, Long> unbalancedEntries(List<JsonNode> postings) {
        var entries = new TreeMap<String, Long>();
        for (var posting : postings)
            entries.merge(posting.path("entry").asText(), signedAmount(posting), Math::addExact);
        entries.values().removeIf(difference -> difference == 0);
        return entries;
    }
}
