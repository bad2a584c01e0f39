package io.guildhall.port;

import javax.crypto.SecretKey;

/** The key of the personal data of one account. */
public sealed interface PersonKey {
    record Usable(SecretKey key) implements PersonKey {}

    /** Everything that was encrypted with it is unreadable. The account never gets another key. */
    record Destroyed() implements PersonKey {}
}
