package io.guildhall.port;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file's identity, as {@code acc_01k…/gig/fil_01k….png}: whose it is, what for, and of which type.
 *
 * @param purpose lower case
 */
public record FileKey(String owner, String purpose, String id, Type type) {
    private static final Pattern FORM = Pattern.compile(
            "(acc_[0-9a-z-]{1,60})/(picture|portfolio|gig)/(fil_[0-9a-z]{1,60})\\.(png|jpg|gif|webp|pdf)");

    /** Told by a file's first bytes; what its sender says of it is not believed. */
    public enum Type {
        PNG("image/png"),
        JPG("image/jpeg"),
        GIF("image/gif"),
        WEBP("image/webp"),
        PDF("application/pdf");

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

        /** Nothing where it is none of these. */
        public static Optional<Type> of(byte[] content) {
            if (begins(content, 0, "\u0089PNG\r\n\u001a\n")) return Optional.of(PNG);
            if (begins(content, 0, "\u00ff\u00d8\u00ff")) return Optional.of(JPG);
            if (begins(content, 0, "GIF87a") || begins(content, 0, "GIF89a")) return Optional.of(GIF);
            if (begins(content, 0, "RIFF") && begins(content, 8, "WEBP")) return Optional.of(WEBP);
            if (begins(content, 0, "%PDF-")) return Optional.of(PDF);
            return Optional.empty();
        }

        private static boolean begins(byte[] content, int at, String with) {
            var bytes = with.getBytes(StandardCharsets.ISO_8859_1);
            return content.length >= at + bytes.length
                    && Arrays.equals(content, at, at + bytes.length, bytes, 0, bytes.length);
        }
    }

    /** Nothing where it is no such key. */
    public static Optional<FileKey> of(String text) {
        var parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new FileKey(
                        parts.group(1),
                        parts.group(2),
                        parts.group(3),
                        Type.valueOf(parts.group(4).toUpperCase(Locale.ROOT))))
                : Optional.empty();
    }

    /** Without the ending. */
    public String bare() {
        return owner + "/" + purpose + "/" + id;
    }

    @Override
    public String toString() {
        return bare() + "." + type.name().toLowerCase(Locale.ROOT);
    }
}
