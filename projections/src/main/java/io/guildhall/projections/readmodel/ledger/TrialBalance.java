package io.guildhall.projections.readmodel.ledger;

import java.util.List;

/**
 * The sums of all postings.
 *
 * @param kinds {@code provider-cash}, {@code escrow}, {@code payable}, {@code revenue}, {@code surplus} and
 *     {@code write-offs}, one balance for each currency
 * @param totals over all accounts, one for each currency: debits equal credits
 */
public record TrialBalance(List<Balance> kinds, List<Balance> totals) {
    public TrialBalance {
        kinds = List.copyOf(kinds);
        totals = List.copyOf(totals);
    }

    public boolean isBalanced() {
        return totals.stream().allMatch(it -> it.net() == 0);
    }
}
