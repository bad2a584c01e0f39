package io.guildhall.operate;

import io.guildhall.actors.Entities;
import io.guildhall.http.auth.KeyRing;
import io.guildhall.port.Embeddings;
import io.guildhall.projections.audit.Auditor;
import io.guildhall.projections.notify.mail.MailBounces;
import io.guildhall.projections.readmodel.audit.Audits;
import io.guildhall.projections.readmodel.discrepancy.Discrepancies;
import io.guildhall.projections.readmodel.operatortask.OperatorTasks;
import io.guildhall.projections.store.FollowerControl;
import io.guildhall.projections.store.ViewRebuilds;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What the operator routes of a serving node call.
 *
 * @param isReady whether the node can start something new; does not block
 * @param seeding in development only
 */
public record OperatorServices(
        BooleanSupplier isReady,
        Entities entities,
        FollowerControl followers,
        FollowerLagMetrics followerLag,
        ViewRebuilds rebuilds,
        PrometheusMeterRegistry metrics,
        KeyRing keys,
        Index index,
        OperatorTasks tasks,
        OperatorTaskMetrics taskMetrics,
        Audit audit,
        MailBounces bounces,
        Optional<Seeding> seeding) {

    public record Audit(Auditor auditor, Audits audits, Discrepancies discrepancies, AuditMetrics metrics) {}

    /** @param model the name of the model that computes pending vectors */
    public record Index(Embeddings embeddings, String model, IndexMetrics metrics) {}
}
