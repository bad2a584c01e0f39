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

    /** @throws IllegalArgumentException with a message that starts with the name of the component */
    public EscrowRules {
        acceptanceWarningDays = List.copyOf(acceptanceWarningDays);
        refundWarningDays = List.copyOf(refundWarningDays);
        check("acceptanceDays", acceptanceDays, "acceptanceWarningDays", acceptanceWarningDays);
        check("refundDays", refundDays, "refundWarningDays", refundWarningDays);
    }

    private static void check(String daysName, int days, String warningsName, List<Integer> warnings) {
        if (days < 1 || days > MAX_DAYS)
            throw new IllegalArgumentException(daysName + " must be from 1 to " + MAX_DAYS + ", not " + days);
        if (warnings.isEmpty() || warnings.size() > MAX_WARNINGS)
            throw new IllegalArgumentException(
                    warningsName + " must have 1 to " + MAX_WARNINGS + " numbers, not " + warnings.size());
        int previous = days;
        for (int warning : warnings) {
            if (warning < 1 || warning >= previous)
                throw new IllegalArgumentException(warningsName + " must be in descending order, less than " + daysName
                        + " (" + days + ") and at least 1, not " + warnings);
            previous = warning;
        }
    }
}
