package io.guildhall.port;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The identity of a file, such as {@code acc_01k…/gig/fil_01k….png}.
 *
 * @param owner id of the account
 * @param purpose what the file is used for, in lower case
 */
public record FileKey(String owner, String purpose, String id, Type type) {
    private static final Pattern FORMAT = Pattern.compile(
            "(acc_[0-9a-z-]{1,60})/(picture|portfolio|gig)/(fil_[0-9a-z]{1,60})\\.(png|jpg|gif|webp|pdf)");

    /** Detected from the first bytes of a file. What the sender states is ignored. */
    public enum Type {
        PNG("image/png"),
        JPG("image/jpeg"),
        GIF("image/gif"),
        WEBP("image/webp"),
        PDF("application/pdf");

        /** How many bytes at the beginning of a file decide. */
        public static final int DETECTION_BYTES = 12;

        private final String mediaType;

        Type(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }

        public boolean isPicture() {
            return this != PDF;
        }

        /** Returns empty if the content, or its beginning, has none of these types. */
        public static Optional<Type> detect(byte[] content) {
            if (hasBytes(content, 0, "\u0089PNG\r\n\u001a\n")) return Optional.of(PNG);
            if (hasBytes(content, 0, "\u00ff\u00d8\u00ff")) return Optional.of(JPG);
            if (hasBytes(content, 0, "GIF87a") || hasBytes(content, 0, "GIF89a")) return Optional.of(GIF);
            if (hasBytes(content, 0, "RIFF") && hasBytes(content, 8, "WEBP")) return Optional.of(WEBP);
            if (hasBytes(content, 0, "%PDF-")) return Optional.of(PDF);
            return Optional.empty();
        }

        private static boolean hasBytes(byte[] content, int offset, String bytesAsText) {
            var bytes = bytesAsText.getBytes(StandardCharsets.ISO_8859_1);
            return content.length >= offset + bytes.length
                    && Arrays.equals(content, offset, offset + bytes.length, bytes, 0, bytes.length);
        }
    }

    /** Returns empty if the text is not a valid key. */
    public static Optional<FileKey> parse(String text) {
        var parts = FORMAT.matcher(text);
        return parts.matches()
                ? Optional.of(new FileKey(
                        parts.group(1),
                        parts.group(2),
                        parts.group(3),
                        Type.valueOf(parts.group(4).toUpperCase(Locale.ROOT))))
                : Optional.empty();
    }

    /** The key without the extension. */
    public String withoutExtension() {
        return owner + "/" + purpose + "/" + id;
    }

    @Override
    public String toString() {
        return withoutExtension() + "." + type.name().toLowerCase(Locale.ROOT);
    }
}
