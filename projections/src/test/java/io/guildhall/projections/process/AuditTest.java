package io.guildhall.projections.process;

import static io.guildhall.Await.result;
import static io.guildhall.projections.process.UserActions.newId;
import static io.guildhall.projections.process.UserActions.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyCommand;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.port.PaymentGateway.AccountStatus;
import io.guildhall.projections.audit.Auditor;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.audit.AuditRun;
import io.guildhall.projections.readmodel.discrepancy.DiscrepancyRow;
import io.guildhall.projections.readmodel.discrepancy.DiscrepancyRow.Status;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.audit.ExpectedLedger;
import io.guildhall.projections.view.audit.SqlAudits;
import io.guildhall.projections.view.discrepancy.SqlDiscrepancies;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The auditor over real payments and faults that are made in the ledger and at the provider. */
class AuditTest {
    private static ProcessFixture fixture;
    private static UserActions users;
    private static Auditor auditor;
    private static SqlAudits audits;
    private static SqlDiscrepancies discrepancies;
    private static String freelancer;
    private final String client = newId("acc");

    @BeforeAll
    static void open() throws Exception {
        fixture = new ProcessFixture();
        users = new UserActions(fixture);
        auditor = fixture.startAuditor("node-1");
        var database = new ReadDatabase(fixture.database, 2);
        audits = new SqlAudits(database);
        discrepancies = new SqlDiscrepancies(database);
        freelancer = users.createFreelancer(AccountStatus.VERIFIED);
    }

    @AfterAll
    static void close() throws Exception {
        auditor.close();
        fixture.close();
    }

    /** @return the id of the escrow, whose money has been paid to the freelancer */
    private String paid(long amount) {
        var contract = funded(amount);
        users.deliver(client, freelancer, contract, 1);
        users.awaitEscrow(contract, 1, Escrow.Released.class);
        return Escrow.id(contract, 1);
    }

    private String funded(long amount) {
        var contract = users.hireForNewJob(client, freelancer, amount);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        return contract;
    }

    private static AuditRun audit() {
        long id = result(auditor.request());
        return Await.value(() -> {
            var run = result(audits.summary()).runs().stream()
                    .filter(it -> it.id() == id)
                    .findFirst()
                    .orElseThrow();
            assertThat(run.finishedAt()).isPresent();
            return run;
        });
    }

    private static List<DiscrepancyRow> about(String subject) {
        return result(discrepancies.all(new Page.Request(100, Optional.empty()))).items().stream()
                .filter(it -> it.subject().equals(subject))
                .toList();
    }

    /** Two more runs find it again and record nothing. */
    private static DiscrepancyRow isReportedOnce(String subject) {
        var found = Await.value(() -> {
            assertThat(about(subject)).hasSize(1);
            return about(subject).getFirst();
        });
        audit();
        audit();
        assertThat(about(subject)).containsExactly(found);
        assertThat(fixture.queryNumber(
                        "SELECT count(*) FROM event_journal WHERE persistence_id = ? AND event_ser_manifest = 'discrepancy.reported'",
                        "discrepancy|" + found.id()))
                .isOne();
        return found;
    }

