package io.guildhall.operate;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.guildhall.projections.store.ViewRebuilds;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/** The operator routes for rebuilds of views: start one, show all, stop one. */
final class RebuildRoutes {
    private RebuildRoutes() {}

    /** @param respond makes a route of a response that needs the services of the node */
    static Route routes(Function<Function<OperatorServices, CompletionStage<HttpResponse>>, Route> respond) {
        return concat(
                path(
                        "views",
                        () -> get(() -> respond.apply(services ->
                                blocking(services, rebuilds -> OperatorRoutes.json(200, rebuilds.views()))))),
                path(
                        "rebuilds",
                        () -> get(() -> respond.apply(services ->
                                blocking(services, rebuilds -> OperatorRoutes.json(200, rebuilds.list()))))),
                path(
                        segment("views").slash(segment()).slash("rebuild"),
                        view -> post(() ->
                                respond.apply(services -> blocking(services, rebuilds -> start(rebuilds, view))))),
                path(
                        segment("views").slash(segment()).slash("rebuild").slash("stop"),
                        view -> post(() ->
                                respond.apply(services -> blocking(services, rebuilds -> stop(rebuilds, view))))));
    }

    @FunctionalInterface
    private interface Work {
        HttpResponse on(ViewRebuilds rebuilds) throws SQLException;
    }

    private static CompletionStage<HttpResponse> blocking(OperatorServices services, Work work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.on(services.rebuilds());
                    } catch (SQLException e) {
                        throw new CompletionException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private static HttpResponse start(ViewRebuilds rebuilds, String view) throws SQLException {
        if (!rebuilds.views().contains(view))
            return problem(
                    404,
                    "There is no view '" + view + "' that can be rebuilt. These can: "
                            + String.join(", ", rebuilds.views()) + ".");
        return rebuilds.request(view)
                ? OperatorRoutes.json(202, Map.of("rebuilding", view))
                : problem(
                        409,
                        view + " is being rebuilt already. Show its progress with ./guildhall rebuild list, or stop it"
                                + " with ./guildhall rebuild stop " + view + ".");
    }

    private static HttpResponse stop(ViewRebuilds rebuilds, String view) throws SQLException {
        return rebuilds.requestStop(view)
                ? OperatorRoutes.json(202, Map.of("stopping", view))
                : problem(409, view + " is not being rebuilt, or its new tables serve already.");
    }

    private static HttpResponse problem(int status, String detail) {
        return OperatorRoutes.json(status, Map.of("detail", detail));
    }
}
