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
    private static final List<String> EXPERIENCE_LEVELS = List.of("ENTRY", "INTERMEDIATE", "EXPERT");

    public SeedJob {
        skills = List.copyOf(skills);
    }

    public record Budget(Price min, Price max) {}

    static SeedJob generate(String id, String clientId, DocumentValues values) {
        var texts = values.texts();
        var random = values.random();
        boolean plain = texts.isInPercent(60);
        var skills =
                plain && texts.isInPercent(60) ? List.<String>of() : values.skills(1 + random.nextInt(plain ? 2 : 4));
        boolean hourly = texts.isInPercent(25);
        var budget = hourly ? hourlyBudget(values) : fixedBudget(values);
        return new SeedJob(
                id,
                clientId,
                texts.jobTitle(plain),
                texts.jobDescription(plain),
                values.field().category(),
                skills,
                hourly ? "HOURLY" : "FIXED",
                budget,
                // Not random: a new attribute must not change the values that are generated after it.
                EXPERIENCE_LEVELS.get(Math.floorMod(id.hashCode(), EXPERIENCE_LEVELS.size())));
    }

    private static Budget hourlyBudget(DocumentValues values) {
        long min = values.between(values.field().rate());
        return budget(min, min + 5 + values.random().nextInt(20), values);
    }

    private static Budget fixedBudget(DocumentValues values) {
        long min = DocumentValues.round((long) (values.typicalPrice() * 0.8));
        long max = DocumentValues.round((long) (min * (1.2 + values.random().nextDouble())));
        return budget(min, Math.max(min, max), values);
    }

    private static Budget budget(long min, long max, DocumentValues values) {
        var currency = values.currency();
        return new Budget(new Price(min * 100, currency), new Price(max * 100, currency));
    }

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
