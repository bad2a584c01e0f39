package io.guildhall.ai.taxonomy;

/**
 * A skill that a text speaks of.
 *
 * @param start offset of its first character in the text
 * @param end offset behind its last
 */
public record FoundSkill(Skill skill, int start, int end) {}
