package io.guildhall.bench.seed;

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
