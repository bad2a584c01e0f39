package io.guildhall.journal;

import io.guildhall.kernel.Correlation;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;

/**
 * Adds the correlation id and the owners of the entity to each event that one entity records. The event itself does not
 * contain them. During recovery it drops the first unreadable event and all later ones.
 */
public final class CorrelationAdapter<E> extends EventAdapter<E, Object> {
    private final Class<E> events;
    private final Supplier<Correlation> current;
    private final Supplier<List<String>> owners;
    private Optional<UnreadableEvent> unreadable = Optional.empty();

    /**
     * @param current the correlation of the command that the entity is processing
     * @param owners of the entity after that command
     */
    public CorrelationAdapter(Class<E> events, Supplier<Correlation> current, Supplier<List<String>> owners) {
        this.events = events;
        this.current = current;
        this.owners = owners;
    }

    /** The first event that could not be read. The state of the entity is that before it, and nothing must be recorded. */
    public Optional<UnreadableEvent> unreadable() {
        return unreadable;
    }

    @Override
    public Object toJournal(E event) {
        return new CorrelatedEvent<>(event, current.get(), owners.get());
    }

    @Override
    public String manifest(E event) {
        return "";
    }

    @Override
    public EventSeq<E> fromJournal(Object written, String manifest) {
        if (unreadable.isEmpty()) unreadable = UnreadableEvent.find(written);
        if (unreadable.isPresent()) return EventSeq.empty();
        return EventSeq.single(
                events.cast(written instanceof CorrelatedEvent<?>(var event, var _, var _) ? event : written));
    }
}
