package io.guildhall.projections.readmodel.ledger;

import java.util.List;

/**
 * All that was ever posted.
 *
 * @param kinds {@code provider-cash}, {@code escrow}, {@code payable}, {@code revenue}, each in each currency that it has
 * @param totals over all accounts, one for each currency: debits and credits are the same
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
