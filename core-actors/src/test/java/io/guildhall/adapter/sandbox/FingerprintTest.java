package io.guildhall.adapter.sandbox;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.AccountRequest;
import io.guildhall.port.PaymentGateway.Instruction.Charge;
import io.guildhall.port.PaymentGateway.Instruction.Refund;
import io.guildhall.port.PaymentGateway.Instruction.Transfer;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.KeyReusedException;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final InstructionId ID = new InstructionId("k", "esc_1", 2);
    private static final Money FIVE = new Money(500, "USD");

    /** Fingerprints are stored: a request that is repeated after an upgrade must have the one that it had before. */
    @Test
    void neverChanges() {
        assertEquals(
                "4e34f6425e868d543e46b1125a72533f17ed03d9e70d90a8ec93d43f80bbffe7",
                Fingerprint.of(new Charge(ID, FIVE, "pm_card_visa")));
        assertEquals(
                "9164b19e99ec7020f27051ce29b0030749c924017304e2b0f5cd30fbd03c21f2",
                Fingerprint.of(new Transfer(ID, FIVE, "pi_1", "acct_1")));
        assertEquals(
                "6da0496a57eff5caec8a6dfb4f68888b0e0b92954e617b36799d7a6f333cc301",
                Fingerprint.of(new Refund(ID, FIVE, "pi_1")));
        assertEquals(
                "e53d35ff03428d068da3fd3cda1cb6aeb2720eb12929b6612230244d2efa5d39",
                Fingerprint.of(new AccountRequest("k", "acc_1", "DE")));
    }

    @Test
    void rejectsDifferentRequestWithSameKey() {
        assertDoesNotThrow(() -> Fingerprint.requireSame("k", "a", "a"));
        assertThrows(KeyReusedException.class, () -> Fingerprint.requireSame("k", "a", "b"));
    }
}
