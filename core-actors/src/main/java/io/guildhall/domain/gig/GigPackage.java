package io.guildhall.domain.gig;

import io.guildhall.kernel.Money;
import io.guildhall.kernel.Personal;
import java.util.List;

/**
 * One tier of a gig that clients can order.
 *
 * @param deliveryDays from funding to delivery, at least 1
 * @param revisions rounds of changes that the price includes
 * @param includes the parts of the delivery, for display
 */
public record GigPackage(
        Tier tier,
        @Personal String name,
        Money price,
        int deliveryDays,
        int revisions,
        @Personal List<String> includes) {
    public enum Tier {
        BASIC,
        STANDARD,
        PREMIUM
    }

    public GigPackage {
        includes = List.copyOf(includes);
    }

    boolean canFollow(GigPackage lower) {
        return tier.compareTo(lower.tier) > 0
                && price.currency().equals(lower.price.currency())
                && price.amount() >= lower.price.amount();
    }
}
