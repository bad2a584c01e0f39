package io.guildhall.ai.spelling;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The words that are right as they are, and how good a guess each of them is for one that is not. */
final class Dictionary {
    /** Of 26 steps: what people write at all, and what they write every day. */
    private static final int COMMON = 10;

    private static final int EVERYDAY = 12;

    private final Set<String> skillWords;
    private final English english;
    private final Map<String, Integer> common;

    /** @param trade words of skills */
    Dictionary(Set<String> trade, English english) {
        this.skillWords = trade;
        this.english = english;
        this.common = english.frequent(COMMON);
    }

    /** Those that another may be taken for. */
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
