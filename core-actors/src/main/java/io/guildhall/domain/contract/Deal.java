package io.guildhall.domain.contract;

import io.guildhall.kernel.Money;
import java.util.Optional;

/**
 * What two parties agreed, pinned when the contract was drawn: later changes of fees or rules do not touch it.
 *
 * @param jobId where it was drawn for a job, not for what was ordered
 * @param proposalId or
 * @param inviteId what it was drawn from
 * @param feeBasisPoints the platform's share of what is released, in hundredths of a percent
 * @param rulesVersion of the escrow rules that hold for this contract
 */
public record Deal(
        Optional<String> jobId,
        Optional<String> proposalId,
        Optional<String> inviteId,
        String clientId,
        String freelancerId,
        String title,
        Money price,
        int feeBasisPoints,
        int rulesVersion) {
    /** The escrow rules that contracts are drawn under today. */
    public static final int RULES_VERSION = 1;

    public static Deal byProposal(
            String jobId,
            String proposalId,
            String clientId,
            String freelancerId,
            String title,
            Money price,
            int feeBasisPoints) {
        return new Deal(
                Optional.of(jobId),
                Optional.of(proposalId),
                Optional.empty(),
                clientId,
                freelancerId,
                title,
                price,
                feeBasisPoints,
                RULES_VERSION);
    }

    boolean binds(String accountId) {
        return clientId.equals(accountId) || freelancerId.equals(accountId);
    }
}