    /** Changes rows without the checks of the database. */
    private static void tamper(String sql, Object... values) {
        try (var connection = fixture.database.getConnection()) {
            ReadDatabase.runInTransaction(connection, it -> {
                Sql.update(it, "SET LOCAL session_replication_role = replica");
                assertThat(Sql.update(it, sql, values)).as(sql).isPositive();
            });
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        var released = paid(10_001);
        var held = Escrow.id(funded(777), 1);
        var cancelled = funded(500);
        fixture.execute(Escrow.AGGREGATE, Escrow.id(cancelled, 1), new EscrowCommand.Cancel());
        users.awaitEscrow(cancelled, 1, Escrow.Refunded.class);
        // Sent back as a surplus.
        var twice = users.hireForNewJob(client, freelancer, 600);
        users.fund(client, twice, 1, "pm_card_chargedTwice");
        users.awaitFunded(twice, 1);
        Await.until(() -> assertThat(about(Escrow.id(twice, 1)))
                .singleElement()
                .satisfies(it -> assertThat(it.status()).isEqualTo(Status.SETTLED)));

        var run = audit();
        assertThat(run.bookings()).isGreaterThanOrEqualTo(6);
        assertThat(run.entities()).isGreaterThanOrEqualTo(4);
        for (var id : List.of(released, held, Escrow.id(cancelled, 1)))
            assertThat(about(id)).isEmpty();
        assertThat(about(Escrow.id(twice, 1))).hasSize(1);
        assertThat(fixture.queryNumber(
                        "SELECT count(*) FROM audit_movement WHERE state <> 'CONFIRMED' AND subject IN (?, ?, ?, ?)",
                        released,
                        held,
                        Escrow.id(cancelled, 1),
                        Escrow.id(twice, 1)))
                .isZero();
        var total = result(audits.summary()).totals().getFirst();
        assertThat(total.charged())
                .isEqualTo(total.held() + total.owed() + total.paid() + total.fees() + total.refunded());
        assertThat(total.charged()).isPositive();
    }

    @Test
    void reportsLostPostingsOnce() {
        var escrow = paid(4_000);
        Await.until(() -> assertThat(fixture.queryNumber(
                        "SELECT count(*) FROM audit_entity WHERE id = ? AND checked_version = version", escrow))
                .isOne());
        assertThat(about(escrow)).isEmpty();
        tamper("DELETE FROM ledger_posting WHERE escrow_id = ? AND what = 'HELD'", escrow);
        audit();
        var found = isReportedOnce(escrow);
        assertThat(found.kind()).isEqualTo(Report.Kind.OUT_OF_BALANCE);
        assertThat(found.reference()).isEqualTo("ledger: escrow:" + escrow + " +4000, provider-cash -4000");
        assertThat(found.amount()).isEqualTo(usd(4_000));
    }

    @Test
    void reportsPostingThatNoEventAccountsForOnce() {
        tamper("""
                INSERT INTO ledger_posting VALUES ('esc_nobody-1', 1, 1, '', 0, 'HELD', 'provider-cash', 9, 'USD', now())
                """);
        audit();
        var found = isReportedOnce("esc_nobody-1");
        assertThat(found.reference()).isEqualTo("ledger: provider-cash +9");
        tamper("DELETE FROM ledger_posting WHERE escrow_id = 'esc_nobody-1'");
    }

    @Test
    void reportsChargeThatTheProviderDoesNotKnowOnceAndClosesItWhenItDoes() {
        var escrow = Escrow.id(funded(2_500), 1);
        // A later one would be a false report.
        Await.until(() -> assertThat(
                        fixture.queryNumber("SELECT count(*) FROM sandbox.webhook_delivery WHERE delivered_at IS NULL"))
                .isZero());
        tamper("""
                CREATE TABLE lost_charge AS SELECT * FROM sandbox.payment_intent WHERE subject = '%s'
                """.formatted(escrow));
        tamper("DELETE FROM sandbox.balance_entry USING lost_charge WHERE movement = lost_charge.id");
        tamper("DELETE FROM sandbox.payment_intent WHERE subject = ?", escrow);
        assertThat(audit().differences()).isPositive();
        var found = isReportedOnce(escrow);
        assertThat(found.kind()).isEqualTo(Report.Kind.MISSING_PAYMENT);
        assertThat(found.movement()).isEqualTo(Report.Movement.CHARGE);
        assertThat(found.amount()).isEqualTo(usd(2_500));
        tamper("INSERT INTO sandbox.payment_intent SELECT * FROM lost_charge");
        fixture.advanceClock(Duration.ofMinutes(2));
        Await.until(() -> assertThat(about(escrow))
                .singleElement()
                .satisfies(it -> assertThat(it.status()).isEqualTo(Status.SETTLED)));
    }

    @Test
    void reportsOtherAmountOnceAndShowsTheNoteOfTheOperator() {
        var escrow = Escrow.id(funded(3_000), 1);
        tamper("UPDATE sandbox.balance_entry SET amount = amount + sign(amount) WHERE movement IN"
                + " (SELECT id FROM sandbox.payment_intent WHERE subject = '" + escrow + "')");
        audit();
        var found = isReportedOnce(escrow);
        assertThat(found.kind()).isEqualTo(Report.Kind.OTHER_AMOUNT);
        assertThat(found.amount()).isEqualTo(usd(3_001));
        assertThat(found.expected()).contains(new DiscrepancyRow.Expected(3_000, "USD"));
        assertThat(found.contractId()).isPresent();
        fixture.execute(
                Discrepancy.AGGREGATE, found.id(), new DiscrepancyCommand.Close("operator", "a mistake of theirs"));
        Await.until(() -> assertThat(about(escrow).getFirst().settlement())
                .hasValueSatisfying(it -> assertThat(it.note()).isEqualTo("a mistake of theirs")));
        audit();
        assertThat(about(escrow))
                .singleElement()
                .satisfies(it -> assertThat(it.status()).isEqualTo(Status.SETTLED));
    }

    private static void book(
            String table, String columns, String values, String id, String from, String to, long amount) {
        tamper("INSERT INTO sandbox." + table + " (id, idempotency_key, fingerprint, attempt, currency, asked_by, "
                + columns + ") VALUES ('" + id + "', '" + id + "', '', 1, 'USD', '', " + values + ")");
        tamper(
                "INSERT INTO sandbox.balance_entry (movement, account, amount, currency) VALUES (?, ?, ?, 'USD'), (?, ?, ?, 'USD')",
                id,
                from,
                -amount,
                id,
                to,
                amount);
    }

    @Test
    void reportsChargeWithoutAnIntentOnce() {
        book(
                "payment_intent",
                "subject, amount, payment_method, status, client_secret",
                "'esc_unknown-7', 1234, 'pm_card_visa', 'succeeded', ''",
                newId("pi"),
                "cards",
                "platform",
                1_234);
        assertThat(audit().differences()).isPositive();
        var found = isReportedOnce("esc_unknown-7");
        assertThat(found.kind()).isEqualTo(Report.Kind.UNKNOWN_PAYMENT);
        assertThat(found.amount()).isEqualTo(usd(1_234));
    }

    @Test
    void reportsSecondTransferOnce() {
        var escrow = paid(9_000);
        book(
                "transfer",
                "subject, source, destination, amount, status",
                "'" + escrow + "', 'pi_1', 'acct_1', 8550, 'paid'",
                newId("tr"),
                "platform",
                "acct_1",
                8_550);
        audit();
        var found = isReportedOnce(escrow);
        assertThat(found.kind()).isEqualTo(Report.Kind.SECOND_PAYMENT);
        assertThat(found.movement()).isEqualTo(Report.Movement.TRANSFER);
    }

    @Test
    void continuesWhenTheProviderIsBackAndOnAnotherNode() throws Exception {
        var escrow = paid(1_100);
        fixture.gateway.disconnect();
        long id = result(auditor.request());
        Await.until(() -> assertThat(run(id))
                .satisfies(it -> assertThat(it.phase()).isEqualTo(AuditRun.Phase.BOOKINGS))
                .satisfies(it -> assertThat(it.failures()).isPositive())
                .satisfies(it -> assertThat(it.error())
                        .hasValueSatisfying(
                                error -> assertThat(error).contains("the payment provider cannot be queried"))));
        auditor.close();
        try {
            fixture.gateway.reconnect();
            try (var _ = fixture.startAnotherAuditor("node-2")) {
                Await.until(() -> assertThat(run(id).finishedAt()).isPresent());
                assertThat(run(id).error()).isEmpty();
                assertThat(about(escrow)).isEmpty();
            }
        } finally {
            auditor = fixture.startAnotherAuditor("node-1");
        }
    }

    private static AuditRun run(long id) {
        return result(audits.summary()).runs().stream()
                .filter(it -> it.id() == id)
                .findFirst()
                .orElseThrow();
    }

    /** As after a rebuild of the ledger that has parked an entity. */
    @Test
    void showsTheTimeOfTheLastComparisonOfTotals() {
        paid(1_000);
        comparedAfter(Instant.EPOCH);
        tamper("""
                INSERT INTO parked_entity (follower, kind, entity_id, first_sequence, last_sequence, cause, reason, tries, parked_at)
                VALUES ('ledger', 'escrow', 'esc_none', 1, 1, 'FAILED', 'test', 1, now())""");
        audit();
        var since = result(audits.summary()).totalsComparedAt();
        audit();
        assertThat(result(audits.summary()).totalsComparedAt()).isEqualTo(since);
        tamper("DELETE FROM parked_entity");
        comparedAfter(since.orElseThrow());
    }

    private static void comparedAfter(Instant time) {
        Await.until(() -> assertThat(result(audits.summary()).totalsComparedAt())
                .hasValueSatisfying(it -> assertThat(it).isAfter(time)));
    }

    /** A rebuild can leave the ledger at a position that is no event. */
    @Test
    void totalsAreComparedIfNoEventIsBetweenThePositions() throws SQLException {
        paid(1_000);
        Await.until(() -> assertThat(fixture.eventsBehind()).isZero());
        try (var connection = fixture.database.getConnection()) {
            connection.setAutoCommit(false);
            assertThat(ExpectedLedger.haveHandledTheSame(connection)).isTrue();
            Sql.update(connection, "UPDATE follower_position SET ordering = ordering + 1 WHERE follower = 'ledger'");
            assertThat(ExpectedLedger.haveHandledTheSame(connection)).isTrue();
            Sql.update(connection, "UPDATE follower_position SET ordering = ordering - 2 WHERE follower = 'ledger'");
            assertThat(ExpectedLedger.haveHandledTheSame(connection)).isFalse();
            Sql.update(connection, "DELETE FROM follower_position WHERE follower = 'ledger' AND kind = 'escrow'");
            assertThat(ExpectedLedger.haveHandledTheSame(connection)).isFalse();
            connection.rollback();
        }
    }
}
