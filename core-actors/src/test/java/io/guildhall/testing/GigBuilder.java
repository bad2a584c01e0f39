package io.guildhall.testing;

import io.guildhall.domain.gig.GigDetails;
import io.guildhall.domain.gig.GigPackage;
import java.util.List;

/** Builds the details of a valid gig with one package. A test names only the attributes that it depends on. */
public final class GigBuilder {
    private String title = "A logo";
    private String description = "Drawn by hand.";
    private String category = "Design";
    private List<String> tags = List.of("logo design");
    private List<GigPackage> packages =
            List.of(PackageBuilder.aPackage(GigPackage.Tier.BASIC).build());
    private List<String> media = List.of();

    private GigBuilder() {}

    public static GigBuilder aGig() {
        return new GigBuilder();
    }

    public GigBuilder titled(String value) {
        title = value;
        return this;
    }

    public GigBuilder described(String value) {
        description = value;
        return this;
    }

    public GigBuilder inCategory(String value) {
        category = value;
        return this;
    }

    public GigBuilder tagged(String... values) {
        tags = List.of(values);
        return this;
    }

    public GigBuilder withPackages(GigPackage... values) {
        packages = List.of(values);
        return this;
    }

    public GigBuilder withMedia(String... keys) {
        media = List.of(keys);
        return this;
    }

    public GigDetails build() {
        return new GigDetails(title, description, category, tags, packages, media);
    }
}
