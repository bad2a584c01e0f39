package io.guildhall.bench.seed;

/**
 * A search text of a client.
 *
 * @param field the slug of the field that is meant
 * @param kind {@code plain}, {@code misspelt}, {@code short} or {@code jargon}
 */
public record SeedQuery(String text, String field, String kind) {}
