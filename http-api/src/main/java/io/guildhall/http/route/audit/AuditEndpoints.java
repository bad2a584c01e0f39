package io.guildhall.http.route.audit;

import static io.guildhall.domain.account.Role.ADMIN;
import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.projections.readmodel.audit.AuditRun;
import io.guildhall.projections.readmodel.audit.AuditSummary;
import io.guildhall.projections.readmodel.audit.AuditTotal;
import io.guildhall.projections.readmodel.audit.Audits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Read what the auditor has found; for admins. */
public final class AuditEndpoints {
    private final Audits audits;

    public AuditEndpoints(Audits audits) {
        this.audits = audits;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get(
                        "/api/admin/audit",
                        "Get the state of the audit: the sums of all money, the last comparisons with the payment provider, and"
                                + " the number of open discrepancies.")
                .requires(ADMIN)
                .returns(200, AuditResource.class)
                .handledBy(_ -> audits.summary().thenApply(AuditResource::of)));
    }

    /**
     * @param behindSince the time of the first event that is not in the sums yet; absent if all are
     * @param totalsComparedAt when the totals of the ledger were last compared with the sums; absent if they never were. They
     *     are not compared while the ledger or the audit has parked an entity
     * @param runs the last ones, newest first
     * @param openDiscrepancies number of discrepancies that are not settled, by kind
     */
    public record AuditResource(
            Optional<Instant> behindSince,
            Optional<Instant> totalsComparedAt,
            List<AuditTotal> totals,
            List<AuditRun> runs,
            Map<String, Long> openDiscrepancies) {
        static AuditResource of(AuditSummary it) {
            return new AuditResource(
                    it.behindSince(), it.totalsComparedAt(), it.totals(), it.runs(), it.openDifferences());
        }
    }
}
