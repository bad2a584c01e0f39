package io.guildhall.domain.gig;

import io.guildhall.kernel.Money;
import java.util.List;

/**
 * One way in which a gig may be ordered.
 *
 * @param deliveryDays from the funding on
 * @param revisions rounds of changes that the price includes
 * @param includes what one gets, point by point
 */
public record GigPackage(Tier tier, String name, Money price, int deliveryDays, int revisions, List<String> includes) {
    public enum Tier {
        BASIC,
        STANDARD,
        PREMIUM
    }

    public GigPackage {
        includes = List.copyOf(includes);
    }

    boolean follows(GigPackage lower) {
        return tier.compareTo(lower.tier) > 0
                && price.currency().equals(lower.price.currency())
                && price.amount() >= lower.price.amount();
    }
}
