package io.guildhall.kernel;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** Properties of texts by the properties of their characters of Unicode, and messages about them. */
public final class Characters {
    /** Unicode does not count the blank pattern of Braille as a space. */
    private static final int BRAILLE_BLANK = 0x2800;

    private static final int ZERO_WIDTH_SPACE = 0x200b;
    private static final int WORD_JOINER = 0x2060;
    private static final int BYTE_ORDER_MARK = 0xfeff;

    private Characters() {}

    /** The number of characters of Unicode; an emoji of one code point is one. */
    public static int count(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Whether the text is valid Unicode without control characters, except line ends and tabs. */
    public static boolean arePlain(String text) {
        return find(text, Characters::isForbidden).isEmpty();
    }

    /** Whether a reader sees something of the text. */
    public static boolean isVisible(String text) {
        return find(text, it -> !isInvisible(it) && Character.getType(it) != Character.NON_SPACING_MARK)
                .isPresent();
    }

    /** The text in Unicode's normalisation form C. */
    public static String nfc(String text) {
        return Normalizer2.getNFCInstance().normalize(text);
    }

    /** The text without space at its ends, with or without width. */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.codePointAt(start))) start += Character.charCount(text.codePointAt(start));
        while (end > start && isSpace(text.codePointBefore(end))) end -= Character.charCount(text.codePointBefore(end));
        return text.substring(start, end);
    }

    static Optional<String> controlError(String text) {
        return error(text, Characters::isForbidden, "must not contain the control character ");
    }

    static Optional<String> lineError(String text) {
        return find(text, Characters::isLineBreak).isPresent()
                ? Optional.of("must be one line, without tabs and line breaks")
                : Optional.empty();
    }

    static Optional<String> directionError(String text) {
        return error(
                text,
                it -> UCharacter.hasBinaryProperty(it, UProperty.BIDI_CONTROL),
                "must not contain a mark that changes the direction of text: ");
    }

    private static Optional<String> error(String text, IntPredicate predicate, String message) {
        var found = find(text, predicate);
        return found.isPresent() ? Optional.of(message + describe(found.getAsInt())) : Optional.empty();
    }

    private static OptionalInt find(String text, IntPredicate predicate) {
        return text.codePoints().filter(predicate).findFirst();
    }

    private static boolean isForbidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character != '\n' && character != '\r' && character != '\t';
            case Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static boolean isLineBreak(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static boolean isSpace(int character) {
        return switch (character) {
            case ZERO_WIDTH_SPACE, WORD_JOINER, BYTE_ORDER_MARK -> true;
            default -> UCharacter.isUWhiteSpace(character);
        };
    }

    /**
     * Whether a reader does not see the character: white space, what a program must ignore when it shows a text, marks of
     * direction, control characters, and characters without a meaning. Marks that change another character are visible.
     */
    static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default ->
                character == BRAILLE_BLANK
                        || UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
        };
    }

    /** The character's code point and its name, such as {@code U+200B (ZERO WIDTH SPACE)}. */
    static String describe(int character) {
        return "U+%04X (%s)".formatted(character, Character.getName(character));
    }
}
