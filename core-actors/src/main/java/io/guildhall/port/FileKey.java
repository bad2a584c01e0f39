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
    /** The purposes of private files: only accounts that can read the room of such a file can read the file. */
    public static final String ATTACHMENT = "attachment";

    public static final String EXPORT = "export";

    private static final String OWNER = "(acc_[0-9a-z-]{1,60})/";
    private static final String ID = "/(fil_[0-9a-z]{1,60})\\.";
    private static final Pattern PUBLIC =
            Pattern.compile(OWNER + "(picture|portfolio|gig)" + ID + "(png|jpg|gif|webp|pdf)");
    private static final Pattern PRIVATE =
            Pattern.compile(OWNER + "(" + ATTACHMENT + "|" + EXPORT + ")" + ID + "(png|jpg|gif|webp|pdf|zip|bin)");

    /** Detected from the first bytes of a file. What the sender states is ignored. */
    public enum Type {
        PNG("image/png"),
        JPG("image/jpeg"),
        GIF("image/gif"),
        WEBP("image/webp"),
        PDF("application/pdf"),
        /** Of exports only: an uploaded ZIP file is {@link #BIN}. */
        ZIP("application/zip"),
        /** Of attachments only: any other content. */
        BIN("application/octet-stream");

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
            return switch (this) {
                case PNG, JPG, GIF, WEBP -> true;
                case PDF, ZIP, BIN -> false;
            };
        }

        public static Type ofMediaType(String mediaType) {
            return Arrays.stream(values())
                    .filter(it -> it.mediaType.equals(mediaType))
                    .findFirst()
                    .orElse(BIN);
        }

        /** Returns empty if the content, or its beginning, has none of the types of public files. */
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

    /** Returns empty if the text is not a valid key of a file that every caller with its key can read. */
    public static Optional<FileKey> parse(String text) {
        return parse(PUBLIC, text);
    }

    /** As {@link #parse}, for private files too: the caller checks a signature. */
    public static Optional<FileKey> parseAny(String text) {
        return parse(PUBLIC, text).or(() -> parse(PRIVATE, text));
    }

    private static Optional<FileKey> parse(Pattern format, String text) {
        var parts = format.matcher(text);
        return parts.matches()
                ? Optional.of(new FileKey(
                        parts.group(1),
                        parts.group(2),
                        parts.group(3),
                        Type.valueOf(parts.group(4).toUpperCase(Locale.ROOT))))
                : Optional.empty();
    }

    /** Whether knowing the key is not enough to read the file. */
    public boolean isPrivate() {
        return purpose.equals(ATTACHMENT) || purpose.equals(EXPORT);
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
