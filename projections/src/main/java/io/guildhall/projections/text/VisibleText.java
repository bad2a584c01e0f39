package io.guildhall.projections.text;

import java.util.regex.Pattern;

/** Removes the characters of a user's text that a reader cannot see or that change what a reader sees. */
public final class VisibleText {
    private static final Pattern UNSAFE = Pattern.compile(
            "[\\p{Cc}\\u00ad\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff&&[^\\n\\t]]");
    private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n?|[\\u2028\\u2029\\u0085\\u000b\\u000c]");

    private VisibleText() {}

    /**
     * Returns the text without control characters, invisible characters and those that change the direction of text. All
     * line breaks are {@code \n}.
     */
    public static String of(String text) {
        return UNSAFE.matcher(LINE_BREAK.matcher(text).replaceAll("\n")).replaceAll("");
    }
}
