package io.guildhall.projections.readmodel.job;

/** The status of a job. The names are stored and part of the API, and never change. */
public enum JobStatus {
    DRAFT,
    OPEN,
    FILLING,
    HIRED,
    COMPLETED,
    CLOSED,
    CANCELLED
}
