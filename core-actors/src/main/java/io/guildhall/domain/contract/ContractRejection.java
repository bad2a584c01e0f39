package io.guildhall.domain.contract;

/** Reasons for which a contract rejects a command. The HTTP API maps each constant to one status. */
public enum ContractRejection {
    NOT_CREATED,
    EXISTS_WITH_OTHER_TERMS,
    NOT_YOURS,
    OTHER_PARTY_ONLY,
    /** An admin cannot decide on the money of a contract that they are a party of. */
    OWN_CONTRACT,
    MILESTONES_DO_NOT_ADD_UP,
    NO_SUCH_MILESTONE,
    NOT_FUNDED,
    NOT_SUBMITTED,
    ALREADY_ACCEPTED,
    NOT_ACCEPTED,
    ALREADY_FUNDED,
    /** There is an open refund request, which must be closed first. */
    REFUND_REQUESTED,
    NO_SUCH_REQUEST,
    /** The party has requested a refund of the milestone as often as the contract allows. */
    REQUEST_LIMIT_REACHED,
    /** The amounts do not add up to the held amount. */
    INVALID_AMOUNT,
    /** A refund or split of the milestone was decided. */
    ALREADY_SETTLED,
    /** No refund or split of the milestone was decided. */
    NOT_SETTLED,
    /** A warning or the end of a silence period is not due yet. */
    NOT_DUE,
    ALREADY_COMPLETED,
    ALREADY_CANCELLED,
    /** The account that sends the command is suspended. */
    CALLER_SUSPENDED,
    /** Another account that would take part is suspended. */
    COUNTERPART_SUSPENDED
}
