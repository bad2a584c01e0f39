package io.guildhall.projections.readmodel.job;

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
