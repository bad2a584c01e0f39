package io.guildhall.domain.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Entity ids of accounts. The id is derived from the e-mail address, so that an address has at most one account: the
 * SHA-256, in hexadecimal, of the normalised address. It is a hash so that ids of entities, tokens and logs contain no
 * personal data.
 */
public final class AccountAddress {
    private AccountAddress() {}

    public static String fromEmail(String email) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(normalise(email).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** Removes surrounding space and converts to lower case, since e-mail providers ignore case. */
    public static String normalise(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
