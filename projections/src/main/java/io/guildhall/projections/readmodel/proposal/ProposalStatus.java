package io.guildhall.projections.readmodel.proposal;

/** The status of a proposal. The names are stored and part of the API, and never change. */
public enum ProposalStatus {
    SUBMITTED,
    SHORTLISTED,
    ACCEPTED,
    DECLINED,
    WITHDRAWN
}
