package io.guildhall.bench.seed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** @param id also used by a node that is seeded */
public record SeedGig(
        String id,
        String freelancerId,
        String title,
        String description,
        String category,
        List<String> tags,
        List<Package> packages) {
    private static final List<String> TIERS = List.of("BASIC", "STANDARD", "PREMIUM");
    private static final List<List<String>> TIER_NAMES = List.of(
            List.of("Start", "Small", "Basic", "One"),
            List.of("Usual", "Medium", "Standard", "Most chosen"),
            List.of("All in", "Large", "Complete", "Carefree"));

    public SeedGig {
        tags = List.copyOf(tags);
        packages = List.copyOf(packages);
    }

    public record Package(
            String tier, String name, Price price, int deliveryDays, int revisions, List<String> includes) {
        public Package {
            includes = List.copyOf(includes);
        }
    }

    static SeedGig generate(String id, String freelancerId, DocumentValues values) {
        var packages = packages(values);
        return new SeedGig(
                id,
                freelancerId,
                values.texts().gigTitle(),
                values.texts().gigDescription(),
                values.field().category(),
                values.skills(1 + values.random().nextInt(4)),
                packages);
    }

    private static List<Package> packages(DocumentValues values) {
        var field = values.field();
        var random = values.random();
        var currency = values.currency();
        int count = 1 + random.nextInt(3);
        long price = (long) (values.typicalPrice() * 0.5);
        int days = values.between(field.days());
        var packages = new ArrayList<Package>();
        for (int i = 0; i < count; i++) {
            packages.add(new Package(
                    TIERS.get(i),
                    values.pick(TIER_NAMES.get(i)),
                    new Price(DocumentValues.round(price) * 100, currency),
                    days,
                    i + random.nextInt(3),
                    values.sample(field.deliverables(), i + 1)));
            price = (long) (price * (1.5 + random.nextDouble()));
            days += random.nextInt(1 + field.days().max() / 3);
        }
        return packages;
    }

    /** The body of the request that creates the gig. */
    Map<String, Object> body() {
        return Map.of(
                "title", title,
                "description", description,
                "category", category,
                "tags", tags,
                "packages", packages);
    }
}
