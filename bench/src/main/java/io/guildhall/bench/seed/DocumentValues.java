package io.guildhall.bench.seed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Random values for one profile, gig or job of a field: texts, skills and prices that belong to the field. */
final class DocumentValues {
    private final WorkField field;
    private final Random random;
    private final TextGenerator texts;

    DocumentValues(SeedSources sources, WorkField field, Random random) {
        this.field = field;
        this.random = random;
        this.texts = new TextGenerator(sources, field, random);
    }

    WorkField field() {
        return field;
    }

    TextGenerator texts() {
        return texts;
    }

    Random random() {
        return random;
    }

    <T> T pick(List<T> items) {
        return texts.templates().pick(items);
    }

    int between(WorkField.Range range) {
        return texts.templates().between(range);
    }

    /** The second field of a freelancer; about one in seven has one. */
    Optional<WorkField> secondField(Map<String, WorkField> all) {
        if (!texts.isInPercent(15)) return Optional.empty();
        return Optional.ofNullable(
                all.get(pick(field.related().stream().sorted().toList())));
    }

    /** Skills of the field, at most {@code count}. */
    List<String> skills(int count) {
        return sample(field.skills(), count);
    }

    /** A random price of the field, in whole units. Low prices are more frequent. */
    long typicalPrice() {
        double ratio = (double) field.price().max() / field.price().min();
        return Math.round(field.price().min() * Math.pow(ratio, random.nextDouble()));
    }

    /** Rounds as users do: 1,240 becomes 1,200, and 83 becomes 85. */
    static long round(long units) {
        long step = units < 50 ? 1 : units < 300 ? 5 : units < 1_000 ? 10 : units < 5_000 ? 100 : 250;
        return Math.max(step, (units + step / 2) / step * step);
    }

    String currency() {
        int dice = random.nextInt(10);
        return dice < 6 ? "USD" : dice < 8 ? "EUR" : dice < 9 ? "GBP" : "CHF";
    }

    /** Different texts in random order, at most {@code count}. */
    List<String> sample(List<String> texts, int count) {
        var order = new ArrayList<>(texts);
        Collections.shuffle(order, random);
        return List.copyOf(order.subList(0, Math.min(count, order.size())));
    }
}
