package io.guildhall.bench.seed;

/** @param amount in minor units */
public record Price(long amount, String currency) {}
