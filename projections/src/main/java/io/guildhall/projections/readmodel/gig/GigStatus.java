package io.guildhall.projections.readmodel.gig;

/** Where a gig is in its life. The names are stored and seen on the wire: never changed. */
public enum GigStatus {
    DRAFT,
    ACTIVE,
    PAUSED,
    ARCHIVED
}
