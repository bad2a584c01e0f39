package io.guildhall.domain.escrow;

/** Why an escrow refuses; the HTTP edge maps each constant to one status. */
public enum EscrowRejection {
    NOT_OPENED,
    OPENED_OTHERWISE,
    NOT_YOURS,
    NOT_YOUR_PART,
    ALREADY_FUNDING,
    ALREADY_FUNDED,
    CALLED_OFF,
    NOT_HELD,
    NO_SUCH_ATTEMPT,
    /** Money arrived that nobody asked for: an operator must look. */
    UNEXPECTED_PAYMENT
}
