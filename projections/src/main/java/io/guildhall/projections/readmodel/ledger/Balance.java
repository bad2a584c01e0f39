package io.guildhall.projections.readmodel.ledger;

/**
 * What an account, or all accounts of a kind, come to in one currency, in minor units.
 *
 * @param account an account; in the trial balance a kind of accounts
 * @param debits never negative
 * @param credits never negative
 */
public record Balance(String account, String currency, long debits, long credits) {
    /** Positive where the debits are more. */
    public long net() {
        return Math.subtractExact(debits, credits);
    }
}
