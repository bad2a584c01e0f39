package io.guildhall.domain.escrow;

import io.guildhall.kernel.Money;
import io.guildhall.kernel.Personal;

/**
 * The milestone that an escrow belongs to, its amount and its parties. They come from the contract, never from a
 * request.
 *
 * @param milestone number of the milestone in its contract, from 1
 * @param title of the milestone
 * @param feeBasisPoints the platform's share of the release, in hundredths of a percent
 */
public record EscrowDeal(
        String contractId,
        int milestone,
        @Personal(of = {"clientId", "freelancerId"}) String title,
        String clientId,
        String freelancerId,
        Money amount,
        int feeBasisPoints) {
    /** The platform's share of the release. */
    public Money fee() {
        return amount.share(feeBasisPoints);
    }

    /** The freelancer's share of the release. */
    public Money net() {
        return amount.minus(fee());
    }

    boolean hasParty(String accountId) {
        return clientId.equals(accountId) || freelancerId.equals(accountId);
    }
}
