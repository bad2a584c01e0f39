package io.guildhall.projections.readmodel.audit;

import java.util.concurrent.CompletionStage;

/** What the auditor has found. */
public interface Audits {
    CompletionStage<AuditSummary> summary();
}
