package io.guildhall.projections.notify.mail;

import io.guildhall.projections.text.VisibleText;
import java.util.regex.Pattern;

/**
 * Makes users' texts safe for an e-mail: removes control characters, invisible characters and those that change the
 * direction of text, and limits the length. The HTML template escapes markup.
 */
final class UserText {
    private static final int MAX_PARAGRAPHS_LENGTH = 1_000;
    /** Also of one character for each line: a mail with thousands of short lines is not readable. */
    private static final int MAX_LINES = 25;

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private UserText() {}

    /** The text on one line. */
    static String line(String text, int maxLength) {
        return cut(SPACE.matcher(VisibleText.of(text)).replaceAll(" ").strip(), maxLength);
    }

    /** The text with its lines. */
    static String paragraphs(String text) {
        var lines =
                VisibleText.of(text).strip().lines().map(String::stripTrailing).toList();
        var kept = String.join("\n", lines.subList(0, Math.min(lines.size(), MAX_LINES)));
        return lines.size() > MAX_LINES ? kept + "\n…" : cut(kept, MAX_PARAGRAPHS_LENGTH);
    }

    /** Does not cut between the two halves of a character. */
    private static String cut(String text, int maxLength) {
        if (text.length() <= maxLength) return text;
        int end = Character.isHighSurrogate(text.charAt(maxLength - 2)) ? maxLength - 2 : maxLength - 1;
        return text.substring(0, end).stripTrailing() + "…";
    }
}
