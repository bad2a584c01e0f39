package io.guildhall.http.auth;

import io.guildhall.kernel.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A single-use secret that is exchanged for an access token and the next refresh token. The account stores only its
 * hash.
 *
 * @param secret 256 random bits
 */
record RefreshToken(String account, String session, String secret) {
    private static final int SECRET_BYTES = 32;
    private static final Pattern FORMAT =
            Pattern.compile("(acc_[0-9a-z-]{1,60})\\.(ses_[0-9a-z]{26})\\.([A-Za-z0-9_-]{43})");

    static RefreshToken create(String account, String session, SecureRandom random) {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new RefreshToken(
                account, session, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    static Optional<RefreshToken> parse(String text) {
        var parts = FORMAT.matcher(text);
        return parts.matches()
                ? Optional.of(new RefreshToken(parts.group(1), parts.group(2), parts.group(3)))
                : Optional.empty();
    }

    String text() {
        return account + "." + session + "." + secret;
    }

    String hash() {
        return Sha256.hex(secret);
    }

    @Override
    public String toString() {
        return "refresh token of " + session;
    }
}
