package io.guildhall.projections.readmodel;

/** Where a job stands. */
public enum JobStatus {
    DRAFT,
    OPEN,
    FILLING,
    HIRED,
    COMPLETED,
    CLOSED,
    CANCELLED
}
