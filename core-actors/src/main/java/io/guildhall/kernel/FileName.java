package io.guildhall.kernel;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** Makes file names that users chose safe to store and to send: in a header, in a ZIP file, and on any file system. */
public final class FileName {
    /** Of the name in UTF-8. File systems allow 255; the rest is for a prefix. */
    public static final int MAX_BYTES = 200;

    private static final int MAX_EXTENSION_BYTES = 20;
    private static final String WITHOUT_NAME = "file";
    private static final String SEPARATORS = "/\\:*?\"<>|";
    /** Names of devices on Windows, with any extension. */
    private static final Pattern RESERVED = Pattern.compile(
            "(?:con|prn|aux|nul|conin\\$|conout\\$|(?:com|lpt)[0-9¹²³])(?: *\\..*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private FileName() {}

    /**
     * Returns a name without path, control characters, invisible characters, and marks that change the direction of
     * text. It is not empty, has no dot or space at its ends, is no reserved name, and has at most {@value #MAX_BYTES}
     * bytes. The extension stays. A name that is safe is returned as it is.
     */
    public static String safe(String name) {
        var visible = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFC).codePoints().forEach(it -> append(visible, it));
        var trimmed = trim(visible.toString());
        var named = trimmed.isEmpty() ? WITHOUT_NAME : trimmed;
        return shorten(RESERVED.matcher(named).matches() ? "_" + named : named);
    }

    private static void append(StringBuilder name, int character) {
        if (SEPARATORS.indexOf(character) >= 0) {
            name.append('_');
            return;
        }
        switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> {
                if (!name.isEmpty() && name.charAt(name.length() - 1) != ' ') name.append(' ');
            }
            case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> {}
            default -> name.appendCodePoint(character);
        }
    }

    private static String trim(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && isTrimmed(name.charAt(start))) start++;
        while (end > start && isTrimmed(name.charAt(end - 1))) end--;
        return name.substring(start, end);
    }

    private static boolean isTrimmed(char character) {
        return character == '.' || character == ' ';
    }

    private static String shorten(String name) {
        if (bytes(name) <= MAX_BYTES) return name;
        int dot = name.lastIndexOf('.');
        var extension = dot > 0 && bytes(name.substring(dot)) <= MAX_EXTENSION_BYTES ? name.substring(dot) : "";
        var stem = new StringBuilder();
        int left = MAX_BYTES - bytes(extension);
        for (int character : name.substring(0, name.length() - extension.length())
                .codePoints()
                .toArray()) {
            left -= bytes(Character.toString(character));
            if (left < 0) break;
            stem.appendCodePoint(character);
        }
        return trim(stem + extension);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
