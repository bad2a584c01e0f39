package io.guildhall.projections.readmodel.account;

public enum AccountStatus {
    ACTIVE,
    SUSPENDED
}
