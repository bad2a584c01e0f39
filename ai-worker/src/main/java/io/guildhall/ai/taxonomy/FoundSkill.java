package io.guildhall.ai.taxonomy;

/**
 * A skill that a text mentions.
 *
 * @param start offset of its first character in the text
 * @param end offset after its last
 */
public record FoundSkill(Skill skill, int start, int end) {}
