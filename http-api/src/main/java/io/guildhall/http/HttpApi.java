package io.guildhall.http;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.http.endpoint.AccountLimits;
import io.guildhall.http.endpoint.Api;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Cors;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.OpenApi;
import io.guildhall.http.endpoint.ResultWriter;
import io.guildhall.http.endpoint.SecurityHeaders;
import io.guildhall.http.live.AsyncApi;
import io.guildhall.http.live.LiveRoutes;
import io.guildhall.http.live.LiveServer;
import io.guildhall.http.network.TrustedProxies;
import io.guildhall.http.route.dev.OutboxPages;
import io.guildhall.http.route.file.FilePages;
import io.guildhall.http.site.Site;
import io.guildhall.kernel.HmacSha256;
import io.guildhall.port.FileStore;
import io.guildhall.port.IdempotencyStore;
import io.guildhall.port.Mailer;
import io.guildhall.port.SuspendedAccounts;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;

/** Everything that a node serves on its public port: web pages, files and the API. */
public final class HttpApi {
    private final Site site;
    private final FilePages files;
    private final Optional<OutboxPages> mails;
    private final Api api;
    private final LiveRoutes live;

    /**
     * @param origins of the sites whose pages can call the API from a browser
     * @param secret the same on all nodes
     * @param uploadFolder for files while they are received
     */
    public record Settings(
            Site.Settings site, Set<String> origins, String secret, TrustedProxies proxies, Path uploadFolder) {}

    /**
     * @param outbox of a node in development
     * @param authenticate returns the caller, or nothing without an access token; throws a problem for an invalid one
     */
    public HttpApi(
            List<Endpoint<?, ?>> endpoints,
            Function<HttpRequest, Optional<Caller>> authenticate,
            SuspendedAccounts suspended,
            IdempotencyStore idempotency,
            AccountLimits limits,
            ResultWriter writer,
            FileStore files,
            Optional<Mailer.Outbox> outbox,
            LiveServer live,
            Settings settings,
            MeterRegistry metrics,
            InstantSource clock,
            Materializer materializer) {
        var dataHeaders = SecurityHeaders.forData(settings.site().production());
        this.site = new Site(() -> OpenApi.of(endpoints), AsyncApi::document, settings.site());
        this.files = new FilePages(files, dataHeaders);
        this.mails = outbox.map(OutboxPages::new);
        var cors = new Cors(settings.origins());
        this.api = new Api(
                endpoints,
                authenticate,
                suspended,
                idempotency,
                limits,
                writer,
                new HmacSha256("idempotency", settings.secret()),
                cors,
                dataHeaders,
                settings.proxies(),
                settings.uploadFolder(),
                metrics,
                clock,
                materializer);
        this.live = new LiveRoutes(live, cors, api);
    }

    /** Never fails: every failure becomes a problem response. */
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return site.page(request)
                .or(() -> site.webClientPage(request))
                .or(() -> site.notFound(request).filter(_ -> !isServed(request)))
                .<CompletionStage<HttpResponse>>map(page -> completedFuture(page))
                .or(() -> files.file(request))
                .or(() -> mails.flatMap(it -> it.mail(request)))
                .or(() -> live.handle(request))
                .orElseGet(() -> api.handle(request));
    }

    private boolean isServed(HttpRequest request) {
        return api.serves(request)
                || files.serves(request)
                || LiveRoutes.serves(request)
                || mails.filter(it -> it.serves(request)).isPresent();
    }
}
