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
 * Corrects the spelling of search texts with the words of the skills and common English. Cautious: it changes only
 * words of the letters a to z that are unknown, and leaves names, other languages, numbers and addresses unchanged.
 * Idempotent: a corrected text is not changed again. Thread-safe.
 */
public final class Spelling {
    private static final int MIN_LENGTH = 4;
    private static final int MAX_LENGTH = 30;
    /** Up to this length, a word with a replaced letter has too many candidates. */
    private static final int SHORT = 4;
    /** From this length, a word of a skill is a correction even with two edits. */
    private static final int LONG = 8;
    /** A text with more unknown words is not a misspelled search text. */
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

    /** Loads the dictionaries, which takes less than a second. */
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
        int copied = 0;
        for (MatchResult word : unknown) {
            Optional<String> corrected = correction(word.group());
            if (corrected.isEmpty()) continue;
            changes.add(new Change(word.group(), corrected.get(), word.start()));
            text.append(query, copied, word.start()).append(corrected.get());
            copied = word.end();
        }
        return new Correction(text.append(query, copied, query.length()).toString(), changes);
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
        boolean hasCapital = !written.equals(word);
        return candidates.find(word).stream()
                .filter(candidate -> isLikely(word, candidate))
                .filter(candidate -> !hasCapital || dictionary.isSkillWord(candidate.word()))
                .min(Comparator.comparingInt(Candidate::edits)
                        .thenComparing(candidate -> !isAnagram(word, candidate.word()))
                        .thenComparing(candidate -> word.charAt(word.length() - 1)
                                != candidate.word().charAt(candidate.word().length() - 1))
                        .thenComparing(candidate -> !dictionary.isSkillWord(candidate.word()))
                        .thenComparingInt(candidate -> -dictionary.frequency(candidate.word()))
                        .thenComparing(Candidate::word))
                .map(candidate -> withCaseOf(written, candidate.word()));
    }

    private boolean isLikely(String word, Candidate candidate) {
        String other = candidate.word();
        if (other.length() < MIN_LENGTH || !beginsSimilarly(word, other)) return false;
        boolean isSkillWord = dictionary.isSkillWord(other);
        if (candidate.edits() == 2)
            return isSkillWord
                    && (Math.min(word.length(), other.length()) >= LONG || soundsAlikeOrIsAnagram(word, other));
        if (word.length() <= SHORT) return isSkillWord && (other.length() > word.length() || isAnagram(word, other));
        return isSkillWord || (word.length() > SHORT + 1 && dictionary.isEveryday(other));
    }

    /** Typing errors rarely affect the first letter, except that it is swapped with the second. */
    private static boolean beginsSimilarly(String word, String other) {
        return word.charAt(0) == other.charAt(0)
                || (word.charAt(0) == other.charAt(1) && word.charAt(1) == other.charAt(0));
    }

    private static boolean soundsAlikeOrIsAnagram(String word, String other) {
        return word.length() > SHORT && (phonetic(word).equals(phonetic(other)) || isAnagram(word, other));
    }

    /** A rough phonetic key, equal for "grafic" and "graphic". */
    private static String phonetic(String word) {
        return DOUBLE.matcher(word.replace("ph", "f")
                        .replace("ck", "k")
                        .replace('c', 'k')
                        .replace('y', 'i'))
                .replaceAll("$1");
    }

    /** Whether both words have the same letters in a different order. */
    private static boolean isAnagram(String word, String other) {
        return word.length() == other.length()
                && word.chars()
                        .sorted()
                        .boxed()
                        .toList()
                        .equals(other.chars().sorted().boxed().toList());
    }

    private static String withCaseOf(String written, String word) {
        if (!Character.isUpperCase(written.charAt(0))) return word;
        boolean isUpperCase = written.equals(written.toUpperCase(Locale.ROOT));
        return isUpperCase
                ? word.toUpperCase(Locale.ROOT)
                : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
