package io.guildhall.operate;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.mapResponse;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.management.javadsl.PekkoManagement;

/**
 * The servers for operators, behind a {@link ManagementGuard}: the operator routes and those of Pekko Management. They
 * run until the actor system terminates.
 */
public final class ManagementServers {
    private final ActorSystem<?> system;
    private final ManagementGuard guard;
    private final Route routes;

    /** @param hostNames in lower case, under which operators reach the servers, besides IP addresses */
    public ManagementServers(ActorSystem<?> system, OperatorToken token, Set<String> hostNames) {
        this.system = system;
        this.guard = new ManagementGuard(token, hostNames);
        this.routes = PekkoManagement.get(system.classicSystem()).getRoutes();
    }

    /** Starts the server of all commands, health and metrics. */
    public CompletionStage<ServerBinding> startManagement(String host, int port) {
        return start(host, port, guard::refuse);
    }

    /** Starts the server of health and metrics only. */
    public CompletionStage<ServerBinding> startProbes(String host, int port) {
        return start(host, port, guard::refuseOnProbes);
    }

    /** Pekko reports a failed health check with status 500, which load balancers and clients take for a bug. */
    private static HttpResponse unavailable(HttpResponse response) {
        return response.status().equals(StatusCodes.INTERNAL_SERVER_ERROR)
                ? response.withStatus(StatusCodes.SERVICE_UNAVAILABLE)
                : response;
    }

    private CompletionStage<ServerBinding> start(
            String host, int port, Function<HttpRequest, Optional<HttpResponse>> refuse) {
        return Http.get(system)
                .newServerAt(host, port)
                .bind(extractRequest(
                        request -> refuse.apply(request).map(it -> complete(it)).orElseGet(() -> serve(request))));
    }

    private Route serve(HttpRequest request) {
        return ManagementGuard.isHealth(request) ? mapResponse(ManagementServers::unavailable, () -> routes) : routes;
    }
}
