package io.guildhall.http.auth;

import io.guildhall.kernel.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Signed refresh tokens: {@code account.session.number.signature}. No token is stored, so a copy of the database contains
 * none.
 */
public final class RefreshTokens {
    private static final Pattern FORMAT =
            Pattern.compile("(acc_[0-9a-z-]{1,60})\\.(ses_[0-9a-z]{26})\\.([1-9][0-9]{0,8})\\.([0-9A-Za-z_-]{43})");

    private final HmacSha256 key;

    public RefreshTokens(String secret) {
        this.key = new HmacSha256("refresh-token", secret);
    }

    /** @param number of the token among those of the session, from 1 */
    record Claim(String accountId, String sessionId, int number) {
        private String text() {
            return accountId + "." + sessionId + "." + number;
        }
    }

    String issue(Claim claim) {
        return claim.text() + "." + signature(claim);
    }

    /** Returns the content of a token; empty if its signature is invalid. */
    Optional<Claim> verify(String token) {
        var parts = FORMAT.matcher(token);
        if (!parts.matches()) return Optional.empty();
        var claim = new Claim(parts.group(1), parts.group(2), Integer.parseInt(parts.group(3)));
        boolean isValid = MessageDigest.isEqual(
                signature(claim).getBytes(StandardCharsets.US_ASCII),
                parts.group(4).getBytes(StandardCharsets.US_ASCII));
        return isValid ? Optional.of(claim) : Optional.empty();
    }

    private String signature(Claim claim) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.sign(claim.text().getBytes(StandardCharsets.US_ASCII)));
    }
}
