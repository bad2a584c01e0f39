package io.guildhall.domain.escrow;

import io.guildhall.kernel.Money;

/**
 * What an escrow is for. Amount and parties come from the contract, never from a request.
 *
 * @param milestone numbered from 1
 * @param feeBasisPoints the platform's share of what is released, in hundredths of a percent
 */
public record EscrowDeal(
        String contractId,
        int milestone,
        String title,
        String clientId,
        String freelancerId,
        Money amount,
        int feeBasisPoints) {
    public Money fee() {
        return amount.share(feeBasisPoints);
    }

    public Money net() {
        return amount.minus(fee());
    }

    boolean binds(String accountId) {
        return clientId.equals(accountId) || freelancerId.equals(accountId);
    }
}
