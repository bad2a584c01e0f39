package io.guildhall.port;

import java.time.Instant;
import java.util.List;

/** Stores the keys that sign access tokens, for all nodes. The methods block. */
public interface SigningKeys {
    /** @param encryptedKey the private key, encrypted by the caller */
    record StoredKey(String id, byte[] encryptedKey, Instant createdAt) {}

    /** All keys, newest first. */
    List<StoredKey> all();

    /** Adds a key if there is none. Another node may have been faster: read the keys again. */
    void addFirst(StoredKey key);

    void add(StoredKey key);

    void remove(String id);
}
