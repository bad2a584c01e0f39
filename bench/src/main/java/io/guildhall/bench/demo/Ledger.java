package io.guildhall.bench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The postings of a contract, added up by account: debits are positive. */
final class Ledger {
    private static final int FEE_BASIS_POINTS = 500;

    private Ledger() {}

    /** 5 %, half a cent rounded up. */
    static long fee(long cents) {
        return Math.floorDiv(Math.addExact(Math.multiplyExact(cents, FEE_BASIS_POINTS), 5_000L), 10_000L);
    }

    static long signed(JsonNode posting) {
        long amount = posting.path("amount").path("amount").asLong();
        return switch (posting.path("side").asText()) {
            case "DEBIT" -> amount;
            case "CREDIT" -> -amount;
            default -> throw new IllegalArgumentException("neither debit nor credit: " + posting);
        };
    }

    /** Accounts whose postings cancel out are listed with zero. */
    static Map<String, Long> balances(List<JsonNode> postings) {
        var balances = new TreeMap<String, Long>();
        for (var posting : postings) balances.merge(posting.path("account").asText(), signed(posting), Math::addExact);
        return balances;
    }

    /** Entries whose debits and credits differ, by how much. */
    static Map<String, Long> uneven(List<JsonNode> postings) {
        var entries = new TreeMap<String, Long>();
        for (var posting : postings) entries.merge(posting.path("entry").asText(), signed(posting), Math::addExact);
        entries.values().removeIf(rest -> rest == 0);
        return entries;
    }
}
