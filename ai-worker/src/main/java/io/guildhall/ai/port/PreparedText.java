package io.guildhall.ai.port;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What every model is given, so that what is refused and what counts of a long text are the same for all of them. */
public sealed interface PreparedText {

    /**
     * Of a longer text only this much counts, in UTF-8: 1,300 English words. No tokenizer makes more tokens than there are bytes,
     * so no text is too long for a model that takes 8,191 of them.
     */
    int MAX_BYTES = 8_000;

    /** Well-formed, without control characters, none longer than {@link #MAX_BYTES}. */
    record Ready(List<String> texts) implements PreparedText {}

    record Unfit(Embedder.BadInput why) implements PreparedText {}

    static PreparedText of(List<String> texts, int maxBatch) {
        if (texts.isEmpty()) return unfit(OptionalInt.empty(), "no texts");
        if (texts.size() > maxBatch)
            return unfit(OptionalInt.empty(), texts.size() + " texts at once, at most " + maxBatch);
        List<String> prepared = texts.stream().map(PreparedText::prepared).toList();
        OptionalInt empty = IntStream.range(0, prepared.size())
                .filter(i -> prepared.get(i).isBlank())
                .findFirst();
        return empty.isPresent() ? unfit(empty, "nothing to read in text " + empty.getAsInt()) : new Ready(prepared);
    }

    private static PreparedText unfit(OptionalInt text, String why) {
        return new Unfit(new Embedder.BadInput(text, why));
    }

    /** Blank where there is nothing that a model could read. */
    private static String prepared(String text) {
        // Cut before anything else is done with it: a megabyte costs no more than a page.
        String some = text.substring(0, Math.min(text.length(), MAX_BYTES));
        if (some.codePoints().noneMatch(PreparedText::isReadable)) return "";
        byte[] bytes = some.replaceAll("\\p{Cntrl}", " ").getBytes(StandardCharsets.UTF_8);
        return new String(bytes, 0, wholeCharacters(bytes), StandardCharsets.UTF_8).strip();
    }

    private static int wholeCharacters(byte[] bytes) {
        if (bytes.length <= MAX_BYTES) return bytes.length;
        int end = MAX_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) end--;
        return end;
    }

    /** Tokenizers drop all else, accents without a letter among it. */
    private static boolean isReadable(int character) {
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
