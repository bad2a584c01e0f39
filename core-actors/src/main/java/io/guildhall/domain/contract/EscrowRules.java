package io.guildhall.domain.contract;

import java.util.List;

/**
 * The periods after which silence counts as consent. They are pinned when a contract is created.
 *
 * @param acceptanceDays from a submission; then the work is accepted if the client is silent
 * @param acceptanceWarningDays how long before that both parties are warned, in descending order
 * @param refundDays from a client's refund request; then it is agreed to if the freelancer is silent
 * @param refundWarningDays how long before that both parties are warned, in descending order
 */
public record EscrowRules(
        int acceptanceDays, List<Integer> acceptanceWarningDays, int refundDays, List<Integer> refundWarningDays) {
    public static final int MAX_DAYS = 365;
    public static final int MAX_WARNINGS = 10;

    /** 14 days with warnings 7, 3 and 1 day before, and 7 days with warnings 3 and 1 day before. */
    public static final EscrowRules STANDARD = new EscrowRules(14, List.of(7, 3, 1), 7, List.of(3, 1));

    /** @throws IllegalArgumentException with a message that names what is wrong as the configuration does */
    public EscrowRules {
        acceptanceWarningDays = List.copyOf(acceptanceWarningDays);
        refundWarningDays = List.copyOf(refundWarningDays);
        check("acceptance", acceptanceDays, acceptanceWarningDays);
        check("refund", refundDays, refundWarningDays);
    }

    private static void check(String period, int days, List<Integer> warnings) {
        if (days < 1 || days > MAX_DAYS)
            throw new IllegalArgumentException(period + "-days must be from 1 to " + MAX_DAYS + ", not " + days);
        if (warnings.isEmpty() || warnings.size() > MAX_WARNINGS)
            throw new IllegalArgumentException(
                    period + "-warning-days must have 1 to " + MAX_WARNINGS + " numbers, not " + warnings.size());
        int previous = days;
        for (int warning : warnings) {
            if (warning < 1 || warning >= previous)
                throw new IllegalArgumentException(
                        period + "-warning-days must be in descending order, at least 1 and less" + " than " + period
                                + "-days (" + days + "), not " + warnings);
            previous = warning;
        }
    }
}
