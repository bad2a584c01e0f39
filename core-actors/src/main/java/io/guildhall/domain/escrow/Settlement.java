package io.guildhall.domain.escrow;

import io.guildhall.kernel.Money;

/**
 * How the held money of a milestone is divided. The two parts add up to the held amount.
 *
 * @param refund the part that goes back to the client; zero if everything is released
 * @param release the part that is released to the freelancer, including the platform's fee; zero if everything is
 *     refunded
 */
public record Settlement(Money refund, Money release) {
    /** @throws IllegalArgumentException if the refund is more than is held */
    public static Settlement refunding(Money refund, Money held) {
        return new Settlement(refund, held.minus(refund));
    }

    /** The settlement that releases everything. */
    public static Settlement releasing(Money held) {
        return new Settlement(new Money(0, held.currency()), held);
    }

    /** Whether these are the two parts, in minor units. */
    public boolean isOf(long refunded, long released) {
        return refund.amount() == refunded && release.amount() == released;
    }

    public boolean refundsAll() {
        return release.amount() == 0;
    }

    public boolean releasesAll() {
        return refund.amount() == 0;
    }

    /** The platform's share of the released part. */
    public Money fee(int feeBasisPoints) {
        return release.share(feeBasisPoints);
    }

    /** The freelancer's share of the released part. */
    public Money net(int feeBasisPoints) {
        return release.minus(fee(feeBasisPoints));
    }

    /** Whether the two parts add up to the held amount, and a released part leaves something after the fee. */
    public boolean divides(Money held, int feeBasisPoints) {
        return held.currency().equals(refund.currency())
                && held.currency().equals(release.currency())
                && refund.amount() <= held.amount()
                && release.amount() == held.amount() - refund.amount()
                && (refundsAll() || net(feeBasisPoints).amount() > 0);
    }
}
