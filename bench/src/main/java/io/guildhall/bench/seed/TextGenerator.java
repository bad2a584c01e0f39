package io.guildhall.bench.seed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Generates the titles and descriptions of one document from the templates of a field. They differ in length, tone and
 * care.
 */
final class TextGenerator {
    static final int MIN_WORDS = 20;
    static final int MAX_WORDS = 150;
    private static final int MAX_TITLE_LENGTH = 110;

    private final SeedSources sources;
    private final WorkField field;
    private final Random random;
    private final TemplateExpander templates;

    TextGenerator(SeedSources sources, WorkField field, Random random) {
        this.sources = sources;
        this.field = field;
        this.random = random;
        this.templates = new TemplateExpander(sources, field, random);
    }

    TemplateExpander templates() {
        return templates;
    }

    boolean isInPercent(int percent) {
        return random.nextInt(100) < percent;
    }

    String headline() {
        return switch (random.nextInt(5)) {
            case 0 -> title(capitalised(field.terms()) + " for " + templates.pick(sources.common("industries")));
            case 1 -> title(capitalised(field.terms()) + " | " + templates.pick(field.skills()));
            default -> templates.pick(field.headlines());
        };
    }

    String bio(Optional<WorkField> secondField) {
        var sentences = new ArrayList<String>();
        if (isInPercent(15)) sentences.add(sentenceFrom("openings"));
        if (isInPercent(40)) sentences.add(sentenceFrom("introductions"));
        sentences.addAll(sentences(field.bios(), 1 + random.nextInt(3)));
        secondField.ifPresent(second -> {
            var secondTemplates = new TemplateExpander(sources, second, random);
            sentences.add("Besides, I do " + lowerCaseFirst(secondTemplates.pick(second.terms())) + ".");
            sentences.add(secondTemplates.sentence(secondTemplates.pick(second.bios())));
        });
        sentences.addAll(sentences(sources.common("bio-extras"), 1 + random.nextInt(3)));
        if (isInPercent(12)) sentences.add(sentenceFrom("bio-nonnative"));
        return join(sentences, "bio-extras", 8);
    }

    String gigTitle() {
        return switch (random.nextInt(5)) {
            case 0 -> title(capitalised(field.terms()) + ": " + templates.pick(field.deliverables()));
            case 1 ->
                title(templates
                        .sentence("{You get|I make} {make}{ and {make}|}")
                        .replaceAll("\\.$", ""));
            default -> templates.pick(field.gigTitles());
        };
    }

    String gigDescription() {
        var sentences = new ArrayList<>(sentences(field.offers(), 2 + random.nextInt(2)));
        if (isInPercent(25)) sentences.addFirst(sentenceFrom("introductions"));
        if (isInPercent(30)) sentences.addAll(sentences(field.bios(), 1));
        sentences.addAll(sentences(sources.common("gig-extras"), random.nextInt(4)));
        if (isInPercent(12)) sentences.add(sentenceFrom("gig-nonnative"));
        return join(sentences, "gig-extras", 10);
    }

    /** @param plain whether to avoid the field's own terms, if there are enough texts without them */
    String jobTitle(boolean plain) {
        if (plain) {
            var titles = field.jobTitles().stream().filter(this::isPlain).toList();
            return isInPercent(55) && !titles.isEmpty()
                    ? templates.pick(titles)
                    : title(TemplateExpander.capitalise(templates.pick(field.plain())));
        }
        return isInPercent(60)
                ? templates.pick(field.jobTitles())
                : title(capitalised(field.terms()) + " for " + templates.pick(sources.common("industries")));
    }

    String jobDescription(boolean plain) {
        var sentences = new ArrayList<String>();
        if (isInPercent(50)) sentences.add(sentenceFrom("job-openings"));
        var needs = plain ? field.needs().stream().filter(this::isPlain).toList() : field.needs();
        sentences.addAll(sentences(needs.size() < 2 ? field.needs() : needs, 2 + random.nextInt(2)));
        if (plain && isInPercent(25)) sentences.add("So, in short: " + templates.pick(field.plain()) + ".");
        sentences.addAll(sentences(sources.common("job-extras"), random.nextInt(4)));
        if (isInPercent(10)) sentences.add(sentenceFrom("job-nonnative"));
        var text = join(sentences, "job-extras", 16);
        return isInPercent(5) ? text.toLowerCase(Locale.ROOT) : text;
    }

    private boolean isPlain(String template) {
        var terms = WordStems.content(Stream.of(field.terms(), field.skills(), field.tools(), List.of(field.name()))
                .flatMap(List::stream)
                .toList());
        return WordStems.content(template.replaceAll("[{|}]", " ")).stream().noneMatch(terms::contains);
    }

    private List<String> sentences(List<String> candidates, int count) {
        var order = new ArrayList<>(candidates);
        Collections.shuffle(order, random);
        return order.stream().limit(count).map(templates::sentence).collect(Collectors.toCollection(ArrayList::new));
    }

    private String sentenceFrom(String list) {
        return templates.sentence(templates.pick(sources.common(list)));
    }

    /**
     * Joins sentences, within the limits on the number of words.
     *
     * @param extras the list whose sentences are added to a text that is too short
     * @param typoPercent the share of texts with typing errors
     */
    private String join(List<String> sentences, String extras, int typoPercent) {
        var text = new StringBuilder();
        int words = 0;
        for (var sentence : sentences) {
            int more = WordStems.count(sentence);
            if (words + more > MAX_WORDS) break;
            text.append(text.isEmpty() ? "" : " ").append(sentence);
            words += more;
        }
        while (words < MIN_WORDS) {
            var more = sentenceFrom(extras);
            if (text.indexOf(more) >= 0) continue;
            text.append(' ').append(more);
            words += WordStems.count(more);
        }
        return isInPercent(typoPercent) ? Typos.addTo(text.toString(), 2 + random.nextInt(4), random) : text.toString();
    }

    private String capitalised(List<String> texts) {
        return TemplateExpander.capitalise(templates.pick(texts));
    }

    private static String lowerCaseFirst(String text) {
        boolean isName = text.length() > 1 && Character.isUpperCase(text.charAt(1));
        return isName ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private static String title(String text) {
        return text.length() <= MAX_TITLE_LENGTH ? text : text.substring(0, text.lastIndexOf(' ', MAX_TITLE_LENGTH));
    }
}
