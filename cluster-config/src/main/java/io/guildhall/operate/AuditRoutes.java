package io.guildhall.operate;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.parameterOptional;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.guildhall.projections.readmodel.Page;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/** The operator routes of the audit: its state, its open discrepancies, and a comparison now. */
final class AuditRoutes {
    private AuditRoutes() {}

    static Route routes(Responder responder) {
        return concat(
                path("audit", () -> get(() -> responder.respond(AuditRoutes::summary))),
                path(
                        segment("audit").slash("discrepancies"),
                        () -> get(() -> parameterOptional(
                                "cursor", cursor -> responder.respond(services -> discrepancies(services, cursor))))),
                path(segment("audit").slash("run"), () -> post(() -> responder.respond(AuditRoutes::run))));
    }

    private static CompletionStage<HttpResponse> summary(OperatorServices services) {
        return services.audit().audits().summary().thenApply(it -> OperatorRoutes.json(200, it));
    }

    private static CompletionStage<HttpResponse> discrepancies(OperatorServices services, Optional<String> cursor) {
        return OperatorRoutes.page(
                services.audit().discrepancies().unsettled(new Page.Request(Page.Request.MAX_LIMIT, cursor)));
    }

    private static CompletionStage<HttpResponse> run(OperatorServices services) {
        return services.audit().auditor().request().thenApply(id -> OperatorRoutes.json(202, Map.of("run", id)));
    }
}
