package io.guildhall.projections.store;

import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.Recorded;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.apache.pekko.actor.typed.ActorSystem;

/** Reads the events of one entity. An event can be read as soon as it is committed. */
public final class EntityJournal {
    private final JournalReader journal;

    public EntityJournal(DataSource database, ActorSystem<?> system) {
        this.journal = new JournalReader(database, system);
    }

    /**
     * Reads events in order and without gaps.
     *
     * @param after the sequence number before the first event
     * @throws IllegalStateException if this version of the program cannot read one of them
     */
    public <E> List<Recorded<E>> read(
            Connection connection, Aggregate<?, ?, E, ?> aggregate, String id, long after, int limit)
            throws SQLException {
        var entity = new ParkedEntity.Key(aggregate.name(), id);
        return journal.read(connection, entity, after + 1, Long.MAX_VALUE, limit).stream()
                .map(it -> it.recorded(aggregate.events()))
                .toList();
    }

    /**
     * Reads the events whose JSON contains a text, such as an id, in order. Reads all events after the sequence number:
     * only for rare requests.
     *
     * @param after the sequence number before the first event
     * @throws IllegalStateException if this version of the program cannot read one of them
     */
    public <E> List<Recorded<E>> readContaining(
            Connection connection, Aggregate<?, ?, E, ?> aggregate, String id, long after, String text, int limit)
            throws SQLException {
        var entity = new ParkedEntity.Key(aggregate.name(), id);
        return journal.readContaining(connection, entity, after, text, limit).stream()
                .map(it -> it.recorded(aggregate.events()))
                .toList();
    }
}
