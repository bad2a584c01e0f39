package io.guildhall.projections.readmodel.account;

public enum AccountStatus {
    UNVERIFIED,
    ACTIVE,
    SUSPENDED
}
