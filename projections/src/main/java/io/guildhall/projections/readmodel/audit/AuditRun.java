package io.guildhall.projections.readmodel.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * One comparison of our records with the payment provider.
 *
 * @param requestedBy {@code schedule} or {@code operator}
 * @param coversFrom the start of the period of the provider's bookings
 * @param coversUntil the end of the period, exclusive
 * @param entities number of escrows and discrepancies that were compared with the ledger
 * @param bookings number of the provider's bookings that were compared with our records
 * @param movements number of our movements that the provider was asked about, since its list did not contain them
 * @param recorded number of bookings that no event had recorded before
 * @param differences number of comparisons with a difference; a payment that is recorded as a discrepancy is none in
 *     the next run
 * @param failures number of attempts that failed, after each of which the run continues
 * @param error of the last attempt, if it has failed
 */
public record AuditRun(
        long id,
        String requestedBy,
        Instant coversFrom,
        Instant coversUntil,
        Phase phase,
        long entities,
        long bookings,
        long movements,
        long recorded,
        long differences,
        long failures,
        Optional<String> error,
        Instant createdAt,
        Optional<Instant> finishedAt) {
    /** What a run does, in this order. */
    public enum Phase {
        /** Compares the ledger with the sums of the events. */
        LEDGER,
        /** Compares the provider's bookings with our movements. */
        BOOKINGS,
        /** Asks the provider about our movements that it has not listed. */
        MOVEMENTS,
        DONE
    }
}
