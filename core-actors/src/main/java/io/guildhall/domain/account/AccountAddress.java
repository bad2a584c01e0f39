package io.guildhall.domain.account;

import io.guildhall.kernel.Sha256;
import java.util.Locale;

/**
 * Entity ids of accounts. The id is derived from the e-mail address, so that an address has at most one account: the
 * SHA-256, in hexadecimal, of the normalised address. It is a hash so that ids of entities, tokens and logs contain no
 * personal data.
 */
public final class AccountAddress {
    private AccountAddress() {}

    public static String fromEmail(String email) {
        return Sha256.hex(normalise(email));
    }

    /** Removes surrounding space and converts to lower case, since e-mail providers ignore case. */
    public static String normalise(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
