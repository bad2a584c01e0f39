package io.guildhall.bench.seed;

import java.util.Random;

/** Slips of the fingers: letters swapped, lost or doubled in the midst of longer words. */
final class Typos {
    private static final int LONG = 5;

    private Typos() {}

    static String slip(String text, int times, Random chance) {
        var words = text.split(" ");
        for (int i = 0; i < times; i++) {
            int at = chance.nextInt(words.length);
            if (words[at].length() > LONG && words[at].chars().allMatch(Character::isLetter))
                words[at] = slip(words[at], chance);
        }
        return String.join(" ", words);
    }

    private static String slip(String word, Random chance) {
        int at = 1 + chance.nextInt(word.length() - 3);
        var before = word.substring(0, at);
        return switch (chance.nextInt(3)) {
            case 0 -> before + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
            case 1 -> before + word.substring(at + 1);
            default -> before + word.charAt(at) + word.substring(at);
        };
    }
}
