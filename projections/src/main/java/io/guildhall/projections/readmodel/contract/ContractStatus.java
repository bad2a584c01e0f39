package io.guildhall.projections.readmodel.contract;

/** Where a contract stands. */
public enum ContractStatus {
    AWAITING_FUNDING,
    ACTIVE,
    COMPLETED,
    CANCELLED
}
