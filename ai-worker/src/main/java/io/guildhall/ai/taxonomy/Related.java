package io.guildhall.ai.taxonomy;

/**
 * A skill that is related to another.
 *
 * @param closeness above 0 and below 1
 */
public record Related(Skill skill, double closeness) {}
