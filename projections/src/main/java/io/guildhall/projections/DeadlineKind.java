package io.guildhall.projections;

/**
 * A kind of deadline, declared as a constant by the process that plans and handles it.
 *
 * @param name stored with each deadline: never changed
 */
public record DeadlineKind(String name) {}
