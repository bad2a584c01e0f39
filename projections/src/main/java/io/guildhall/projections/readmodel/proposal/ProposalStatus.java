package io.guildhall.projections.readmodel.proposal;

/** Where a proposal stands. */
public enum ProposalStatus {
    SUBMITTED,
    SHORTLISTED,
    ACCEPTED,
    DECLINED,
    WITHDRAWN
}
