package io.guildhall.testing;

import io.guildhall.domain.gig.GigPackage;
import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.kernel.Money;
import java.util.List;

/** Builds a valid package of a gig. A test names only the attributes that it depends on. */
public final class PackageBuilder {
    private final Tier tier;
    private String name = "";
    private Money price = new Money(10_000, "USD");
    private int deliveryDays = 7;
    private int revisions = 2;
    private List<String> includes = List.of();

    private PackageBuilder(Tier tier) {
        this.tier = tier;
    }

    public static PackageBuilder aPackage(Tier tier) {
        return new PackageBuilder(tier);
    }

    public PackageBuilder named(String value) {
        name = value;
        return this;
    }

    public PackageBuilder priced(Money value) {
        price = value;
        return this;
    }

    public PackageBuilder deliveredInDays(int value) {
        deliveryDays = value;
        return this;
    }

    public PackageBuilder withRevisions(int value) {
        revisions = value;
        return this;
    }

    public PackageBuilder including(String... values) {
        includes = List.of(values);
        return this;
    }

    public GigPackage build() {
        return new GigPackage(tier, name, price, deliveryDays, revisions, includes);
    }
}
