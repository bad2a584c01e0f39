package io.guildhall.bench.seed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Makes one profile, gig or job of a field, with skills and prices that fit. */
final class Writer {
    private static final List<String> TIERS = List.of("BASIC", "STANDARD", "PREMIUM");
    private static final List<List<String>> TIER_NAMES = List.of(
            List.of("Start", "Small", "Basic", "One"),
            List.of("Usual", "Medium", "Standard", "Most chosen"),
            List.of("All in", "Large", "Complete", "Carefree"));

    private final Field field;
    private final Random chance;
    private final Texts texts;

    Writer(Parts parts, Field field, Random chance) {
        this.field = field;
        this.chance = chance;
        this.texts = new Texts(parts, field, chance);
    }

    <T> T pick(List<T> of) {
        return texts.phrases().pick(of);
    }

    /** What about one in seven does besides. */
    Optional<Field> side(Map<String, Field> all) {
        if (!texts.inPercent(15)) return Optional.empty();
        return Optional.of(all.get(pick(field.near().stream().sorted().toList())));
    }

    SeedPerson.Profile profile(Optional<Field> side) {
        var skills = new ArrayList<>(some(field.skills(), 2 + chance.nextInt(4)));
        side.ifPresent(it -> skills.add(it.skills().getFirst()));
        var rate = new Price(100L * texts.phrases().between(field.rate()), currency());
        return new SeedPerson.Profile(
                texts.headline(), texts.bio(side), skills.stream().distinct().toList(), rate);
    }

    SeedGig gig(String id, String freelancerId) {
        var currency = currency();
        int count = 1 + chance.nextInt(3);
        long price = (long) (typicalPrice() * 0.5);
        int days = texts.phrases().between(field.days());
        var packages = new ArrayList<SeedGig.Package>();
        for (int i = 0; i < count; i++) {
            packages.add(new SeedGig.Package(
                    TIERS.get(i),
                    pick(TIER_NAMES.get(i)),
                    new Price(round(price) * 100, currency),
                    days,
                    i + chance.nextInt(3),
                    some(field.makes(), i + 1)));
            price = (long) (price * (1.5 + chance.nextDouble()));
            days += chance.nextInt(1 + field.days().most() / 3);
        }
        return new SeedGig(
                id,
                freelancerId,
                texts.gigTitle(),
                texts.offer(),
                field.category(),
                some(field.skills(), 1 + chance.nextInt(4)),
                packages);
    }

    SeedJob job(String id, String clientId) {
        boolean plain = texts.inPercent(60);
        var skills = plain && texts.inPercent(60)
                ? List.<String>of()
                : some(field.skills(), 1 + chance.nextInt(plain ? 2 : 4));
        boolean hourly = texts.inPercent(25);
        long from = hourly ? texts.phrases().between(field.rate()) : round((long) (typicalPrice() * 0.8));
        long to = hourly ? from + 5 + chance.nextInt(20) : round((long) (from * (1.2 + chance.nextDouble())));
        var currency = currency();
        return new SeedJob(
                id,
                clientId,
                texts.jobTitle(plain),
                texts.need(plain),
                field.category(),
                skills,
                hourly ? "HOURLY" : "FIXED",
                new SeedJob.Budget(new Price(from * 100, currency), new Price(Math.max(from, to) * 100, currency)));
    }

    /** Most prices are nearer to the lower end. */
    private long typicalPrice() {
        double ratio = (double) field.price().most() / field.price().least();
        return Math.round(field.price().least() * Math.pow(ratio, chance.nextDouble()));
    }

    /** As people write prices: 1,240 becomes 1,200, and 83 becomes 85. */
    private static long round(long units) {
        long step = units < 50 ? 1 : units < 300 ? 5 : units < 1_000 ? 10 : units < 5_000 ? 100 : 250;
        return Math.max(step, (units + step / 2) / step * step);
    }

    private String currency() {
        int luck = chance.nextInt(10);
        return luck < 6 ? "USD" : luck < 8 ? "EUR" : luck < 9 ? "GBP" : "CHF";
    }

    private List<String> some(List<String> of, int count) {
        var order = new ArrayList<>(of);
        Collections.shuffle(order, chance);
        return List.copyOf(order.subList(0, Math.min(count, order.size())));
    }
}
