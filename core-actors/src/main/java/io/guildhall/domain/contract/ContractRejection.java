package io.guildhall.domain.contract;

/** Reasons for which a contract rejects a command. The HTTP API maps each constant to one status. */
public enum ContractRejection {
    NOT_CREATED,
    EXISTS_WITH_OTHER_TERMS,
    NOT_YOURS,
    OTHER_PARTY_ONLY,
    MILESTONES_DO_NOT_ADD_UP,
    NO_SUCH_MILESTONE,
    NOT_FUNDED,
    NOT_SUBMITTED,
    ALREADY_ACCEPTED,
    NOT_ACCEPTED,
    ALREADY_FUNDED,
    ALREADY_COMPLETED,
    ALREADY_CANCELLED
}
