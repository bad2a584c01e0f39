package io.guildhall.projections.readmodel.ledger;

/**
 * The sums of a ledger account, or of all accounts of a kind, in one currency, in minor units.
 *
 * @param account a ledger account; in the trial balance, a kind of ledger accounts
 * @param debits never negative
 * @param credits never negative
 */
public record Balance(String account, String currency, long debits, long credits) {
    /** Returns debits less credits. */
    public long net() {
        return Math.subtractExact(debits, credits);
    }
}
