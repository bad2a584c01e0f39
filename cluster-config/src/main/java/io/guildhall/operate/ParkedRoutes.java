package io.guildhall.operate;

import static io.guildhall.operate.OperatorProblems.requireParameter;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.guildhall.projections.store.FollowerControl;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/** The operator routes for parked entities: list them, try their events again, or leave out the one that fails. */
final class ParkedRoutes {
    private static final int MAX_LISTED = 1_000;
    private static final int MAX_REASON_LENGTH = 500;

    private ParkedRoutes() {}

    /** @param respond makes a route of a response that needs the services of the node */
    static Route routes(Function<Function<OperatorServices, CompletionStage<HttpResponse>>, Route> respond) {
        return concat(
                path("parked", () -> get(() -> respond.apply(services -> blocking(services, ParkedRoutes::list)))),
                path(
                        segment("parked").slash("retry"),
                        () -> post(() -> respond.apply(services -> blocking(services, ParkedRoutes::retryAll)))),
                pathPrefix(segment("parked").slash(segment()), follower -> ofFollower(respond, follower)));
    }

    private static Route ofFollower(
            Function<Function<OperatorServices, CompletionStage<HttpResponse>>, Route> respond, String follower) {
        var entity = segment().slash(segment());
        return concat(
                path(
                        entity.slash("retry"),
                        (kind, id) -> post(() -> respond.apply(
                                services -> blocking(services, control -> retry(control, follower, kind, id))))),
                path(
                        entity.slash("drop"),
                        (kind, id) -> post(() -> requireParameter(
                                "reason",
                                "State why the event can be dropped.",
                                reason -> respond.apply(services ->
                                        blocking(services, control -> drop(control, follower, kind, id, reason)))))));
    }

    @FunctionalInterface
    private interface Work {
        HttpResponse on(FollowerControl control) throws SQLException;
    }

    private static CompletionStage<HttpResponse> blocking(OperatorServices services, Work work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.on(services.followers());
                    } catch (SQLException e) {
                        throw new CompletionException(e);
                    }
                },
                Thread::startVirtualThread);
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
        if (reason.isBlank() || reason.length() > MAX_REASON_LENGTH)
            return problem(
                    400,
                    "The reason must have 1 to " + MAX_REASON_LENGTH
                            + " characters. State why the event can be dropped.");
        return control.dropParked(follower, kind, id, PrintableText.of(reason.strip()))
                .map(dropped -> OperatorRoutes.json(202, dropped))
                .orElseGet(() -> notParked(follower, kind, id));
    }

    private static HttpResponse notParked(String follower, String kind, String id) {
        return problem(
                404,
                follower + " has not parked " + kind + " " + id + ". List the parked entities to see their names.");
    }

    private static HttpResponse problem(int status, String detail) {
        return OperatorRoutes.json(status, Map.of("detail", detail));
    }
}
