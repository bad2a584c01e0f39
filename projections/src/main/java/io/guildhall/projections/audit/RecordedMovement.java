package io.guildhall.projections.audit;

import io.guildhall.domain.discrepancy.Report;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.Booking;
import io.guildhall.port.PaymentGateway.Movement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A movement of money that an event has recorded: a row of {@code audit_movement}.
 *
 * @param isReversal whether the money of an earlier movement was returned
 * @param subject the id that the provider stores with the payment
 */
record RecordedMovement(Report.Movement movement, boolean isReversal, String reference, String subject, Money amount) {
    static RecordedMovement read(ResultSet row) throws SQLException {
        return new RecordedMovement(
                Report.Movement.valueOf(row.getString("movement")),
                row.getBoolean("is_reversal"),
                row.getString("reference"),
                row.getString("subject"),
                new Money(row.getLong("amount"), row.getString("currency")));
    }

    static RecordedMovement of(Booking booking) {
        var movement = switch (booking.movement()) {
            case CHARGE -> Report.Movement.CHARGE;
            case TRANSFER -> Report.Movement.TRANSFER;
            case REFUND -> Report.Movement.REFUND;
        };
        return new RecordedMovement(
                movement,
                booking.isReversal(),
                booking.reference(),
                booking.id().subject(),
                booking.amount());
    }

    /** As the provider names it. */
    Movement atProvider() {
        return switch (movement) {
            case CHARGE -> Movement.CHARGE;
            case TRANSFER -> Movement.TRANSFER;
            case REFUND -> Movement.REFUND;
            case NONE -> throw new IllegalStateException("no movement at the provider: " + this);
        };
    }

    /** Sorts as the primary key does. */
    String cursor() {
        return String.join("\n", reference, subject, movement.name(), Boolean.toString(isReversal));
    }
}
