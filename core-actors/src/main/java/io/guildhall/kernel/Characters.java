package io.guildhall.kernel;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;

/** Properties of characters of Unicode, and their names in messages. */
final class Characters {
    /** Unicode does not count the blank pattern of Braille as a space. */
    private static final int BRAILLE_BLANK = 0x2800;

    private Characters() {}

    static String nfc(String text) {
        return Normalizer2.getNFCInstance().normalize(text);
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
            default -> character == BRAILLE_BLANK || isDefaultIgnorable(character);
        };
    }

    private static boolean isDefaultIgnorable(int character) {
        return UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    }

    /** The character's code point and its name, such as {@code U+200B (ZERO WIDTH SPACE)}. */
    static String describe(int character) {
        return "U+%04X (%s)".formatted(character, UCharacter.getExtendedName(character));
    }
}
