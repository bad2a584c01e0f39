package io.guildhall.journal;

import io.guildhall.kernel.Journalled;

/**
 * An event or a state as it is stored: JSON in which the personal data is encrypted. {@link JournalEncryption} converts
 * it from and to the event or state.
 *
 * @param manifest the name of the event or state in the journal
 */
public record EncryptedPayload(String manifest, byte[] json) implements Journalled {}
