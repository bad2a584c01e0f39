package io.guildhall.domain.escrow;

/** Reasons for which an escrow rejects a command. The HTTP API maps each constant to one status. */
public enum EscrowRejection {
    NOT_OPENED,
    EXISTS_WITH_OTHER_TERMS,
    NOT_YOURS,
    /** An admin must not decide on their own money. */
    OWN_CONTRACT,
    OTHER_PARTY_ONLY,
    ALREADY_FUNDING,
    ALREADY_FUNDED,
    ALREADY_CANCELLED,
    NOT_HELD,
    /** The parts of a settlement do not add up to the held amount. */
    DOES_NOT_ADD_UP,
    /** The money was or is being settled in another way. */
    SETTLED_OTHERWISE,
    NO_SUCH_ATTEMPT,
    /** The provider has not refused every attempt of the call, or the other part of the split has not been moved. */
    NOT_STALLED,
    /** The provider moved money that another payment has moved already. */
    SECOND_PAYMENT,
    /** The provider moved another amount than it was asked to. */
    WRONG_AMOUNT,
    /** The account that sends the command is suspended. */
    CALLER_SUSPENDED,
    /** Another account that would take part is suspended. */
    COUNTERPART_SUSPENDED
}
