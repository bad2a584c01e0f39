package io.guildhall.bench.seed;

import java.util.List;
import java.util.Map;

/**
 * @param id also used by a node that is seeded
 * @param pay FIXED or HOURLY
 * @param experienceLevel ENTRY, INTERMEDIATE or EXPERT
 */
public record SeedJob(
        String id,
        String clientId,
        String title,
        String description,
        String category,
        List<String> skills,
        String pay,
        Budget budget,
        String experienceLevel) {

    public SeedJob {
        skills = List.copyOf(skills);
    }

    public record Budget(Price min, Price max) {}

    /** The body of the request that creates the job. */
    Map<String, Object> body() {
        return Map.of(
                "title", title,
                "description", description,
                "category", category,
                "skills", skills,
                "pay", pay,
                "budget", budget,
                "experienceLevel", experienceLevel);
    }
}
