package io.guildhall.projections.view;

/**
 * The one condition by which public lists exclude the offers of suspended accounts. It reads the suspensions
 * themselves, so lifting one brings everything back.
 */
public final class NotSuspended {
    /** A subquery that is computed once for each statement, so that it changes neither the order nor the use of indexes. */
    private static final String CONDITION = "%s NOT IN (SELECT account_id FROM suspension WHERE is_suspended)";

    private NotSuspended() {}

    /** @param accountId constant SQL: the column of the account that offers the row */
    public static String owner(String accountId) {
        return CONDITION.formatted(accountId);
    }
}
