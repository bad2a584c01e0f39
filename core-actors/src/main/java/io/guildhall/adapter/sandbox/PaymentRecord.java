package io.guildhall.adapter.sandbox;

import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.PaymentResult;

/**
 * The sandbox's record of one instruction.
 *
 * @param id reference of the payment at the sandbox
 * @param isNew whether this call created the record; false if an earlier call did
 */
record PaymentRecord(
        String id, InstructionId instruction, Money amount, PaymentResult result, ReplyMode replyMode, boolean isNew) {

    /** How the first call with an instruction is replied to. Repeated calls always get a prompt reply. */
    enum ReplyMode {
        PROMPT,
        /** After a delay. */
        LATE,
        /** Executed, but the connection breaks before the reply. */
        LOST
    }
}
