package io.guildhall.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.kernel.AesGcm;
import io.guildhall.port.PersonKey;
import io.guildhall.port.PersonKey.Usable;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Encrypts events and states, and reads them again. */
public final class EncryptedRoundTrip {
    private static final JournalSerializer SERIALIZER = new JournalSerializer();
    private static final Usable KEY = new Usable(AesGcm.createKey());
    static final String ENTITY = "kind|entity";

    private EncryptedRoundTrip() {}

    /** Fails if an event or state is another one after it was encrypted and decrypted, or names no person. */
    public static void check(Object value, List<String> owners) {
        assertThat(decrypt(encrypt(value, owners, _ -> Optional.of(KEY)), _ -> Optional.of(KEY)))
                .isEqualTo(value);
    }

    static EncryptedPayload encrypt(Object value, List<String> owners, Function<String, Optional<PersonKey>> keys) {
        return SERIALIZER.encrypt(value, new PayloadCipher(ENTITY, SERIALIZER.manifest(value), owners, keys));
    }

    static Object decrypt(EncryptedPayload payload, Function<String, Optional<PersonKey>> keys) {
        return decrypt(ENTITY, payload, keys);
    }

    static Object decrypt(String entity, EncryptedPayload payload, Function<String, Optional<PersonKey>> keys) {
        try {
            var read = SERIALIZER.fromBinary(payload.json(), payload.manifest());
            return read instanceof EncryptedPayload encrypted
                    ? SERIALIZER.decrypt(encrypted, new PayloadCipher(entity, encrypted.manifest(), List.of(), keys))
                    : read;
        } catch (NotSerializableException e) {
            throw new AssertionError(e);
        }
    }
}
