package io.guildhall.projections.audit;

import io.guildhall.domain.discrepancy.Report;
import io.guildhall.kernel.Money;
import io.guildhall.payment.DiscrepancyReporter;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.SQLException;
import java.util.Optional;

/** Records what the auditor finds as discrepancies: each once, however often it is found. Blocks. */
final class Findings {
    private static final int BATCH = 100;

    private final ReadDatabase database;
    private final DiscrepancyReporter reporter;

    Findings(ReadDatabase database, DiscrepancyReporter reporter) {
        this.database = database;
        this.reporter = reporter;
    }

    /** @param what is too high or too low, and by how much */
    void report(String subject, String what, Money difference) {
        Replies.await(reporter.reportImbalance(subject, what, difference));
    }

    /** The provider states that a recorded payment has moved no money. */
    void reportMissing(RecordedMovement movement) {
        Replies.await(reporter.reportMovement(
                Report.Kind.MISSING_PAYMENT,
                movement.movement(),
                movement.subject(),
                movement.reference(),
                movement.amount(),
                Optional.empty()));
    }

    void reportOtherAmount(RecordedMovement movement, Money stated) {
        Replies.await(reporter.reportMovement(
                Report.Kind.OTHER_AMOUNT,
                movement.movement(),
                movement.subject(),
                movement.reference(),
                stated,
                Optional.of(movement.amount())));
    }

    private record Event(String subject, String what, Money difference) {}

    /** Records what the events themselves have shown. */
    void reportEvents() throws SQLException {
        var found = database.queryBlocking(connection -> Sql.list(
                connection,
                "SELECT * FROM audit_finding WHERE reported_at IS NULL ORDER BY found_at LIMIT " + BATCH,
                row -> new Event(
                        row.getString("subject"),
                        row.getString("what"),
                        new Money(row.getLong("amount"), row.getString("currency")))));
        for (var it : found) {
            report(it.subject(), it.what(), it.difference());
            database.queryBlocking(connection -> Sql.update(
                    connection,
                    "UPDATE audit_finding SET reported_at = now() WHERE subject = ? AND what = ? AND amount = ? AND currency = ?",
                    it.subject(),
                    it.what(),
                    it.difference().amount(),
                    it.difference().currency()));
        }
    }
}
