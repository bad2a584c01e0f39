package io.guildhall.projections;

import io.guildhall.kernel.Correlation;
import java.time.Instant;

/**
 * An event as the journal stores it.
 *
 * @param sequence the event's sequence number among the events of its entity, from 1
 * @param correlation the request that caused the event; consequences of the event carry the same correlation id
 */
public record Recorded<E>(String entityId, long sequence, E event, Instant at, Correlation correlation) {}
