package io.guildhall.bench.seed;

/**
 * What a client types into a search box.
 *
 * @param field that is meant
 * @param kind plain, misspelt, short or jargon
 */
public record SeedQuery(String text, String field, String kind) {}
