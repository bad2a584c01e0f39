package io.guildhall.adapter.smtp;

import io.guildhall.kernel.HmacSha256;
import io.guildhall.port.Mailer.Mail;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses to which mail servers return undeliverable e-mails: {@code bounces+key.signature@example.org}, a
 * different one for each mail. So the recipient of a returned mail identifies the mail, and only someone who received a
 * mail can forge a report about it.
 */
public final class ReturnPaths {
    /** With the rest, at most 64 characters before the {@code @}. */
    public static final int MAX_USER_LENGTH = 14;

    private static final int SIGNATURE_LENGTH = 16;
    private static final Pattern FORMAT =
            Pattern.compile("\\+([0-9a-f]{" + Mail.KEY_LENGTH + "})\\.([0-9a-f]{" + SIGNATURE_LENGTH + "})@");

    private final HmacSha256 key;

    public ReturnPaths(String secret) {
        this.key = new HmacSha256("mail-return-path", secret);
    }

    /** @param address the mailbox that receives reports, such as {@code bounces@example.org} */
    String address(String address, String mailKey) {
        int at = address.lastIndexOf('@');
        return address.substring(0, at) + "+" + mailKey + "." + signature(mailKey) + address.substring(at);
    }

    /** Returns the key of the mail that was returned to this address; empty if the signature is invalid. */
    Optional<String> verify(String address) {
        var parts = FORMAT.matcher(address.toLowerCase(Locale.ROOT));
        return Optional.of(parts)
                .filter(it -> it.find() && MessageDigest.isEqual(bytes(signature(it.group(1))), bytes(it.group(2))))
                .map(it -> it.group(1));
    }

    private String signature(String mailKey) {
        return key.hex(mailKey).substring(0, SIGNATURE_LENGTH);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
