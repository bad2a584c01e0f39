package io.guildhall.port;

import io.guildhall.kernel.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Signed tokens in the unsubscribe links of e-mails: {@code account.kind.signature}. A token stops one kind of mail to one
 * account, and nothing else. It does not expire, since old mails must be able to be stopped.
 */
public final class UnsubscribeTokens {
    private static final Pattern FORMAT =
            Pattern.compile("([a-z]{2,4}_[0-9a-z-]{1,60})\\.([a-z-]{1,60})\\.([0-9a-f]{64})");

    private final HmacSha256 key;

    public UnsubscribeTokens(String secret) {
        this.key = new HmacSha256("unsubscribe-token", secret);
    }

    public record Claim(String accountId, MailKind kind) {}

    /** @throws IllegalArgumentException if mails of this kind cannot be stopped */
    public String issue(Claim claim) {
        if (!claim.kind().canBeStopped())
            throw new IllegalArgumentException("mails of kind " + claim.kind() + " cannot be stopped");
        var payload = claim.accountId() + "." + claim.kind().key();
        return payload + "." + key.hex(payload);
    }

    /** Returns the content of a token; empty if its signature is invalid, or if its kind of mail cannot be stopped. */
    public Optional<Claim> verify(String token) {
        var parts = FORMAT.matcher(token);
        if (!parts.matches()) return Optional.empty();
        var expected = key.hex(parts.group(1) + "." + parts.group(2));
        boolean isValid = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), parts.group(3).getBytes(StandardCharsets.US_ASCII));
        return MailKind.fromKey(parts.group(2))
                .filter(kind -> isValid && kind.canBeStopped())
                .map(kind -> new Claim(parts.group(1), kind));
    }
}
