package io.guildhall.bench.seed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Generates one profile, gig or job of a field, with matching skills and prices. */
final class DocumentGenerator {
    private static final List<String> EXPERIENCE_LEVELS = List.of("ENTRY", "INTERMEDIATE", "EXPERT");
    private static final List<String> TIERS = List.of("BASIC", "STANDARD", "PREMIUM");
    private static final List<List<String>> TIER_NAMES = List.of(
            List.of("Start", "Small", "Basic", "One"),
            List.of("Usual", "Medium", "Standard", "Most chosen"),
            List.of("All in", "Large", "Complete", "Carefree"));

    private final WorkField field;
    private final Random random;
    private final TextGenerator texts;

    DocumentGenerator(SeedSources sources, WorkField field, Random random) {
        this.field = field;
        this.random = random;
        this.texts = new TextGenerator(sources, field, random);
    }

    <T> T pick(List<T> items) {
        return texts.templates().pick(items);
    }

    /** The second field of a freelancer; about one in seven has one. */
    Optional<WorkField> secondField(Map<String, WorkField> all) {
        if (!texts.isInPercent(15)) return Optional.empty();
        return Optional.ofNullable(
                all.get(pick(field.related().stream().sorted().toList())));
    }

    SeedUser.Profile profile(Optional<WorkField> secondField) {
        var skills = new ArrayList<>(sample(field.skills(), 2 + random.nextInt(4)));
        secondField.ifPresent(it -> skills.add(it.skills().getFirst()));
        var rate = new Price(100L * texts.templates().between(field.rate()), currency());
        return new SeedUser.Profile(
                texts.headline(),
                texts.bio(secondField),
                skills.stream().distinct().toList(),
                rate);
    }

    SeedGig gig(String id, String freelancerId) {
        var currency = currency();
        int count = 1 + random.nextInt(3);
        long price = (long) (typicalPrice() * 0.5);
        int days = texts.templates().between(field.days());
        var packages = new ArrayList<SeedGig.Package>();
        for (int i = 0; i < count; i++) {
            packages.add(new SeedGig.Package(
                    TIERS.get(i),
                    pick(TIER_NAMES.get(i)),
                    new Price(round(price) * 100, currency),
                    days,
                    i + random.nextInt(3),
                    sample(field.deliverables(), i + 1)));
            price = (long) (price * (1.5 + random.nextDouble()));
            days += random.nextInt(1 + field.days().max() / 3);
        }
        return new SeedGig(
                id,
                freelancerId,
                texts.gigTitle(),
                texts.gigDescription(),
                field.category(),
                sample(field.skills(), 1 + random.nextInt(4)),
                packages);
    }

    SeedJob job(String id, String clientId) {
        boolean plain = texts.isInPercent(60);
        var skills = plain && texts.isInPercent(60)
                ? List.<String>of()
                : sample(field.skills(), 1 + random.nextInt(plain ? 2 : 4));
        boolean hourly = texts.isInPercent(25);
        long from = hourly ? texts.templates().between(field.rate()) : round((long) (typicalPrice() * 0.8));
        long to = hourly ? from + 5 + random.nextInt(20) : round((long) (from * (1.2 + random.nextDouble())));
        var currency = currency();
        return new SeedJob(
                id,
                clientId,
                texts.jobTitle(plain),
                texts.jobDescription(plain),
                field.category(),
                skills,
                hourly ? "HOURLY" : "FIXED",
                new SeedJob.Budget(new Price(from * 100, currency), new Price(Math.max(from, to) * 100, currency)),
                EXPERIENCE_LEVELS.get(Math.floorMod(id.hashCode(), EXPERIENCE_LEVELS.size())));
    }

    /** A random price of the field. Low prices are more frequent. */
    private long typicalPrice() {
        double ratio = (double) field.price().max() / field.price().min();
        return Math.round(field.price().min() * Math.pow(ratio, random.nextDouble()));
    }

    /** Rounds as users do: 1,240 becomes 1,200, and 83 becomes 85. */
    private static long round(long units) {
        long step = units < 50 ? 1 : units < 300 ? 5 : units < 1_000 ? 10 : units < 5_000 ? 100 : 250;
        return Math.max(step, (units + step / 2) / step * step);
    }

    private String currency() {
        int dice = random.nextInt(10);
        return dice < 6 ? "USD" : dice < 8 ? "EUR" : dice < 9 ? "GBP" : "CHF";
    }

    private List<String> sample(List<String> texts, int count) {
        var order = new ArrayList<>(texts);
        Collections.shuffle(order, random);
        return List.copyOf(order.subList(0, Math.min(count, order.size())));
    }
}
