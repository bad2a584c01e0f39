package io.guildhall.projections.process;

/** @param runs how often it was due before */
public record Row(String kind, String key, String entityId, int runs) {}
