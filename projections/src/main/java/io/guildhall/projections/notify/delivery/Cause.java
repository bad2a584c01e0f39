package io.guildhall.projections.notify.delivery;

import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.Recorded;

/**
 * The event of the journal that caused a notification.
 *
 * @param kind the name of the aggregate
 */
public record Cause(String kind, String entityId, long sequence) {
    /** The cause of a notification that is older than traces. */
    public static final Cause UNKNOWN = new Cause("", "", 0);

    public static Cause of(Aggregate<?, ?, ?, ?> aggregate, Recorded<?> recorded) {
        return new Cause(aggregate.name(), recorded.entityId(), recorded.sequence());
    }
}
