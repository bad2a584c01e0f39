package io.guildhall.kernel;

import java.security.SecureRandom;
import java.util.Base64;

/** Secrets that cannot be guessed: 256 random bits, as 43 characters that are safe in a URL. */
public final class RandomTokens {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomTokens() {}

    public static String create() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
