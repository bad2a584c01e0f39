package io.guildhall.http;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.http.endpoint.Api;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Cors;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.OpenApi;
import io.guildhall.http.endpoint.SecurityHeaders;
import io.guildhall.http.route.file.FilePages;
import io.guildhall.http.site.Site;
import io.guildhall.port.FileStore;
import io.guildhall.port.IdempotencyStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;

/** All that is served at the public address: the pages for people, and the API. */
public final class HttpApi {
    private final Site site;
    private final FilePages files;
    private final Api api;

    /**
     * @param origins of other sites whose pages may call the API
     * @param managementPort that the start page points to
     */
    public record Settings(boolean production, Set<String> origins, int managementPort) {}

    /** @param authenticate who calls, nobody where there is no token; fails with a problem where there is a bad one */
    public HttpApi(
            List<Endpoint<?, ?>> endpoints,
            Function<HttpRequest, Optional<Caller>> authenticate,
            IdempotencyStore idempotency,
            FileStore files,
            Settings settings,
            MeterRegistry metrics,
            InstantSource clock,
            Materializer materializer) {
        this.site =
                new Site(() -> OpenApi.of(endpoints), new Site.Facts(settings.production(), settings.managementPort()));
        this.files = new FilePages(files, SecurityHeaders.forData(settings.production()));
        this.api = new Api(
                endpoints,
                authenticate,
                idempotency,
                new Cors(settings.origins()),
                SecurityHeaders.forData(settings.production()),
                metrics,
                clock,
                materializer);
    }

    /** Never fails: what goes wrong is answered as a problem. */
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return site.page(request)
                .or(() -> site.missing(request).filter(_ -> !api.serves(request) && !files.serves(request)))
                .<CompletionStage<HttpResponse>>map(page -> completedFuture(page))
                .or(() -> files.file(request))
                .orElseGet(() -> api.handle(request));
    }
}
