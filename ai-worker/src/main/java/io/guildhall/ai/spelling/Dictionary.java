package io.guildhall.ai.spelling;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Correctly spelled words, with their frequencies. */
final class Dictionary {
    /** Frequency from which a word is used as a correction, of 0 to 25. */
    private static final int COMMON = 10;

    /** Frequency of everyday words. */
    private static final int EVERYDAY = 12;

    private final Set<String> skillWords;
    private final English english;
    private final Map<String, Integer> common;

    /** @param skillWords words in the names of skills */
    Dictionary(Set<String> skillWords, English english) {
        this.skillWords = skillWords;
        this.english = english;
        this.common = english.frequent(COMMON);
    }

    /** The words that are used as corrections. */
    Stream<String> words() {
        return Stream.concat(skillWords.stream(), common.keySet().stream()).distinct();
    }

    boolean knows(String word) {
        return skillWords.contains(word) || english.knows(word);
    }

    boolean isSkillWord(String word) {
        return skillWords.contains(word);
    }

    boolean isEveryday(String word) {
        return frequency(word) >= EVERYDAY;
    }

    int frequency(String word) {
        return common.getOrDefault(word, 0);
    }
}
