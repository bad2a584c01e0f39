package io.guildhall.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
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
 * The keys that sign access tokens, the same on all nodes. The newest key signs; an older one verifies until the last
 * token that it signed has expired. Keys are stored encrypted: AES-256-GCM under a key derived from the program's
 * secret.
 */
public final class KeyRing {
    private static final Duration MIN_RELOAD_INTERVAL = Duration.ofSeconds(5);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SigningKeys store;
    private final SecretKeySpec seal;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private volatile Loaded loaded;

    private record Loaded(List<ECKey> keys, Instant at) {}

    /** Creates the first key if none exists. Blocks. */
    public KeyRing(SigningKeys store, String secret, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.seal = new SecretKeySpec(Sha256.digest("signing-key/" + secret), "AES");
        if (store.all().isEmpty()) store.addFirst(create());
        this.loaded = load();
    }

    /**
     * Starts to sign with a new key and removes keys whose tokens have all expired. Other nodes follow within a minute.
     * Blocks.
     */
    public void rotate() {
        var all = store.all();
        store.add(create());
        var expired = clock.instant().minus(AccessTokens.LIFETIME.multipliedBy(2));
        // A key is removed when its successor is so old that every token of the key has expired.
        for (int i = 1; i < all.size(); i++)
            if (all.get(i - 1).createdAt().isBefore(expired))
                store.remove(all.get(i).id());
        loaded = load();
    }

    ECKey signing() {
        return current().keys().getFirst();
    }

    Optional<ECKey> verifying(String id) {
        return find(id).or(() -> {
            // Another node may have rotated the keys.
            if (clock.instant().isAfter(loaded.at().plus(MIN_RELOAD_INTERVAL))) loaded = load();
            return find(id);
        });
    }

    private Optional<ECKey> find(String id) {
        return loaded.keys().stream().filter(it -> it.getKeyID().equals(id)).findFirst();
    }

    /** The public keys as JSON Web Keys, RFC 7517. */
    public List<Map<String, Object>> jwks() {
        return current().keys().stream()
                .map(it -> it.toPublicJWK().toJSONObject())
                .toList();
    }

    private Loaded current() {
        if (clock.instant().isAfter(loaded.at().plus(Duration.ofMinutes(1)))) loaded = load();
        return loaded;
    }

    private Loaded load() {
        return new Loaded(store.all().stream().map(this::open).toList(), clock.instant());
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
            throw new IllegalStateException(
                    "The signing keys are encrypted with a different secret. Start with the GUILDHALL_SECRET that this database was used with,"
                            + " or empty its table signing_key (all users must log in again).",
                    e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, seal, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
