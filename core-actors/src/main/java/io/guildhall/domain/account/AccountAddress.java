package io.guildhall.domain.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Where the account of an e-mail address is found, so that there cannot be two accounts for one e-mail: the SHA-256, in hexadecimal, of
 * the normalised address. A hash, so that no personal data stands in the names of entities, tokens or logs.
 */
public final class AccountAddress {
    private AccountAddress() {}

    public static String of(String email) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(normalise(email).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** Without surrounding space and in lower case: mail providers do not tell the two apart, so nor do we. */
    public static String normalise(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
