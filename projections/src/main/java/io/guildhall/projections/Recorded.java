package io.guildhall.projections;

import java.time.Instant;

/** An event as the journal holds it: what happened, to whom, as the how-manieth thing in its life (from 1). */
public record Recorded<E>(String entityId, long sequence, E event, Instant at) {}
