package io.guildhall.projections.readmodel.audit;

/**
 * What all events say about the money in one currency, in minor units: what was charged equals the sum of what is held,
 * owed, paid, kept as fees and refunded.
 *
 * @param held waits for its release or refund
 * @param owed is on its way to freelancers
 * @param surplus came in without an escrow to account for it and was not sent back; negative if more has left
 * @param writtenOff surplus that an operator has closed without sending it back
 */
public record AuditTotal(
        String currency,
        long charged,
        long held,
        long owed,
        long paid,
        long fees,
        long refunded,
        long surplus,
        long writtenOff) {}
