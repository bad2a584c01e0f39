package io.guildhall.bench.seed;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Extracts the content words of a text and cuts them to rough stems, so that "translation" and "translate" are equal.
 */
final class WordStems {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}+#]+");
    private static final int STEM_LENGTH = 5;
    private static final Set<String> STOP_WORDS = Set.of("""
            a about after all also always an and any anybody are as at be become been before below but by can cannot do does
            done each every few find first for from get give good has have help her him his how i if in into is it its just
            know let like look looks make makes many may me more most much must my need new no nobody not now of off on
            one only or other our out over people per put same see she should so some somebody someone something take than
            that the their them then there these they thing things this those through to too two under up us very want was
            we what when where which who will with without work would year years you your""".split("\\s+"));

    private WordStems() {}

    static Set<String> content(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(match -> match.group())
                .filter(word -> !STOP_WORDS.contains(word))
                .map(word -> word.substring(0, Math.min(STEM_LENGTH, word.length())))
                .collect(Collectors.toSet());
    }

    static Set<String> content(Collection<String> texts) {
        return content(String.join(" ", texts));
    }

    static int count(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }
}
