package io.guildhall.ai.adapter.local;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits long texts into chunks that fit the model. The model silently ignores all but the first 512 tokens of a text.
 * So a long text is split between words, each chunk is encoded separately, and the vector of the text is their mean
 * weighted by length.
 */
final class TextChunks {
    /**
     * 512 tokens are at least 2,000 characters of English. The margin is for names and jargon, which need more tokens.
     */
    static final int MAX_LENGTH = 1_600;

    private TextChunks() {}

    /**
     * Returns chunks that together are the text, except for spaces between them. None is blank or longer than
     * {@link #MAX_LENGTH}.
     */
    static List<String> split(String text) {
        List<String> chunks = new ArrayList<>();
        String rest = text.strip();
        while (rest.length() > MAX_LENGTH) {
            int end = end(rest);
            chunks.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty()) chunks.add(rest);
        return chunks;
    }

    /** Returns the sum of the vectors, weighted by the length of their chunks. It has the direction of the mean. */
    static float[] weightedSum(List<String> chunks, List<float[]> vectors) {
        float[] sum = new float[vectors.getFirst().length];
        for (int i = 0; i < vectors.size(); i++) {
            for (int d = 0; d < sum.length; d++) sum[d] += chunks.get(i).length() * vectors.get(i)[d];
        }
        return sum;
    }

    /**
     * Ends after the last space in the second half of the maximum length; without one, within a word but not within a
     * surrogate pair.
     */
    private static int end(String text) {
        for (int end = MAX_LENGTH; end > MAX_LENGTH / 2; end--) {
            if (Character.isWhitespace(text.charAt(end))) return end;
        }
        return Character.isLowSurrogate(text.charAt(MAX_LENGTH)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    }
}
