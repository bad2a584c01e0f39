package io.guildhall.port;

import io.guildhall.kernel.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Signed tokens in the links of e-mails: {@code email.nonce.signature}. They prove that the sender of a request has
 * received the e-mail. The e-mail address decides by the nonce whether a token is still valid.
 */
public final class MailTokens {
    private static final Pattern FORMAT =
            Pattern.compile("([0-9a-f]{64})\\.([0-9A-Za-z_-]{1,64})\\.([0-9A-Za-z_-]{43})");
    private final HmacSha256 key;

    public MailTokens(String secret) {
        this.key = new HmacSha256("mail-token", secret);
    }

    /** @param emailId the {@linkplain io.guildhall.domain.email.Email#id hash} of the e-mail address */
    public record Claim(String emailId, String nonce) {}

    public String issue(Claim claim) {
        var payload = claim.emailId() + "." + claim.nonce();
        return payload + "." + signature(payload);
    }

    /** Returns the content of a token; empty if its signature is invalid. */
    public Optional<Claim> verify(String token) {
        var parts = FORMAT.matcher(token);
        if (!parts.matches()) return Optional.empty();
        var expected = signature(parts.group(1) + "." + parts.group(2));
        boolean isValid = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), parts.group(3).getBytes(StandardCharsets.US_ASCII));
        return isValid ? Optional.of(new Claim(parts.group(1), parts.group(2))) : Optional.empty();
    }

    private String signature(String payload) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.sign(payload.getBytes(StandardCharsets.US_ASCII)));
    }
}
