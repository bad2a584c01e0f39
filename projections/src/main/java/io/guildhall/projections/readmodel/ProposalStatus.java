package io.guildhall.projections.readmodel;

/** Where a proposal stands. */
public enum ProposalStatus {
    SUBMITTED,
    SHORTLISTED,
    ACCEPTED,
    DECLINED,
    WITHDRAWN
}
