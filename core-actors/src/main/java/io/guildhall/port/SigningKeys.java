package io.guildhall.port;

import java.time.Instant;
import java.util.List;

/** Keeps the keys that access tokens are signed with; all nodes see the same. Blocks. */
public interface SigningKeys {
    /** @param sealedKey the private key, encrypted by who uses it: the store learns nothing */
    record Stored(String id, byte[] sealedKey, Instant createdAt) {}

    /** The newest first. */
    List<Stored> all();

    /** Keeps a first key, unless another node was first; the caller reads again to see which one holds. */
    void addFirst(Stored key);

    void add(Stored key);

    void remove(String id);
}
