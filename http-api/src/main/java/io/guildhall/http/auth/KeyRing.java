package io.guildhall.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.kernel.Sha256;
import io.guildhall.port.SigningKeys;
import io.guildhall.port.SigningKeys.StoredKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that sign access tokens, the same on all nodes. Every node loads them again after {@link #RELOAD_INTERVAL}. A
 * new key signs once it is so old that all nodes have loaded it; an older one verifies until the last token that it
 * signed has expired. Keys are stored encrypted: AES-256-GCM under a key derived from the program's secret.
 */
public final class KeyRing implements AutoCloseable {
    private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(5);
    /** The age from which a key signs, unless it is the only one. */
    static final Duration SIGNS_FROM_AGE = Duration.ofSeconds(30);

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SigningKeys store;
    private final SecretKeySpec seal;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final BackgroundLoop loop;
    private volatile List<Key> keys;

    private record Key(ECKey pair, Instant createdAt) {}

    /** Creates the first key if none exists. Blocks. */
    public KeyRing(SigningKeys store, String secret, InstantSource clock, BackgroundLoops loops) {
        this.store = store;
        this.clock = clock;
        this.seal = new SecretKeySpec(Sha256.digest("signing-key/" + secret), "AES");
        if (store.all().isEmpty()) store.addFirst(create());
        this.keys = load();
        this.loop = loops.start("signing-keys", this::reload);
    }

    private Duration reload() {
        keys = load();
        return RELOAD_INTERVAL;
    }

    /**
     * Adds a key, which signs after {@link #SIGNS_FROM_AGE}, and removes keys whose tokens have all expired. Blocks.
     */
    public void rotate() {
        var all = store.all();
        store.add(create());
        var expired = clock.instant().minus(AccessTokens.LIFETIME.multipliedBy(2));
        // A key is removed when its successor is so old that every token of the key has expired.
        for (int i = 1; i < all.size(); i++)
            if (all.get(i - 1).createdAt().isBefore(expired))
                store.remove(all.get(i).id());
        keys = load();
    }

    ECKey signing() {
        var all = keys;
        var newest = clock.instant().minus(SIGNS_FROM_AGE);
        return all.stream()
                .filter(it -> !it.createdAt().isAfter(newest))
                .findFirst()
                .orElseGet(all::getLast)
                .pair();
    }

    Optional<ECKey> verifying(String id) {
        return keys.stream()
                .map(Key::pair)
                .filter(it -> it.getKeyID().equals(id))
                .findFirst();
    }

    /** The public keys as JSON Web Keys, RFC 7517. */
    public List<Map<String, Object>> jwks() {
        return keys.stream().map(it -> it.pair().toPublicJWK().toJSONObject()).toList();
    }

    @Override
    public void close() {
        loop.close();
    }

    private List<Key> load() {
        return store.all().stream().map(it -> new Key(open(it), it.createdAt())).toList();
    }

    private StoredKey create() {
        try {
            var id = HexFormat.of().toHexDigits(random.nextLong());
            var key = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyID(id)
                    .generate();
            var nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce)
                    .doFinal(key.toJSONString().getBytes(StandardCharsets.UTF_8));
            return new StoredKey(
                    id,
                    ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array(),
                    clock.instant());
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot create a signing key", e);
        }
    }

    private ECKey open(StoredKey stored) {
        try {
            var bytes = ByteBuffer.wrap(stored.encryptedKey());
            var nonce = new byte[NONCE_BYTES];
            bytes.get(nonce);
            var sealed = new byte[bytes.remaining()];
            bytes.get(sealed);
            return ECKey.parse(new String(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(sealed), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | ParseException e) {
            throw new OtherSecretException(e);
        }
    }

    /** The stored keys were encrypted with another secret. The message says what to do. */
    public static final class OtherSecretException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private OtherSecretException(Exception cause) {
            super(
                    "The signing keys in the database are encrypted with a different secret. Start with the GUILDHALL_SECRET that this"
                            + " database was used with, or empty its table signing_key: then all access tokens, and the links in sent"
                            + " e-mails, become invalid.",
                    cause);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, seal, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
