package io.guildhall.projections.readmodel.gig;

/** The status of a gig. The names are stored and part of the API, and never change. */
public enum GigStatus {
    DRAFT,
    ACTIVE,
    PAUSED,
    ARCHIVED
}
