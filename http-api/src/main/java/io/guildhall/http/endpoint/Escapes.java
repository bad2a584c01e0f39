package io.guildhall.http.endpoint;

import io.guildhall.kernel.Characters;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Decodes the parameters of paths and query strings. They obey the same rule as the texts in a body: {@link PlainText}.
 */
public final class Escapes {
    private static final int MAX_ECHOED_LENGTH = 100;

    private Escapes() {}

    /**
     * @param escaped path parameters by name, as the path has them
     * @throws Problem 400 if one is not a plain text
     */
    static Map<String, String> decodePath(Map<String, String> escaped) {
        var decoded = new HashMap<String, String>();
        escaped.forEach((name, value) -> decoded.put(name, plainText("bad-path", name, decode(value))));
        return decoded;
    }

    /** Returns empty if an escape is broken, or the bytes are not UTF-8. */
    static Optional<String> decodeQuery(String escaped) {
        return decode(escaped.replace('+', ' '));
    }

    /** @throws Problem 400 if the value is missing, too long or has control characters */
    static String plainText(String code, String name, Optional<String> value) {
        var text = value.filter(it -> Characters.count(it) <= QueryValues.MAX_LENGTH && Characters.arePlain(it))
                .orElseThrow(() -> new Problem(
                        400,
                        code,
                        "%s must be percent-encoded UTF-8 text without control characters, at most %d characters long."
                                .formatted(name, QueryValues.MAX_LENGTH)));
        return text.isBlank() || Characters.isVisible(text) ? text : "";
    }

    /** A name that a caller sent, for a problem's detail. Returns a placeholder if it is long or not printable. */
    public static String printable(String name) {
        boolean isPrintable = !name.isBlank()
                && name.length() <= MAX_ECHOED_LENGTH
                && Characters.arePlain(name)
                && !name.contains("\n");
        return isPrintable ? name : "(unprintable name)";
    }

    private static Optional<String> decode(String escaped) {
        if (escaped.indexOf('%') < 0) return Optional.of(escaped);
        var from = escaped.getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream(from.length);
        for (int i = 0; i < from.length; i++) {
            if (from[i] != '%') {
                bytes.write(from[i]);
            } else {
                if (i + 2 >= from.length || !HexFormat.isHexDigit(from[i + 1]) || !HexFormat.isHexDigit(from[i + 2]))
                    return Optional.empty();
                bytes.write(HexFormat.fromHexDigit(from[++i]) << 4 | HexFormat.fromHexDigit(from[++i]));
            }
        }
        return Utf8.text(bytes.toByteArray());
    }
}
