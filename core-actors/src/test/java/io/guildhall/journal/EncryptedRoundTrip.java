package io.guildhall.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.kernel.AesGcm;
import io.guildhall.port.PersonKey;
import io.guildhall.port.PersonKey.Destroyed;
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

    /**
     * Fails if an event or state is another one after it was encrypted and decrypted, names no person, or cannot be read
     * after the keys were destroyed.
     */
    public static void check(Object value, List<String> owners) {
        var encrypted = encrypt(value, owners, _ -> Optional.of(KEY));
        assertThat(decrypt(encrypted, _ -> Optional.of(KEY))).isEqualTo(value);
        assertThat(decrypt(encrypted, _ -> Optional.of(new Destroyed()))).isInstanceOf(value.getClass());
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
