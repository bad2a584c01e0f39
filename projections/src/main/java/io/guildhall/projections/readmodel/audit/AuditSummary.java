package io.guildhall.projections.readmodel.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * @param behindSince the time of the first event that the auditor has not added up yet; empty if it has added up all
 * @param totalsComparedAt when the running totals of the ledger were last compared with the sums of the events; empty if
 *     they never were. They cannot be compared while the ledger or the auditor has parked an entity
 * @param runs the last ones, newest first
 * @param openDifferences number of discrepancies that are not settled, by kind; kinds without one are absent
 */
public record AuditSummary(
        Optional<Instant> behindSince,
        Optional<Instant> totalsComparedAt,
        List<AuditTotal> totals,
        List<AuditRun> runs,
        Map<String, Long> openDifferences) {}
