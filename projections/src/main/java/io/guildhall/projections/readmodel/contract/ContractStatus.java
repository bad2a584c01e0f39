package io.guildhall.projections.readmodel.contract;

/** The status of a contract. The names are stored and part of the API, and never change. */
public enum ContractStatus {
    AWAITING_FUNDING,
    ACTIVE,
    COMPLETED,
    CANCELLED
}
