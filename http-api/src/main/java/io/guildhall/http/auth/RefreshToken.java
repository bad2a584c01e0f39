package io.guildhall.http.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An opaque token that is used once, for a new access token and a new one of its kind. The account keeps its hash only.
 *
 * @param address of the account's entity
 * @param session that it belongs to
 * @param secret 256 bits of chance
 */
record RefreshToken(String address, String session, String secret) {
    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{64})\\.(ses_[0-9a-z]{26})\\.([A-Za-z0-9_-]{43})");

    static RefreshToken fresh(String address, String session, SecureRandom chance) {
        var secret = new byte[SECRET_BYTES];
        chance.nextBytes(secret);
        return new RefreshToken(
                address, session, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    static Optional<RefreshToken> parse(String text) {
        var form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new RefreshToken(form.group(1), form.group(2), form.group(3)))
                : Optional.empty();
    }

    String text() {
        return address + "." + session + "." + secret;
    }

    String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "refresh token of " + session;
    }
}
