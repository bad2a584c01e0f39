package io.guildhall.journal;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.guildhall.port.PersonKey;
import io.guildhall.port.PersonKeys;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.serialization.SerializationExtension;

/**
 * Encrypts the {@link io.guildhall.kernel.Personal} data of events and states under the keys of its persons, and decrypts
 * it. Never blocks: keys that are not cached are read first, all of a call in one query. If they cannot be read, the stage
 * fails, as the journal does while the database is unavailable; nothing is stored as plain text.
 *
 * <p>What belongs to a person whose key was destroyed reads as erased, so that recoveries, followers and rebuilds
 * continue. Data that was changed, or belongs to another entity or component, makes its event unreadable.
 */
public final class JournalEncryption implements Extension {
    private static final Id ID = new Id();

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final JournalSerializer serializer;
    private final CompletableFuture<PersonKeys> keys = new CompletableFuture<>();

    /** @param value an event or a state, not encrypted */
    public record Plain(String persistenceId, Object value, List<String> owners) {}

    /** @param payload as the serializer has read it: one that is not encrypted is returned as it is */
    public record Stored(String persistenceId, Object payload) {}

    private JournalEncryption(JournalSerializer serializer) {
        this.serializer = serializer;
    }

    public static JournalEncryption of(ActorSystem system) {
        return ID.get(system);
    }

    /** Provides the keys. What needs them before waits up to a minute. */
    public void open(PersonKeys personKeys) {
        keys.complete(personKeys);
    }

    private CompletableFuture<PersonKeys> source() {
        return keys.isDone() ? keys : keys.copy().orTimeout(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Returns what is to be stored, in the same order. */
    public CompletionStage<List<EncryptedPayload>> encrypt(List<Plain> values) {
        return source().thenCompose(it -> encrypt(values, it));
    }

    /** Returns what is to be stored for a snapshot of an entity. */
    public CompletionStage<EncryptedPayload> encryptState(String persistenceId, Object state) {
        var owners = serializer.owners(PersistenceId.ofUniqueId(persistenceId), state);
        return encrypt(List.of(new Plain(persistenceId, state, owners))).thenApply(List::getFirst);
    }

    /** Most keys are cached: encrypts first, and again if the key of a person was not found. */
    private CompletionStage<List<EncryptedPayload>> encrypt(List<Plain> values, PersonKeys source) {
        var persons = new HashSet<String>();
        var encrypted = encrypt(values, source::cached, persons);
        return encrypted.isPresent()
                ? CompletableFuture.completedStage(encrypted.get())
                : source.findOrCreate(Set.copyOf(persons))
                        .thenApply(found -> encrypt(values, in(found), persons)
                                .orElseThrow(() -> new IllegalStateException("no keys of " + persons)));
    }

    /**
     * Returns empty if the key of a person was not found.
     *
     * @param persons gets the persons of all values
     */
    private Optional<List<EncryptedPayload>> encrypt(
            List<Plain> values, Function<String, Optional<PersonKey>> found, Collection<String> persons) {
        var complete = true;
        var payloads = new ArrayList<EncryptedPayload>(values.size());
        for (var plain : values) {
            var cipher = new PayloadCipher(plain.persistenceId, serializer.manifest(plain.value), plain.owners, found);
            payloads.add(serializer.encrypt(plain.value, cipher));
            persons.addAll(cipher.persons());
            complete &= cipher.isComplete();
        }
        return complete ? Optional.of(payloads) : Optional.empty();
    }

    /** Returns the event or state. Fails with a {@link NotSerializableException} for a state of another version. */
    public CompletionStage<Object> decrypt(String persistenceId, Object payload) {
        return payload instanceof EncryptedPayload
                ? decrypt(List.of(new Stored(persistenceId, payload))).thenApply(List::getFirst)
                : CompletableFuture.completedStage(payload);
    }

    /** Returns the events or states, in the same order. An event that cannot be read is an {@link UnreadableEvent}. */
    public CompletionStage<List<Object>> decrypt(List<Stored> stored) {
        var persons = stored.stream()
                .flatMap(it -> it.payload instanceof EncryptedPayload payload
                        ? PayloadCipher.personsOf(payload).stream()
                        : Stream.empty())
                .collect(toUnmodifiableSet());
        return keys(persons)
                .thenApply(found ->
                        stored.stream().map(it -> decrypt(it, in(found))).toList());
    }

    private CompletionStage<Map<String, PersonKey>> keys(Set<String> persons) {
        if (persons.isEmpty()) return CompletableFuture.completedStage(Map.of());
        return source().thenCompose(source -> {
            var found = new HashMap<String, PersonKey>();
            for (var person : persons) source.cached(person).ifPresent(it -> found.put(person, it));
            return found.size() == persons.size() ? CompletableFuture.completedStage(found) : source.find(persons);
        });
    }

    private Object decrypt(Stored stored, Function<String, Optional<PersonKey>> found) {
        if (!(stored.payload instanceof EncryptedPayload payload)) return stored.payload;
        try {
            return serializer.decrypt(
                    payload, new PayloadCipher(stored.persistenceId, payload.manifest(), List.of(), found));
        } catch (NotSerializableException e) {
            throw new CompletionException(e);
        }
    }

    private static Function<String, Optional<PersonKey>> in(Map<String, PersonKey> found) {
        return id -> Optional.ofNullable(found.get(id));
    }

    private static final class Id extends AbstractExtensionId<JournalEncryption> {
        @Override
        public JournalEncryption createExtension(ExtendedActorSystem system) {
            try {
                return new JournalEncryption(
                        (JournalSerializer) SerializationExtension.get(system).serializerFor(EncryptedPayload.class));
            } catch (NotSerializableException e) {
                throw new IllegalStateException("reference.conf binds no serializer to events", e);
            }
        }
    }
}
