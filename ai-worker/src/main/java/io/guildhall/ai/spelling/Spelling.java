package io.guildhall.ai.spelling;

import io.guildhall.ai.spelling.Correction.Change;
import io.guildhall.ai.spelling.SpellingCandidates.Candidate;
import io.guildhall.ai.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Corrects queries over the words of the skills and common English. Better to leave a mistake than to make one: only words of plain
 * letters are looked at, a known word stays whatever is around it, and names, other languages, numbers and addresses stay as they
 * are. What it gives it would not change again. May be shared between threads.
 */
public final class Spelling {
    private static final int MIN_LENGTH = 4;
    private static final int MAX_LENGTH = 30;
    /** Up to this length a letter taken for another leads to too many other words. */
    private static final int SHORT = 4;
    /** From this length on a word of a skill is meant even where two slips were made. */
    private static final int LONG = 8;
    /** What has more unknown words than this is no query that was mistyped. */
    private static final int MAX_UNKNOWN = 8;

    private static final Pattern WORD =
            Pattern.compile("(?<![^\\s,;:!?()\"“”„/&|])[A-Za-z]++(?=[.]?(?:[\\s,;:!?()\"“”„/&|]|$))");

    private static final Pattern DOUBLE = Pattern.compile("(.)\\1");

    private final Dictionary dictionary;
    private final SpellingCandidates candidates;
    private final Languages languages;

    private Spelling(Dictionary dictionary, Languages languages) {
        this.dictionary = dictionary;
        this.candidates = new SpellingCandidates(dictionary.words());
        this.languages = languages;
    }

    /** Takes most of a second. */
    public static Spelling create(Taxonomy taxonomy) {
        return new Spelling(new Dictionary(taxonomy.words(), English.load()), Languages.load());
    }

    public Correction correct(String query) {
        List<MatchResult> words = WORD.matcher(query).results().toList();
        List<MatchResult> unknown =
                words.stream().filter(word -> !isKnown(lower(word))).toList();
        if (unknown.size() > MAX_UNKNOWN || words.stream().anyMatch(word -> languages.isMarker(lower(word))))
            return new Correction(query, List.of());
        List<Change> changes = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int done = 0;
        for (MatchResult word : unknown) {
            Optional<String> meant = correction(word.group());
            if (meant.isEmpty()) continue;
            changes.add(new Change(word.group(), meant.get(), word.start()));
            text.append(query, done, word.start()).append(meant.get());
            done = word.end();
        }
        return new Correction(text.append(query, done, query.length()).toString(), changes);
    }

    private static String lower(MatchResult word) {
        return word.group().toLowerCase(Locale.ROOT);
    }

    private boolean isKnown(String word) {
        return word.length() < MIN_LENGTH
                || word.length() > MAX_LENGTH
                || dictionary.knows(word)
                || languages.knows(word);
    }

    private Optional<String> correction(String written) {
        String word = written.toLowerCase(Locale.ROOT);
        boolean capital = !written.equals(word);
        return candidates.find(word).stream()
                .filter(near -> isLikely(word, near))
                .filter(near -> !capital || dictionary.isSkillWord(near.word()))
                .min(Comparator.comparingInt(Candidate::edits)
                        .thenComparing(near -> !isAnagram(word, near.word()))
                        .thenComparing(near -> word.charAt(word.length() - 1)
                                != near.word().charAt(near.word().length() - 1))
                        .thenComparing(near -> !dictionary.isSkillWord(near.word()))
                        .thenComparingInt(near -> -dictionary.frequency(near.word()))
                        .thenComparing(Candidate::word))
                .map(near -> inCaseOf(written, near.word()));
    }

    private boolean isLikely(String word, Candidate near) {
        String other = near.word();
        if (other.length() < MIN_LENGTH || !beginsSimilarly(word, other)) return false;
        boolean trade = dictionary.isSkillWord(other);
        if (near.edits() == 2)
            return trade && (Math.min(word.length(), other.length()) >= LONG || soundsAlikeOrIsAnagram(word, other));
        if (word.length() <= SHORT) return trade && (other.length() > word.length() || isAnagram(word, other));
        return trade || (word.length() > SHORT + 1 && dictionary.isEveryday(other));
    }

    /** Few slips are made on the first letter, but for swapping it with the second. */
    private static boolean beginsSimilarly(String word, String other) {
        return word.charAt(0) == other.charAt(0)
                || (word.charAt(0) == other.charAt(1) && word.charAt(1) == other.charAt(0));
    }

    private static boolean soundsAlikeOrIsAnagram(String word, String other) {
        return word.length() > SHORT && (phonetic(word).equals(phonetic(other)) || isAnagram(word, other));
    }

    /** Roughly, so that "grafic" is "graphic". */
    private static String phonetic(String word) {
        return DOUBLE.matcher(word.replace("ph", "f")
                        .replace("ck", "k")
                        .replace('c', 'k')
                        .replace('y', 'i'))
                .replaceAll("$1");
    }

    /** The same letters in another order. */
    private static boolean isAnagram(String word, String other) {
        return word.length() == other.length()
                && word.chars()
                        .sorted()
                        .boxed()
                        .toList()
                        .equals(other.chars().sorted().boxed().toList());
    }

    private static String inCaseOf(String written, String word) {
        if (!Character.isUpperCase(written.charAt(0))) return word;
        boolean all = written.equals(written.toUpperCase(Locale.ROOT));
        return all ? word.toUpperCase(Locale.ROOT) : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
