package io.guildhall.projections.readmodel.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * @param behindSince the time of the first event that the auditor has not added up yet; empty if it has added up all
 * @param runs the last ones, newest first
 * @param openDifferences number of discrepancies that are not settled, by kind; kinds without one are absent
 */
public record AuditSummary(
        Optional<Instant> behindSince,
        List<AuditTotal> totals,
        List<AuditRun> runs,
        Map<String, Long> openDifferences) {}
