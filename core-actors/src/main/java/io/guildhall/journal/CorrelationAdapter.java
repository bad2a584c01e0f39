package io.guildhall.journal;

import io.guildhall.kernel.Correlation;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;

/**
 * Adds the correlation id to each event that one entity records. The event itself does not contain it. During recovery
 * it drops the first unreadable event and all later ones.
 */
public final class CorrelationAdapter<E> extends EventAdapter<E, Object> {
    private final Class<E> events;
    private final Supplier<Correlation> current;
    private Optional<UnreadableEvent> unreadable = Optional.empty();

    /** @param current the correlation of the command that the entity is processing */
    public CorrelationAdapter(Class<E> events, Supplier<Correlation> current) {
        this.events = events;
        this.current = current;
    }

    /** The first event that could not be read. The state of the entity is that before it, and nothing must be recorded. */
    public Optional<UnreadableEvent> unreadable() {
        return unreadable;
    }

    @Override
    public Object toJournal(E event) {
        var correlation = current.get();
        return correlation.known() ? new CorrelatedEvent<>(event, correlation) : event;
    }

    @Override
    public String manifest(E event) {
        return "";
    }

    @Override
    public EventSeq<E> fromJournal(Object written, String manifest) {
        if (unreadable.isEmpty() && written instanceof UnreadableEvent event) unreadable = Optional.of(event);
        if (unreadable.isPresent()) return EventSeq.empty();
        return EventSeq.single(events.cast(written instanceof CorrelatedEvent<?>(var event, var _) ? event : written));
    }
}
