package io.guildhall.domain.contract;

import io.guildhall.kernel.Money;
import io.guildhall.kernel.Personal;
import java.util.Optional;

/**
 * What the parties of a contract agreed on. It is pinned when the contract is created: later changes of fees or rules
 * do not affect it.
 *
 * @param jobId empty if the contract follows from an order of a package
 * @param proposalId the accepted proposal; empty if the contract follows from an invite
 * @param inviteId the accepted invite; empty if the contract follows from a proposal
 * @param feeBasisPoints the platform's share of each release, in hundredths of a percent
 * @param rulesVersion the version of the escrow rules that apply to this contract
 */
public record Deal(
        Optional<String> jobId,
        Optional<String> proposalId,
        Optional<String> inviteId,
        String clientId,
        String freelancerId,
        @Personal(of = {"clientId", "freelancerId"}) String title,
        Money price,
        int feeBasisPoints,
        int rulesVersion) {
    /** The version of the escrow rules that applies to new contracts. From version 2 on, silence counts as consent. */
    public static final int RULES_VERSION = 2;

    /** Half of the price. */
    public static final int MAX_FEE_BASIS_POINTS = 5_000;

    public Deal {
        if (feeBasisPoints < 0 || feeBasisPoints > MAX_FEE_BASIS_POINTS)
            throw new IllegalArgumentException(
                    "a fee has 0 to " + MAX_FEE_BASIS_POINTS + " basis points, not " + feeBasisPoints);
    }

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

    /** @param accountId the client or the freelancer */
    public String otherParty(String accountId) {
        return clientId.equals(accountId) ? freelancerId : clientId;
    }

    public boolean hasParty(String accountId) {
        return clientId.equals(accountId) || freelancerId.equals(accountId);
    }
}
