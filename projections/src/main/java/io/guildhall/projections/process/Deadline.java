package io.guildhall.projections.process;

import io.guildhall.kernel.Correlation;

/**
 * @param runs how often it was due before
 * @param correlation the request that it was planned for
 */
public record Deadline(String kind, String key, String entityId, int runs, Correlation correlation) {}
