package io.guildhall.kernel;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encryption with AES-256-GCM. Each call uses a new random nonce, which the result starts with. */
public final class AesGcm {
    public static final int KEY_BYTES = 32;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private AesGcm() {}

    /** Creates a random key. */
    public static SecretKey createKey() {
        return key(random(KEY_BYTES));
    }

    /** @param key {@value #KEY_BYTES} bytes */
    public static SecretKey key(byte[] key) {
        if (key.length != KEY_BYTES) throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes");
        return new SecretKeySpec(key, "AES");
    }

    /**
     * Returns the nonce, the encrypted bytes and their tag.
     *
     * @param context what the bytes belong to. It is not contained in the result; decryption requires the same.
     */
    public static byte[] encrypt(SecretKey key, byte[] plain, byte[] context) {
        var nonce = random(NONCE_BYTES);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, context);
            var encrypted = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, encrypted, NONCE_BYTES);
            return encrypted;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encryption with AES-256-GCM failed", e);
        }
    }

    /** Returns empty if the bytes were not encrypted with this key in this context, or were changed since. */
    public static Optional<byte[]> decrypt(SecretKey key, byte[] encrypted, byte[] context) {
        if (encrypted.length < NONCE_BYTES + TAG_BITS / 8) return Optional.empty();
        var nonce = Arrays.copyOf(encrypted, NONCE_BYTES);
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce, context)
                    .doFinal(encrypted, NONCE_BYTES, encrypted.length - NONCE_BYTES));
        } catch (AEADBadTagException _) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("decryption with AES-256-GCM failed", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] context)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context);
        return cipher;
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
