package io.guildhall.http.server;

import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Responses;
import io.guildhall.http.network.TrustedProxies;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.io.Inet;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.TLSPlacebo;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.stream.javadsl.Tcp.IncomingConnection;
import org.apache.pekko.stream.scaladsl.TcpAttributes;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server whose connections have limits and deadlines: Pekko HTTP over its TCP streams. */
public final class HttpServer {
    /** A slow reader has at most about this much in the memory of the kernel. */
    private static final int SEND_BUFFER_BYTES = 128 * 1024;

    /**
     * Pekko's parser reads a chunk's header again from its start for every piece of it, without a limit of its length. No
     * request needs chunks: none is produced while it is sent. Nothing of the body is parsed, and Pekko closes the
     * connection after the response.
     */
    @SuppressWarnings("StaticAssignmentOfThrowable") // A problem has no stack trace.
    private static final Problem LENGTH_REQUIRED = new Problem(
            411, "length-required", "Send the body with a Content-Length, without Transfer-Encoding: chunked.");

    /** No text in the database can contain it. */
    @SuppressWarnings("StaticAssignmentOfThrowable") // A problem has no stack trace.
    private static final Problem NUL_IN_TARGET =
            new Problem(400, "malformed", "The path and the query must not contain the character NUL (%00).");

    /** To be run when the client of an upgraded connection has authenticated. */
    public static final AttributeKey<Runnable> IDENTIFIED = AttributeKey.create("identified", Runnable.class);

    private static final HttpHeader CLOSE = org.apache.pekko.http.javadsl.model.headers.Connection.create("close");
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final ClassicActorSystemProvider system;
    private final Materializer materializer;
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
        this.materializer = SystemMaterializer.get(system).materializer();
        this.name = name;
        this.limits = limits;
        this.proxies = proxies;
        this.metrics = metrics;
    }

    /** A running server. */
    public static final class Binding {
        private final Tcp.ServerBinding tcp;
        private final Connections connections;

        private Binding(Tcp.ServerBinding tcp, Connections connections) {
            this.tcp = tcp;
            this.connections = connections;
        }

        public InetSocketAddress localAddress() {
            return tcp.localAddress();
        }

        /** Accepts no more connections. */
        public CompletionStage<Done> unbind() {
            return tcp.unbind().thenApply(_ -> Done.getInstance());
        }

        /** Accepts no more connections, and closes the open ones when they have responded, or after the timeout. */
        public CompletionStage<Done> terminate(Duration timeout) {
            return unbind().thenCompose(_ -> connections
                    .close()
                    .toCompletableFuture()
                    .copy()
                    .completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .thenApply(_ -> {
                        connections.abort();
                        return Done.getInstance();
                    }));
        }
    }

    /** @param handler never fails */
    public CompletionStage<Binding> bind(
            String host, int port, Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        var settings =
                ServerSettings.create(system.classicSystem()).withParsingErrorHandler(ParsingProblems.class.getName());
        var options = new ArrayList<Inet.SocketOption>(List.of(TcpSO.sendBufferSize(SEND_BUFFER_BYTES)));
        settings.getSocketOptions().forEach(options::add);
        var connections = new Connections(name, limits, proxies, metrics);
        var http = Http.get(system).serverLayer(settings).atop(plainText());
        return Tcp.get(system)
                .bind(host, port, settings.getBacklog(), options, false, Optional.of(idleTimeout()))
                .to(Sink.foreach(incoming -> accept(incoming, connections, http, handler)))
                .run(materializer)
                .thenApply(tcp -> new Binding(tcp, connections));
    }

    private Duration idleTimeout() {
        return system.classicSystem().settings().config().getDuration("pekko.http.server.idle-timeout");
    }

    /** No TLS. */
    private static BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> plainText() {
        var inbound = Flow.of(SessionBytes.class).map(it -> (SslTlsInbound) it);
        return BidiFlow.fromFlows(Flow.of(SslTlsOutbound.class), inbound).atop(TLSPlacebo.getInstance());
    }

    /** Never fails, since that would end the server. */
    private void accept(
            IncomingConnection incoming,
            Connections connections,
            BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> http,
            Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        var opened = connections.open(incoming.remoteAddress().getAddress());
        try {
            // Requests bytes only when the kernel has accepted all earlier ones, as the guard requires.
            var network = incoming.flow().addAttributes(TcpAttributes.tcpWriteBufferSize(1));
            if (opened.isEmpty()) {
                network.join(Flow.fromSinkAndSource(Sink.cancelled(), Source.empty()))
                        .run(materializer);
                return;
            }
            var connection = opened.get();
            var guard = BidiFlow.fromGraph(new ConnectionGuard(connections, connection));
            requests(RemoteAddress.create(incoming.remoteAddress()), connection, handler)
                    .join(http.atop(guard).join(network))
                    .run(materializer);
        } catch (RuntimeException e) {
            LOG.error("A connection could not be served", e);
            opened.ifPresent(Connection::closed);
        }
    }

    private static Flow<HttpRequest, HttpResponse, NotUsed> requests(
            RemoteAddress client, Connection connection, Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        record Exchange(HttpRequest request, HttpResponse response) {}
        return Flow.of(HttpRequest.class)
                .mapAsync(1, request -> {
                    connection.requestArrived();
                    var response = refusal(request)
                            .<CompletionStage<HttpResponse>>map(CompletableFuture::completedFuture)
                            .orElseGet(() -> handler.apply(received(request, client, connection)));
                    return response.thenApply(it -> new Exchange(request, it));
                })
                .map(it -> responding(connection, it.request(), it.response()));
    }

    private static Optional<HttpResponse> refusal(HttpRequest request) {
        if (request.entity().isChunked()) return Optional.of(Responses.of(LENGTH_REQUIRED));
        return request.getUri().toString().contains("%00")
                ? Optional.of(Responses.of(NUL_IN_TARGET))
                : Optional.empty();
    }

    private static HttpRequest received(HttpRequest request, RemoteAddress client, Connection connection) {
        var received = request.addAttribute(AttributeKeys.remoteAddress, client)
                .addAttribute(IDENTIFIED, (Runnable) connection::identified);
        if (!(request.entity() instanceof HttpEntity.Default body)) return received;
        connection.bodyBegins();
        var content = body.getDataBytes().watchTermination((source, end) -> {
            var _ = end.thenRun(connection::bodyEnded);
            return source;
        });
        return received.withEntity(HttpEntities.create(
                body.getContentType(), body.getContentLengthOption().orElseThrow(), content));
    }

    private static HttpResponse responding(Connection connection, HttpRequest request, HttpResponse response) {
        if (response.status().equals(StatusCodes.SWITCHING_PROTOCOLS)) {
            connection.upgraded();
            return response;
        }
        var last = connection.isClosing() ? response.addHeader(CLOSE) : response;
        // The content of a response to HEAD is not sent.
        if (response.entity().isStrict() || request.method().equals(HttpMethods.HEAD)) {
            connection.responseFollows();
            return last;
        }
        return last.withEntity(untilEnd(last.entity(), connection::streamEnded));
    }

    private static ResponseEntity untilEnd(ResponseEntity entity, Runnable ended) {
        var content = entity.getDataBytes().watchTermination((source, end) -> {
            var _ = end.whenComplete((_, _) -> ended.run());
            return source;
        });
        return entity instanceof HttpEntity.Default it
                ? HttpEntities.create(
                        it.getContentType(), it.getContentLengthOption().orElseThrow(), content)
                : HttpEntities.createChunked(entity.getContentType(), content);
    }
}
