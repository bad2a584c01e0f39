package io.guildhall.projections.audit;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.payment.DiscrepancyReporter;
import io.guildhall.payment.ProviderReports;
import io.guildhall.port.PaymentGateway;
import io.guildhall.projections.audit.AuditRuns.Open;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.audit.SqlAudits;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Checks that no money is created or lost. The view {@code audit} adds up the events; the auditor compares the sums
 * with the ledger as they change, and once a day with the payment provider. What differs is recorded as a discrepancy,
 * once.
 *
 * <p>It runs on every node, and one of them audits at a time. A run that is due while no node runs starts late and
 * covers the days that were missed; one that is interrupted continues where it was.
 */
public final class Auditor implements AutoCloseable {
    /** The maximum number of connections at the same time: for auditing, and for requests of operators. */
    public static final int CONNECTIONS = 2;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_WITHOUT_LEASE = Duration.ofSeconds(5);

    private final ReadDatabase database;
    private final InstantSource clock;
    private final int hour;
    private final AuditRuns runs;
    private final Findings findings;
    private final LedgerComparison ledger;
    private final ProviderComparison provider;
    private @Nullable BackgroundLoop loop;

    /**
     * @param node the name of this node
     * @param hour of the day in UTC at which the day before is compared with the provider, from 0 to 23
     */
    public Auditor(
            DataSource database,
            DiscrepancyReporter discrepancies,
            ProviderReports reports,
            PaymentGateway gateway,
            InstantSource clock,
            String node,
            int hour) {
        this.database = new ReadDatabase(database, CONNECTIONS);
        this.clock = clock;
        this.hour = hour;
        this.runs = new AuditRuns(this.database, node);
        this.findings = new Findings(this.database, discrepancies);
        this.ledger = new LedgerComparison(this.database, findings);
        this.provider = new ProviderComparison(this.database, gateway, reports, findings);
    }

    /** Starts auditing on this node. */
    public void start(BackgroundLoops loops) {
        loop = loops.start("audit", this::run);
    }

    /**
     * Requests a run that covers everything until now.
     *
     * @return its id, or that of the run that is open already
     */
    public CompletionStage<Long> request() {
        return database.inTransaction(connection -> AuditRuns.request(connection, clock.instant()))
                .thenApply(id -> {
                    var running = loop;
                    if (running != null) running.wake();
                    return id;
                });
    }

    private Duration run() throws SQLException {
        if (!runs.acquireLease()) return PAUSE_WITHOUT_LEASE;
        findings.reportEvents();
        boolean hasMore = ledger.compareChanged();
        runs.plan(due(clock.instant()));
        var open = runs.open();
        if (open.isPresent() && !isBehind(open.get().run().createdAt())) {
            advance(open.get());
            hasMore = true;
        } else if (!hasMore && ledger.compareTotals()) runs.totalsCompared();
        return hasMore ? Duration.ZERO : PAUSE;
    }

    /** The last midnight in UTC whose day is due to be compared. */
    private Instant due(Instant now) {
        return now.minus(hour, ChronoUnit.HOURS)
                .atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant();
    }

    /** While the view has not added up what the provider may have booked, a comparison would find it missing. */
    private boolean isBehind(Instant time) throws SQLException {
        return database.queryBlocking(SqlAudits::firstUnread)
                .filter(it -> it.isBefore(time))
                .isPresent();
    }

    /** Does one page of a run. */
    private void advance(Open open) throws SQLException {
        try {
            switch (open.run().phase()) {
                case LEDGER -> {
                    var page = ledger.comparePage(open.cursor());
                    runs.save(open, ledger.report(page), page.next());
                }
                case BOOKINGS -> save(open, provider.compareBookings(open.run(), open.cursor()));
                case MOVEMENTS -> save(open, provider.compareMovements(open.run(), open.cursor()));
                case DONE -> runs.save(open, AuditRuns.Counts.NONE, Optional.empty());
            }
        } catch (SQLException | RuntimeException e) {
            runs.failed(open, e.toString());
            throw e;
        }
    }

    private void save(Open open, ProviderComparison.Page page) throws SQLException {
        runs.save(open, page.counts(), page.next());
    }

    /** Finishes the current page, and releases the lease. */
    @Override
    public void close() throws SQLException {
        var running = loop;
        if (running == null) return;
        running.close();
        runs.releaseLease();
    }
}
