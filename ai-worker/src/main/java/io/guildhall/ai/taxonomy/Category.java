package io.guildhall.ai.taxonomy;

/**
 * A field of work that groups skills.
 *
 * @param slug stable once published
 */
public record Category(String slug, String name, String description) {}
