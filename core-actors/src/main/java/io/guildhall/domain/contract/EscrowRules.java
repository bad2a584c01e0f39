package io.guildhall.domain.contract;

import java.util.List;
import java.util.Optional;

/**
 * The periods after which silence counts as consent, and how often a party can request a refund. They are pinned when a
 * contract is created.
 *
 * @param acceptanceDays from a submission; then the work is accepted if the client is silent
 * @param acceptanceWarningDays how long before that both parties are warned, in descending order
 * @param refundDays from a client's refund request; then it is agreed to if the freelancer is silent
 * @param refundWarningDays how long before that both parties are warned, in descending order
 * @param maxRefundRequests how many refunds of one milestone each party can request; the oldest rules do not have it
 */
public record EscrowRules(
        int acceptanceDays,
        List<Integer> acceptanceWarningDays,
        int refundDays,
        List<Integer> refundWarningDays,
        Optional<Integer> maxRefundRequests) {
    public static final int MAX_DAYS = 365;
    public static final int MAX_WARNINGS = 10;
    public static final int MAX_REQUESTS = 100;

    private static final int STANDARD_REQUESTS = 5;

    /** 14 days with warnings 7, 3 and 1 day before, 7 days with warnings 3 and 1 day before, and 5 requests. */
    public static final EscrowRules STANDARD =
            new EscrowRules(14, List.of(7, 3, 1), 7, List.of(3, 1), Optional.of(STANDARD_REQUESTS));

    /** @throws IllegalArgumentException with a message that names what is wrong as the configuration does */
    public EscrowRules {
        acceptanceWarningDays = List.copyOf(acceptanceWarningDays);
        refundWarningDays = List.copyOf(refundWarningDays);
        check("acceptance", acceptanceDays, acceptanceWarningDays);
        check("refund", refundDays, refundWarningDays);
        int requests = maxRefundRequests.orElse(STANDARD_REQUESTS);
        if (requests < 1 || requests > MAX_REQUESTS)
            throw new IllegalArgumentException(
                    "max-refund-requests must be from 1 to " + MAX_REQUESTS + ", not " + requests);
    }

    /** How many refunds of one milestone each party can request. */
    public int refundRequestLimit() {
        return maxRefundRequests.orElse(STANDARD_REQUESTS);
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
