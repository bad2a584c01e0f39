package io.guildhall.projections.audit;

import io.guildhall.payment.ProviderReports;
import io.guildhall.payment.ProviderReports.BookingResult;
import io.guildhall.port.PaymentGateway;
import io.guildhall.port.PaymentGateway.Booking;
import io.guildhall.port.PaymentGateway.Bookings;
import io.guildhall.port.PaymentGateway.PaymentResult;
import io.guildhall.port.PaymentGateway.Period;
import io.guildhall.port.PaymentGateway.SearchResult;
import io.guildhall.projections.audit.AuditRuns.Counts;
import io.guildhall.projections.readmodel.audit.AuditRun;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Compares the payment provider's bookings with the movements that our events have recorded, in both directions. Can
 * stop and start again at any page: comparing twice changes nothing.
 */
final class ProviderComparison {
    private static final int PAGE = 100;
    /** The provider may have booked something while the pages of the last run were read. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    private final ReadDatabase database;
    private final PaymentGateway gateway;
    private final ProviderReports reports;
    private final Findings findings;

    ProviderComparison(ReadDatabase database, PaymentGateway gateway, ProviderReports reports, Findings findings) {
        this.database = database;
        this.gateway = gateway;
        this.reports = reports;
        this.findings = findings;
    }

    /** @param next the cursor of the next page; empty on the last page */
    record Page(Counts counts, Optional<String> next) {}

    /** The provider did not respond: the page is compared again later. */
    static final class ProviderUnreachableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ProviderUnreachableException(String error) {
            super("the payment provider cannot be queried: " + error);
        }
    }

    /** Compares a page of the provider's bookings: each is recorded with the same amount, or recorded now. */
    Page compareBookings(AuditRun run, String cursor) throws SQLException {
        var from = run.coversFrom().isAfter(Instant.EPOCH) ? run.coversFrom().minus(OVERLAP) : Instant.EPOCH;
        var reply = Replies.await(gateway.bookings(
                new Period(from, run.coversUntil()), Optional.of(cursor).filter(it -> !it.isEmpty()), PAGE));
        return switch (reply) {
            case Bookings.Listed(var bookings, var next) -> new Page(compare(bookings), next);
            case Bookings.Unreachable(var error) -> throw new ProviderUnreachableException(error);
        };
    }

    private Counts compare(List<Booking> bookings) throws SQLException {
        long recorded = 0;
        long differences = 0;
        for (var booking : bookings) {
            switch (compare(booking)) {
                case SAME -> {}
                case RECORDED -> recorded++;
                case DIFFERENT -> differences++;
            }
        }
        return new Counts(0, bookings.size(), 0, recorded, differences);
    }

    private enum Comparison {
        SAME,
        /** No event had recorded it before. */
        RECORDED,
        DIFFERENT
    }

    private Comparison compare(Booking booking) throws SQLException {
        var key = RecordedMovement.of(booking);
        var known = find(key);
        if (known.isEmpty())
            return switch (Replies.await(reports.record(booking))) {
                case BookingResult.RECORDED -> Comparison.RECORDED;
                case BookingResult.DIFFERENT -> Comparison.DIFFERENT;
            };
        if (known.get().amount().equals(booking.amount())) {
            setState(key, "CONFIRMED");
            return Comparison.SAME;
        }
        findings.reportOtherAmount(known.get(), booking.amount());
        setState(key, "DIFFERENT");
        return Comparison.DIFFERENT;
    }

    private Optional<RecordedMovement> find(RecordedMovement key) throws SQLException {
        return database
                .queryBlocking(connection -> Sql.list(
                        connection,
                        "SELECT * FROM audit_movement WHERE reference = ? AND subject = ? AND movement = ? AND is_reversal = ?",
                        RecordedMovement::read,
                        key.reference(),
                        key.subject(),
                        key.movement(),
                        key.isReversal()))
                .stream()
                .findFirst();
    }

    private void setState(RecordedMovement key, String state) throws SQLException {
        database.queryBlocking(connection -> Sql.update(
                connection, """
                UPDATE audit_movement SET state = ?
                 WHERE reference = ? AND subject = ? AND movement = ? AND is_reversal = ? AND state <> ?
                """, state, key.reference(), key.subject(), key.movement(), key.isReversal(), state));
    }

    /** Asks the provider about a page of the movements that it has not listed. */
    Page compareMovements(AuditRun run, String cursor) throws SQLException {
        var after = cursor.isEmpty() ? new String[] {"", "", "", "false"} : cursor.split("\n", -1);
        var movements = database.queryBlocking(connection -> Sql.list(
                connection,
                """
                SELECT * FROM audit_movement
                 WHERE state = 'UNCONFIRMED' AND at < ? AND (reference, subject, movement, is_reversal) > (?, ?, ?, ?::boolean)
                 ORDER BY reference, subject, movement, is_reversal LIMIT ?
                """,
                RecordedMovement::read,
                run.coversUntil(),
                after[0],
                after[1],
                after[2],
                after[3],
                PAGE));
        long differences = 0;
        for (var it : movements) if (compare(it) == Comparison.DIFFERENT) differences++;
        return new Page(
                new Counts(0, 0, movements.size(), 0, differences),
                movements.size() == PAGE ? Optional.of(movements.getLast().cursor()) : Optional.empty());
    }

    private Comparison compare(RecordedMovement recorded) throws SQLException {
        var reply = Replies.await(gateway.retrieve(recorded.atProvider(), recorded.reference()));
        return switch (reply) {
            case SearchResult.Found(var id, var result)
            when id.subject().equals(recorded.subject()) -> compare(recorded, result);
            case SearchResult.Found _, SearchResult.NotFound _ -> missing(recorded);
            case SearchResult.Unreachable(var error) -> throw new ProviderUnreachableException(error);
        };
    }

    private Comparison compare(RecordedMovement recorded, PaymentResult result) throws SQLException {
        return switch (result) {
            case PaymentResult.Declined _ when recorded.isReversal() -> same(recorded);
            case PaymentResult.Succeeded it
            when !recorded.isReversal() -> {
                if (it.amount().equals(recorded.amount())) yield same(recorded);
                findings.reportOtherAmount(recorded, it.amount());
                setState(recorded, "DIFFERENT");
                yield Comparison.DIFFERENT;
            }
            case PaymentResult.Succeeded _, PaymentResult.Declined _, PaymentResult.ActionRequired _ ->
                missing(recorded);
            // Asked again by the next run.
            case PaymentResult.Pending _, PaymentResult.Unknown _ -> Comparison.SAME;
        };
    }

    private Comparison same(RecordedMovement recorded) throws SQLException {
        setState(recorded, "CONFIRMED");
        return Comparison.SAME;
    }

    private Comparison missing(RecordedMovement recorded) throws SQLException {
        findings.reportMissing(recorded);
        setState(recorded, "DIFFERENT");
        return Comparison.DIFFERENT;
    }
}
