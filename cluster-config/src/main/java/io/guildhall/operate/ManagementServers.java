package io.guildhall.operate;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.handleRejections;

import io.guildhall.http.endpoint.Responses;
import io.guildhall.http.network.TrustedProxies;
import io.guildhall.http.server.ConnectionLimits;
import io.guildhall.http.server.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpMethods;
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
    private final MeterRegistry metrics;
    private final ManagementGuard guard;
    private final Route routes;

    /** @param hostNames in lower case, under which operators reach the servers, in addition to IP addresses */
    public ManagementServers(ActorSystem<?> system, OperatorToken token, Set<String> hostNames, MeterRegistry metrics) {
        this.system = system;
        this.metrics = metrics;
        this.guard = new ManagementGuard(token, hostNames);
        this.routes = PekkoManagement.get(system.classicSystem()).getRoutes();
    }

    /** Starts the server of all commands, health and metrics. */
    public CompletionStage<HttpServer.Binding> startManagement(String host, int port) {
        return start("management", host, port, guard::refuse);
    }

    /** Starts the server of health and metrics only. */
    public CompletionStage<HttpServer.Binding> startProbes(String host, int port) {
        return start("probes", host, port, guard::refuseOnProbes);
    }

    /** Pekko reports a failed health check with status 500, which load balancers and clients take for a bug. */
    private static HttpResponse unavailable(HttpResponse response) {
        return response.status().equals(StatusCodes.INTERNAL_SERVER_ERROR)
                ? response.withStatus(StatusCodes.SERVICE_UNAVAILABLE)
                : response;
    }

    private CompletionStage<HttpServer.Binding> start(
            String name, String host, int port, Function<HttpRequest, Optional<HttpResponse>> refuse) {
        var route = handleRejections(
                OperatorProblems.rejections(),
                () -> extractRequest(
                        request -> refuse.apply(request).map(it -> complete(it)).orElse(routes)));
        var handler = route.function(system);
        return new HttpServer(system, name, ConnectionLimits.SMALL, TrustedProxies.NONE, metrics)
                .bind(host, port, request -> respond(handler, request));
    }

    private static CompletionStage<HttpResponse> respond(
            org.apache.pekko.japi.function.Function<HttpRequest, CompletionStage<HttpResponse>> handler,
            HttpRequest request) {
        return completedStage(request)
                .thenCompose(it -> {
                    try {
                        return handler.apply(withBody(it));
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                })
                .thenApply(it -> ManagementGuard.isHealth(request) ? unavailable(it) : OperatorProblems.document(it))
                .exceptionally(failure -> Responses.of(failure, request.getUri().path()));
    }

    /** The routes do not know HEAD. Pekko HTTP leaves out the body of the response to it. */
    private static HttpRequest withBody(HttpRequest request) {
        return request.method().equals(HttpMethods.HEAD) ? request.withMethod(HttpMethods.GET) : request;
    }
}
