package io.guildhall.projections;

import io.guildhall.kernel.Correlation;
import java.time.Instant;

/**
 * An event as the journal holds it: what happened, to whom, as the how-manieth thing in its life (from 1).
 *
 * @param correlation the request that it was recorded for: whatever follows from it is for the same
 */
public record Recorded<E>(String entityId, long sequence, E event, Instant at, Correlation correlation) {}
