package io.guildhall.projections.readmodel.account;

import java.time.Instant;
import java.util.Optional;

/**
 * A suspension, lifted or not.
 *
 * @param number the sequence number of its event among those of the account
 * @param by the account id of the admin
 * @param liftedBy the account id of the admin
 */
public record PastSuspension(
        String accountId,
        long number,
        String reason,
        String by,
        Instant at,
        Optional<String> liftedBy,
        Optional<Instant> liftedAt) {}
