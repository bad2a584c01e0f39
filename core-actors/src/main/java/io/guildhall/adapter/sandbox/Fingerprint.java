package io.guildhall.adapter.sandbox;

import io.guildhall.kernel.Sha256;
import io.guildhall.port.PaymentGateway.AccountRequest;
import io.guildhall.port.PaymentGateway.Instruction;
import io.guildhall.port.PaymentGateway.Instruction.Charge;
import io.guildhall.port.PaymentGateway.Instruction.Refund;
import io.guildhall.port.PaymentGateway.Instruction.Transfer;
import io.guildhall.port.PaymentGateway.KeyReusedException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Fingerprints show whether two requests with the same idempotency key are equal. They are stored with the first
 * request, so the texts that they are computed from never change, whatever the classes are called.
 */
final class Fingerprint {
    private Fingerprint() {}

    static String of(Instruction instruction) {
        return Sha256.hex(
                switch (instruction) {
                    case Charge it -> "Charge[" + common(it) + ", paymentMethod=" + it.paymentMethod() + "]";
                    case Transfer it ->
                        "Transfer[" + common(it) + ", charge=" + it.charge() + ", account=" + it.account() + "]";
                    case Refund it -> "Refund[" + common(it) + ", charge=" + it.charge() + "]";
                });
    }

    static String of(AccountRequest request) {
        return Sha256.hex("AccountRequest[key=" + request.key() + ", owner=" + request.owner() + ", country="
                + request.country() + "]");
    }

    /** @throws KeyReusedException if the fingerprint of the first request with this key was different */
    static void requireSame(String key, String first, String current) {
        if (!first.equals(current)) throw new KeyReusedException(key);
    }

    /**
     * @param table in which the instruction is recorded
     * @throws KeyReusedException if another instruction has this key
     */
    static void requireSame(Connection connection, String table, Instruction instruction) throws SQLException {
        var key = instruction.id().key();
        var first = Sql.one(
                        connection,
                        "SELECT fingerprint FROM sandbox." + table + " WHERE idempotency_key = ?",
                        row -> row.getString(1),
                        key)
                .orElseThrow();
        requireSame(key, first, of(instruction));
    }

    private static String common(Instruction it) {
        return "purpose=Purpose[key=" + it.id().key() + ", escrow=" + it.id().subject() + ", attempt="
                + it.id().attempt() + "], amount=Money[amount=" + it.amount().amount() + ", currency="
                + it.amount().currency() + "]";
    }
}
