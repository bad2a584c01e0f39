package io.guildhall.domain.contract;

import io.guildhall.kernel.Money;

/**
 * What two parties agreed, pinned when the contract was drawn: later changes of fees or rules do not touch it.
 *
 * @param feeBasisPoints the platform's share of what is released, in hundredths of a percent
 * @param rulesVersion of the escrow rules that hold for this contract
 */
public record Deal(
        String jobId,
        String proposalId,
        String clientId,
        String freelancerId,
        String title,
        Money price,
        int feeBasisPoints,
        int rulesVersion) {
    /** The escrow rules that contracts are drawn under today. */
    public static final int RULES_VERSION = 1;

    boolean binds(String accountId) {
        return clientId.equals(accountId) || freelancerId.equals(accountId);
    }
}
