package io.guildhall.bench.seed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one person writes once: different in length, tone and care each time, of a field's parts and of what anybody says. */
final class Texts {
    static final int SHORTEST = 20;
    static final int LONGEST = 150;
    private static final int LONGEST_TITLE = 110;

    private final Parts parts;
    private final Field field;
    private final Random chance;
    private final Phrases phrases;

    Texts(Parts parts, Field field, Random chance) {
        this.parts = parts;
        this.field = field;
        this.chance = chance;
        this.phrases = new Phrases(parts, field, chance);
    }

    Phrases phrases() {
        return phrases;
    }

    boolean inPercent(int percent) {
        return chance.nextInt(100) < percent;
    }

    String headline() {
        return switch (chance.nextInt(5)) {
            case 0 -> title(capital(field.terms()) + " for " + phrases.pick(parts.common("industries")));
            case 1 -> title(capital(field.terms()) + " | " + phrases.pick(field.skills()));
            default -> phrases.pick(field.headlines());
        };
    }

    String bio(Optional<Field> side) {
        var sentences = new ArrayList<String>();
        if (inPercent(15)) sentences.add(said("openings"));
        if (inPercent(40)) sentences.add(said("introductions"));
        sentences.addAll(some(field.bios(), 1 + chance.nextInt(3)));
        side.ifPresent(besides -> {
            var its = new Phrases(parts, besides, chance);
            sentences.add("Besides, I do " + lower(its.pick(besides.terms())) + ".");
            sentences.add(its.sentence(its.pick(besides.bios())));
        });
        sentences.addAll(some(parts.common("bio-extras"), 1 + chance.nextInt(3)));
        if (inPercent(12)) sentences.add(said("bio-nonnative"));
        return written(sentences, "bio-extras", 8);
    }

    String gigTitle() {
        return switch (chance.nextInt(5)) {
            case 0 -> title(capital(field.terms()) + ": " + phrases.pick(field.makes()));
            case 1 ->
                title(phrases.sentence("{You get|I make} {make}{ and {make}|}").replaceAll("\\.$", ""));
            default -> phrases.pick(field.gigTitles());
        };
    }

    String offer() {
        var sentences = new ArrayList<>(some(field.offers(), 2 + chance.nextInt(2)));
        if (inPercent(25)) sentences.addFirst(said("introductions"));
        if (inPercent(30)) sentences.addAll(some(field.bios(), 1));
        sentences.addAll(some(parts.common("gig-extras"), chance.nextInt(4)));
        if (inPercent(12)) sentences.add(said("gig-nonnative"));
        return written(sentences, "gig-extras", 10);
    }

    /** @param plain in none of the trade's words, where the field has enough of such sentences */
    String jobTitle(boolean plain) {
        if (plain) {
            var titles = field.jobTitles().stream().filter(this::isPlain).toList();
            return inPercent(55) && !titles.isEmpty()
                    ? phrases.pick(titles)
                    : title(Phrases.capital(phrases.pick(field.plain())));
        }
        return inPercent(60)
                ? phrases.pick(field.jobTitles())
                : title(capital(field.terms()) + " for " + phrases.pick(parts.common("industries")));
    }

    String need(boolean plain) {
        var sentences = new ArrayList<String>();
        if (inPercent(50)) sentences.add(said("job-openings"));
        var own = plain ? field.needs().stream().filter(this::isPlain).toList() : field.needs();
        sentences.addAll(some(own.size() < 2 ? field.needs() : own, 2 + chance.nextInt(2)));
        if (plain && inPercent(25)) sentences.add("So, in short: " + phrases.pick(field.plain()) + ".");
        sentences.addAll(some(parts.common("job-extras"), chance.nextInt(4)));
        if (inPercent(10)) sentences.add(said("job-nonnative"));
        var text = written(sentences, "job-extras", 16);
        return inPercent(5) ? text.toLowerCase(Locale.ROOT) : text;
    }

    private boolean isPlain(String part) {
        var trade = Words.content(Stream.of(field.terms(), field.skills(), field.tools(), List.of(field.name()))
                .flatMap(List::stream)
                .toList());
        return Words.content(part.replaceAll("[{|}]", " ")).stream().noneMatch(trade::contains);
    }

    private List<String> some(List<String> of, int count) {
        var order = new ArrayList<>(of);
        Collections.shuffle(order, chance);
        return order.stream().limit(count).map(phrases::sentence).collect(Collectors.toCollection(ArrayList::new));
    }

    private String said(String list) {
        return phrases.sentence(phrases.pick(parts.common(list)));
    }

    /** Filled up where it is too short, cut where it is too long, and not always carefully typed. */
    private String written(List<String> sentences, String extras, int careless) {
        var text = new StringBuilder();
        int words = 0;
        for (var sentence : sentences) {
            int more = Words.count(sentence);
            if (words + more > LONGEST) break;
            text.append(text.isEmpty() ? "" : " ").append(sentence);
            words += more;
        }
        while (words < SHORTEST) {
            var more = said(extras);
            if (text.indexOf(more) >= 0) continue;
            text.append(' ').append(more);
            words += Words.count(more);
        }
        return inPercent(careless) ? Typos.slip(text.toString(), 2 + chance.nextInt(4), chance) : text.toString();
    }

    private String capital(List<String> of) {
        return Phrases.capital(phrases.pick(of));
    }

    private static String lower(String text) {
        boolean isName = text.length() > 1 && Character.isUpperCase(text.charAt(1));
        return isName ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private static String title(String text) {
        return text.length() <= LONGEST_TITLE ? text : text.substring(0, text.lastIndexOf(' ', LONGEST_TITLE));
    }
}
