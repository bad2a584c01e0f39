package io.guildhall.kernel;

import com.ibm.icu.text.Transliterator;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes texts of any script in lower-case Latin letters. */
public final class LatinText {
    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");
    /** Marks of pronunciation that remain of some scripts. */
    private static final Pattern MODIFIER_LETTERS = Pattern.compile("\\p{Lm}+");

    private LatinText() {}

    /** The rules take half a second to load, so they are loaded for the first text that needs them. */
    private static final class Rules {
        static final Transliterator TO_LATIN = Transliterator.getInstance("Any-Latin; Latin-ASCII");
    }

    /**
     * The words of a text as {@code a-z} and {@code 0-9}, separated by hyphens: {@code jurgen-gross} for "Jürgen Groß",
     * {@code li-xiao-long} for "李小龙". Empty if nothing of it can be written so.
     */
    public static String words(String text) {
        var latin = ASCII.matcher(text).matches() ? text : Rules.TO_LATIN.transliterate(text);
        return MODIFIER_LETTERS
                .matcher(latin)
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }
}
