package io.guildhall.journal;

import io.guildhall.kernel.Correlation;
import java.util.function.Supplier;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;

/** Adds the correlation id to each event that one entity records. The event itself does not contain it. */
public final class CorrelationAdapter<E> extends EventAdapter<E, Object> {
    private final Class<E> events;
    private final Supplier<Correlation> current;

    /** @param current the correlation of the command that the entity is processing */
    public CorrelationAdapter(Class<E> events, Supplier<Correlation> current) {
        this.events = events;
        this.current = current;
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
        return EventSeq.single(events.cast(written instanceof CorrelatedEvent<?>(var event, var _) ? event : written));
    }
}
