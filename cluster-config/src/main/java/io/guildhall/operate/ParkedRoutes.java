package io.guildhall.operate;

import static io.guildhall.operate.OperatorProblems.problem;
import static io.guildhall.operate.OperatorProblems.requireText;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.guildhall.projections.store.FollowerControl;
import java.sql.SQLException;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/** The operator routes for parked entities: list them, try their events again, or drop the one that fails. */
final class ParkedRoutes {
    private static final int MAX_LISTED = 1_000;

    private ParkedRoutes() {}

    static Route routes(Responder responder) {
        return concat(
                path("parked", () -> get(() -> responder.respondBlocking(services -> list(services.followers())))),
                path(
                        segment("parked").slash("retry"),
                        () -> post(() -> responder.respondBlocking(services -> retryAll(services.followers())))),
                pathPrefix(segment("parked").slash(segment()), follower -> ofFollower(responder, follower)));
    }

    private static Route ofFollower(Responder responder, String follower) {
        var entity = segment().slash(segment());
        return concat(
                path(
                        entity.slash("retry"),
                        (kind, id) -> post(() -> responder.respondBlocking(
                                services -> retry(services.followers(), follower, kind, id)))),
                path(
                        entity.slash("drop"),
                        (kind, id) -> post(() -> requireText(
                                "reason",
                                "State why the event can be dropped.",
                                reason -> responder.respondBlocking(
                                        services -> drop(services.followers(), follower, kind, id, reason))))));
    }

    private static HttpResponse list(FollowerControl control) throws SQLException {
        return OperatorRoutes.json(
                200, Map.of("parked", control.parked(MAX_LISTED), "dropped", control.dropped(MAX_LISTED)));
    }

    private static HttpResponse retryAll(FollowerControl control) throws SQLException {
        return OperatorRoutes.json(202, Map.of("retrying", control.retryParked()));
    }

    private static HttpResponse retry(FollowerControl control, String follower, String kind, String id)
            throws SQLException {
        return control.retryParked(follower, kind, id)
                ? OperatorRoutes.json(202, Map.of("retrying", 1))
                : notParked(follower, kind, id);
    }

    private static HttpResponse drop(FollowerControl control, String follower, String kind, String id, String reason)
            throws SQLException {
        return control.dropParked(follower, kind, id, reason)
                .map(dropped -> OperatorRoutes.json(202, dropped))
                .orElseGet(() -> notParked(follower, kind, id));
    }

    private static HttpResponse notParked(String follower, String kind, String id) {
        return problem(
                404,
                "not-parked",
                follower + " has not parked " + kind + " " + id + ". List the parked entities to see their names.");
    }
}
