package io.guildhall.bench.seed;

/** @param amount in the currency's smallest unit */
public record Price(long amount, String currency) {}
