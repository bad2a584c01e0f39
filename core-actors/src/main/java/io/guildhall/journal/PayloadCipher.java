package io.guildhall.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.kernel.AesGcm;
import io.guildhall.kernel.Sha256;
import io.guildhall.port.PersonKey;
import io.guildhall.port.PersonKey.Destroyed;
import io.guildhall.port.PersonKey.Usable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import javax.crypto.SecretKey;

/**
 * Encrypts and decrypts the personal components of one event or state. An encrypted component is the text
 * {@code 1:ACCOUNTS:BYTES}: the version of this format, the account ids of its persons, separated by {@code +}, and the
 * result of {@link AesGcm} in Base64; without bytes, if the key of a person was destroyed before. A component is bound to
 * the entity, the name of the event or state, its own name and its persons: it cannot be read in another place.
 */
final class PayloadCipher {
    private static final String VERSION = "1";
    private static final char SEPARATOR = ':';
    private static final char BETWEEN_PERSONS = '+';

    private final String place;
    private final List<String> owners;
    private final Function<String, Optional<PersonKey>> keys;
    private final Set<String> persons = new HashSet<>();
    private boolean complete = true;

    /**
     * @param persistenceId of the entity
     * @param manifest the name of the event or state
     * @param owners of the entity; for encryption
     * @param keys by account id
     */
    PayloadCipher(
            String persistenceId, String manifest, List<String> owners, Function<String, Optional<PersonKey>> keys) {
        this.place = persistenceId + '\n' + manifest + '\n';
        this.owners = owners;
        this.keys = keys;
    }

    List<String> owners() {
        return owners;
    }

    /** The persons of all components so far. */
    Set<String> persons() {
        return Set.copyOf(persons);
    }

    /** Whether the keys of all components so far were found. Otherwise, what was encrypted must not be stored. */
    boolean isComplete() {
        return complete;
    }

    /** @throws IllegalStateException if no person is named: personal data is never stored as plain text */
    String encrypt(String component, List<String> of, byte[] plain) {
        if (of.isEmpty())
            throw new IllegalStateException(
                    "no person is named for the personal data '" + component + "' of " + place.strip());
        var ids = String.join(String.valueOf(BETWEEN_PERSONS), new TreeSet<>(of));
        var prefix = VERSION + SEPARATOR + ids + SEPARATOR;
        return key(ids).map(key -> prefix
                        + Base64.getEncoder().encodeToString(AesGcm.encrypt(key, plain, context(prefix, component))))
                .orElse(prefix);
    }

    /**
     * Returns empty if the key of a person was destroyed.
     *
     * @throws IOException if the text was not encrypted for this component, or was changed since
     */
    Optional<byte[]> decrypt(String component, String encrypted) throws IOException {
        int end = encrypted.lastIndexOf(SEPARATOR);
        if (!encrypted.startsWith(VERSION + SEPARATOR) || end <= VERSION.length())
            throw new IOException("the encrypted '" + component + "' has an unknown format");
        var prefix = encrypted.substring(0, end + 1);
        var key = key(prefix.substring(VERSION.length() + 1, end));
        if (key.isEmpty() || prefix.length() == encrypted.length()) return Optional.empty();
        return Optional.of(decode(encrypted.substring(end + 1))
                .flatMap(it -> AesGcm.decrypt(key.get(), it, context(prefix, component)))
                .orElseThrow(() -> new IOException("the encrypted '" + component + "' does not belong to "
                        + place.strip().replace('\n', ' ') + ", or was changed")));
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private byte[] context(String prefix, String component) {
        return (prefix + place + component).getBytes(UTF_8);
    }

    /** Returns empty if the key of a person was destroyed, or was not found. */
    private Optional<SecretKey> key(String ids) {
        var found = new ArrayList<SecretKey>();
        var readable = true;
        for (var id : split(ids)) {
            persons.add(id);
            var key = keys.apply(id);
            if (key.isEmpty()) complete = false;
            readable &= key.isPresent()
                    && switch (key.get()) {
                        case Usable usable -> found.add(usable.key());
                        case Destroyed _ -> false;
                    };
        }
        return readable ? Optional.of(combined(found)) : Optional.empty();
    }

    /** All keys are necessary. */
    private static SecretKey combined(List<SecretKey> keys) {
        return keys.size() == 1
                ? keys.getFirst()
                : AesGcm.key(
                        Sha256.digest(keys.stream().map(SecretKey::getEncoded).toArray(byte[][]::new)));
    }

    private static List<String> split(String ids) {
        return ids.indexOf(BETWEEN_PERSONS) < 0
                ? Collections.singletonList(ids)
                : List.of(ids.split("[" + BETWEEN_PERSONS + "]", -1));
    }

    /** The persons of all encrypted components of a payload. */
    static Set<String> personsOf(EncryptedPayload payload) {
        var ids = new HashSet<String>();
        for (var text : PersonalDataModule.encryptedTexts(payload.json())) {
            int begin = text.indexOf(SEPARATOR) + 1;
            int end = text.lastIndexOf(SEPARATOR);
            if (begin > 0 && end > begin) ids.addAll(split(text.substring(begin, end)));
        }
        return ids;
    }
}
