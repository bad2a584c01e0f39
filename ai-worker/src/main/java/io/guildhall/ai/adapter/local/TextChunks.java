package io.guildhall.ai.adapter.local;

import java.util.ArrayList;
import java.util.List;

/**
 * A long text in parts that the model can see as a whole. It sees 512 tokens, and what comes after is not read, without a word of
 * it: so a long text is cut between words, each part read by itself, and their mean, weighed by length, is the text's vector.
 */
final class TextChunks {
    /** 512 tokens are 2,000 characters of English and more; the rest is for names and jargon, which take more tokens. */
    static final int LENGTH = 1_600;

    private TextChunks() {}

    /** Together the text without the spaces between them. None is blank, none longer than {@link #LENGTH}. */
    static List<String> of(String text) {
        List<String> parts = new ArrayList<>();
        String rest = text.strip();
        while (rest.length() > LENGTH) {
            int end = end(rest);
            parts.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty()) parts.add(rest);
        return parts;
    }

    /** Sums up to the direction of the mean. */
    static float[] mean(List<String> parts, List<float[]> vectors) {
        float[] sum = new float[vectors.getFirst().length];
        for (int i = 0; i < vectors.size(); i++) {
            for (int d = 0; d < sum.length; d++) sum[d] += parts.get(i).length() * vectors.get(i)[d];
        }
        return sum;
    }

    /** After the last space in the second half of what fits, else in the middle of a word but never of a character. */
    private static int end(String text) {
        for (int end = LENGTH; end > LENGTH / 2; end--) {
            if (Character.isWhitespace(text.charAt(end))) return end;
        }
        return Character.isLowSurrogate(text.charAt(LENGTH)) ? LENGTH - 1 : LENGTH;
    }
}
