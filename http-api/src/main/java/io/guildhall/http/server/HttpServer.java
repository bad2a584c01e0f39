package io.guildhall.http.server;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;

/** An HTTP server whose connections have limits and deadlines. */
public final class HttpServer {
    private final ClassicActorSystemProvider system;
    private final String name;
    private final ConnectionLimits limits;
    private final TrustedProxies proxies;
    private final MeterRegistry metrics;

    /** @param name of the server in metrics */
    public HttpServer(
            ClassicActorSystemProvider system,
            String name,
            ConnectionLimits limits,
            TrustedProxies proxies,
            MeterRegistry metrics) {
        this.system = system;
        this.name = name;
        this.limits = limits;
        this.proxies = proxies;
        this.metrics = metrics;
    }

    /** @param handler never fails */
    public CompletionStage<ServerBinding> bind(
            String host, int port, Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        var guard = BidiFlow.fromGraph(new ConnectionGuard(new Connections(name, limits, proxies, metrics)));
        return Http.get(system)
                .newServerAt(host, port)
                .adaptSettings(it ->
                        it.withRemoteAddressAttribute(true).withParsingErrorHandler(ParsingProblems.class.getName()))
                .bindFlow(guard.join(Flow.of(HttpRequest.class).mapAsync(1, handler::apply)));
    }
}
