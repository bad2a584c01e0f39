package io.guildhall.ai.taxonomy;

/**
 * A group of skills.
 *
 * @param slug never changes
 */
public record Category(String slug, String name, String description) {}
