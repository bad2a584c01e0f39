package io.guildhall.adapter.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.guildhall.kernel.AesGcm;
import io.guildhall.kernel.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;

/**
 * The keys that encrypt the keys of persons in the database. The first one encrypts; the others decrypt what they have
 * encrypted before.
 */
public final class MasterKeys {
    private static final int FINGERPRINT_LENGTH = 16;

    private final SecretKey first;
    private final String current;
    private final Map<String, SecretKey> byFingerprint;

    /**
     * A key that was encrypted.
     *
     * @param masterKey the fingerprint of the master key
     */
    record Wrapped(byte[] key, String masterKey) {}

    /** @param keys at least one, each of {@value AesGcm#KEY_BYTES} bytes */
    public MasterKeys(List<byte[]> keys) {
        this.first = AesGcm.key(keys.getFirst());
        this.current = fingerprint(keys.getFirst());
        this.byFingerprint =
                keys.stream().distinct().collect(toUnmodifiableMap(MasterKeys::fingerprint, AesGcm::key, (a, _) -> a));
    }

    /** Names a key without telling anything about it. */
    static String fingerprint(byte[] key) {
        return Sha256.hex("master-key-fingerprint/".getBytes(UTF_8), key).substring(0, FINGERPRINT_LENGTH);
    }

    /** The fingerprint of the key that encrypts. */
    String current() {
        return current;
    }

    Set<String> fingerprints() {
        return byFingerprint.keySet();
    }

    Wrapped wrap(String accountId, SecretKey key) {
        return new Wrapped(AesGcm.encrypt(first, key.getEncoded(), context(accountId)), current);
    }

    /** Returns empty if the master key is not configured, or the key was changed or belongs to another account. */
    Optional<SecretKey> unwrap(String accountId, Wrapped wrapped) {
        return Optional.ofNullable(byFingerprint.get(wrapped.masterKey))
                .flatMap(it -> AesGcm.decrypt(it, wrapped.key, context(accountId)))
                .map(AesGcm::key);
    }

    private static byte[] context(String accountId) {
        return ("person-key/" + accountId).getBytes(UTF_8);
    }
}
