package io.guildhall.journal;

import io.guildhall.kernel.Correlation;
import java.util.function.Supplier;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;

/** Lays the request beside each event that one entity records: the event itself knows nothing of it. */
public final class Tracing<E> extends EventAdapter<E, Object> {
    private final Class<E> events;
    private final Supplier<Correlation> now;

    /** @param now the request of the command that the entity is at */
    public Tracing(Class<E> events, Supplier<Correlation> now) {
        this.events = events;
        this.now = now;
    }

    @Override
    public Object toJournal(E event) {
        var correlation = now.get();
        return correlation.known() ? new Traced<>(event, correlation) : event;
    }

    @Override
    public String manifest(E event) {
        return "";
    }

    @Override
    public EventSeq<E> fromJournal(Object written, String manifest) {
        return EventSeq.single(events.cast(written instanceof Traced<?>(var event, var _) ? event : written));
    }
}
