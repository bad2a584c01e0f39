package io.guildhall.http.route.file;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import io.guildhall.port.FileStore.Outcome;
import io.guildhall.port.RateLimiter;
import io.guildhall.port.RateLimiter.Limit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Files that profiles and gigs show. What is uploaded and shown nowhere is read by nobody but who has its link. */
public final class FileEndpoints {
    private static final Query<String> PURPOSE = Query.oneOf(
                    "purpose", List.of("picture", "portfolio", "gig"), "Where the file is shown.")
            .rejectedAs("bad-purpose")
            .required();
    private static final Limit OFTEN = new Limit(60, Duration.ofHours(1));

    private final FileStore files;
    private final RateLimiter limiter;

    public FileEndpoints(FileStore files, RateLimiter limiter) {
        this.files = files;
        this.limiter = limiter;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get(
                                "/api/files/{accountId}/{purpose}/{name}",
                                "A fresh link to a file that a profile or a gig shows, by its key")
                        .returns(200, Uploaded.class)
                        .handledBy(this::link),
                post(
                                "/api/files",
                                "Upload a picture (PNG, JPEG, GIF, WebP) or, for the portfolio, a PDF; 8 MiB at most")
                        .requiresLogin()
                        .with(Feature.FILE_BODY)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .queries(PURPOSE)
                        .returns(201, Uploaded.class)
                        .problems(415, "bad-file-type")
                        .problems(429, "too-many-requests")
                        .problems(503, "file-store-unavailable", "busy")
                        .handledBy(this::upload));
    }

    /**
     * @param key what a profile or a gig names it by
     * @param url good for a quarter of an hour at least
     */
    public record Uploaded(String key, String url) {}

    /** Keys cannot be guessed: who has one was shown it. */
    private CompletionStage<Uploaded> link(Call<Void> call) {
        var key = FileKey.of(call.pathParameter("accountId") + "/" + call.pathParameter("purpose") + "/"
                        + call.pathParameter("name"))
                .orElseThrow(AggregateApi::notFound);
        return completedFuture(new Uploaded(key.toString(), files.link(key).toString()));
    }

    private CompletionStage<Uploaded> upload(Call<Void> call) {
        var purpose = call.query(PURPOSE);
        var by = call.caller().id();
        limiter.tryAcquire("upload/" + by, OFTEN).ifPresent(wait -> {
            throw Problem.later(
                    429,
                    "too-many-requests",
                    "So many files at once are not taken; try again later.",
                    wait.toSeconds() + 1);
        });
        var type = FileKey.Type.of(call.rawBody())
                .filter(it -> it.isPicture() || purpose.equals("portfolio"))
                .orElseThrow(() -> new Problem(
                        415,
                        "bad-file-type",
                        "Send a PNG, JPEG, GIF or WebP picture or, for the portfolio, a PDF; its first bytes tell."));
        var key = new FileKey(by, purpose, call.newId("fil"), type);
        return files.put(key, call.rawBody()).thenApply(outcome -> switch (outcome) {
            case Outcome.Done _ -> new Uploaded(key.toString(), files.link(key).toString());
            case Outcome.Unavailable _ ->
                throw Problem.later(503, "file-store-unavailable", "The file could not be kept; send it again.", 5);
        });
    }
}
