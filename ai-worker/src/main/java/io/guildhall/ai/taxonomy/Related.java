package io.guildhall.ai.taxonomy;

/**
 * A skill beside another.
 *
 * @param closeness above 0 and below 1; the closest first
 */
public record Related(Skill skill, double closeness) {}
