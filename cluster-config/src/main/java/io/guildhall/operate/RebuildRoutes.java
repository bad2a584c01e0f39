package io.guildhall.operate;

import static io.guildhall.operate.OperatorProblems.problem;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.guildhall.projections.store.ViewRebuilds;
import java.sql.SQLException;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/** The operator routes for rebuilds of views: start one, show all, stop one. */
final class RebuildRoutes {
    private RebuildRoutes() {}

    static Route routes(Responder responder) {
        return concat(
                path(
                        "views",
                        () -> get(() -> responder.respondBlocking(services ->
                                OperatorRoutes.json(200, services.rebuilds().views())))),
                path(
                        "rebuilds",
                        () -> get(() -> responder.respondBlocking(services ->
                                OperatorRoutes.json(200, services.rebuilds().list())))),
                path(
                        segment("views").slash(segment()).slash("rebuild"),
                        view -> post(() -> responder.respondBlocking(services -> start(services.rebuilds(), view)))),
                path(
                        segment("views").slash(segment()).slash("rebuild").slash("stop"),
                        view -> post(() -> responder.respondBlocking(services -> stop(services.rebuilds(), view)))));
    }

    private static HttpResponse start(ViewRebuilds rebuilds, String view) throws SQLException {
        if (!rebuilds.views().contains(view))
            return problem(
                    404,
                    "no-such-view",
                    "No view named '" + view + "' can be rebuilt. Views that can: "
                            + String.join(", ", rebuilds.views()) + ".");
        return rebuilds.request(view)
                ? OperatorRoutes.json(202, Map.of("rebuilding", view))
                : problem(
                        409,
                        "rebuild-running",
                        view + " is being rebuilt already. Show its progress with ./guildhall rebuild list, or stop it"
                                + " with ./guildhall rebuild stop " + view + ".");
    }

    private static HttpResponse stop(ViewRebuilds rebuilds, String view) throws SQLException {
        return rebuilds.requestStop(view)
                ? OperatorRoutes.json(202, Map.of("stopping", view))
                : problem(409, "no-rebuild-to-stop", view + " is not being rebuilt, or its new tables are in use.");
    }
}
