package io.guildhall.ai.port;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Texts as every model receives them, so that all models reject the same texts and cut long ones at the same length.
 */
public sealed interface PreparedText {

    /**
     * Longer texts are cut to this size in UTF-8, about 1,300 English words. A text never has more tokens than bytes,
     * so it never exceeds the usual limit of 8,191 tokens.
     */
    int MAX_BYTES = 8_000;

    /** Texts without control characters, none longer than {@link #MAX_BYTES}. */
    record Ready(List<String> texts) implements PreparedText {}

    record Invalid(Embedder.InvalidInput input) implements PreparedText {}

    static PreparedText prepare(List<String> texts, int maxBatch) {
        if (texts.isEmpty()) return invalid(OptionalInt.empty(), "no texts");
        if (texts.size() > maxBatch)
            return invalid(OptionalInt.empty(), texts.size() + " texts in a batch, at most " + maxBatch);
        List<String> prepared = texts.stream().map(PreparedText::clean).toList();
        OptionalInt empty = IntStream.range(0, prepared.size())
                .filter(i -> prepared.get(i).isBlank())
                .findFirst();
        return empty.isPresent()
                ? invalid(empty, "text " + empty.getAsInt() + " contains no letters, digits or symbols")
                : new Ready(prepared);
    }

    private static PreparedText invalid(OptionalInt text, String why) {
        return new Invalid(new Embedder.InvalidInput(text, why));
    }

    /** Returns a blank text if no tokenizer would find a token in it. */
    private static String clean(String text) {
        // Cut first, so that a text of a megabyte takes no longer than a page.
        String start = text.substring(0, Math.min(text.length(), MAX_BYTES));
        if (start.codePoints().noneMatch(PreparedText::isTokenized)) return "";
        byte[] bytes = start.replaceAll("\\p{Cntrl}", " ").getBytes(StandardCharsets.UTF_8);
        return new String(bytes, 0, wholeCharacters(bytes), StandardCharsets.UTF_8).strip();
    }

    private static int wholeCharacters(byte[] bytes) {
        if (bytes.length <= MAX_BYTES) return bytes.length;
        int end = MAX_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) end--;
        return end;
    }

    /** Tokenizers ignore all other characters, such as accents without a letter. */
    private static boolean isTokenized(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            default -> character != 0xFFFD;
        };
    }
}
