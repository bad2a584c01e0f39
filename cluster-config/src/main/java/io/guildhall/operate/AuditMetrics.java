package io.guildhall.operate;

import static java.util.Objects.requireNonNull;

import io.guildhall.domain.discrepancy.Report;
import io.guildhall.projections.readmodel.audit.AuditRun;
import io.guildhall.projections.readmodel.audit.AuditSummary;
import io.guildhall.projections.readmodel.audit.Audits;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** What the auditor has found, and whether it keeps up. */
public final class AuditMetrics {
    private final InstantSource clock;
    private final Map<Report.Kind, AtomicLong> open = new EnumMap<>(Report.Kind.class);
    private final AtomicLong behindSeconds = new AtomicLong();
    private final AtomicLong lastRunSeconds = new AtomicLong();
    private final AtomicLong coveredUntilSeconds = new AtomicLong();
    private final AtomicLong totalsComparedSeconds = new AtomicLong();

    public AuditMetrics(MeterRegistry metrics, InstantSource clock) {
        this.clock = clock;
        for (var kind : Report.Kind.values()) {
            var count = new AtomicLong();
            open.put(kind, count);
            Gauge.builder("guildhall.audit.open.discrepancies", count, AtomicLong::doubleValue)
                    .description("Discrepancies that are not settled")
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .strongReference(true)
                    .register(metrics);
        }
        gauge(metrics, "guildhall.audit.behind.seconds", "Age of the first event that is not added up", behindSeconds);
        gauge(
                metrics,
                "guildhall.audit.last.run.seconds",
                "When the last comparison with the payment provider ended, as the time since 1970; 0 if none has",
                lastRunSeconds);
        gauge(
                metrics,
                "guildhall.audit.covered.until.seconds",
                "Up to when the provider's bookings are compared, as the time since 1970; 0 if none are",
                coveredUntilSeconds);
        gauge(
                metrics,
                "guildhall.audit.totals.compared.seconds",
                "Unix time of the last comparison of the ledger's totals with the sums of the events; 0 if there was none",
                totalsComparedSeconds);
    }

    private static void gauge(MeterRegistry metrics, String name, String description, AtomicLong value) {
        Gauge.builder(name, value, AtomicLong::doubleValue)
                .description(description)
                .strongReference(true)
                .register(metrics);
    }

    CompletionStage<Void> refresh(Audits audits) {
        return audits.summary().thenAccept(this::set);
    }

    private void set(AuditSummary summary) {
        for (var kind : Report.Kind.values())
            requireNonNull(open.get(kind)).set(summary.openDifferences().getOrDefault(kind.name(), 0L));
        behindSeconds.set(summary.behindSince()
                .map(it -> Duration.between(it, clock.instant()).toSeconds())
                .orElse(0L));
        Optional<AuditRun> last = summary.runs().stream()
                .filter(it -> it.finishedAt().isPresent())
                .findFirst();
        lastRunSeconds.set(last.flatMap(AuditRun::finishedAt)
                .map(it -> it.getEpochSecond())
                .orElse(0L));
        coveredUntilSeconds.set(
                last.map(it -> it.coversUntil().getEpochSecond()).orElse(0L));
        totalsComparedSeconds.set(
                summary.totalsComparedAt().map(Instant::getEpochSecond).orElse(0L));
    }
}
