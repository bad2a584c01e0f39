package io.guildhall.domain.hire;

import io.guildhall.domain.contract.EscrowRules;
import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.Optional;

/**
 * What is pinned when a hire starts.
 *
 * @param jobId the job that is filled; empty for an order
 * @param title of the job or gig
 * @param feeBasisPoints the fee of the contract
 * @param deadline a hire that is not agreed on at this time has failed
 * @param rules the escrow rules of the contract; the oldest events do not have them
 */
public record HireDetails(
        HireSource source,
        Optional<String> jobId,
        String clientId,
        @Personal String title,
        int feeBasisPoints,
        Instant deadline,
        Optional<EscrowRules> rules) {}
