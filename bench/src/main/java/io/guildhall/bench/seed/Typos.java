package io.guildhall.bench.seed;

import java.util.Random;

/** Adds typing errors: swaps, drops or doubles letters inside longer words. */
final class Typos {
    private static final int MAX_UNCHANGED_LENGTH = 5;

    private Typos() {}

    static String addTo(String text, int times, Random random) {
        var words = text.split(" ");
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(words.length);
            if (words[at].length() > MAX_UNCHANGED_LENGTH && words[at].chars().allMatch(Character::isLetter))
                words[at] = misspell(words[at], random);
        }
        return String.join(" ", words);
    }

    private static String misspell(String word, Random random) {
        int at = 1 + random.nextInt(word.length() - 3);
        var before = word.substring(0, at);
        return switch (random.nextInt(3)) {
            case 0 -> before + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
            case 1 -> before + word.substring(at + 1);
            default -> before + word.charAt(at) + word.substring(at);
        };
    }
}
