package io.guildhall.http.route.file;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.http.endpoint.AccountLimit;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import io.guildhall.port.FileStore.Outcome;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Upload files for profiles and gigs and get links to them. Every caller with the link of a file can read it. */
public final class FileEndpoints {
    private static final Query<String> PURPOSE = Query.oneOf(
                    "purpose", List.of("picture", "portfolio", "gig"), "Where the file is shown.")
            .rejectedAs("bad-purpose")
            .required();
    /** For all purposes together. */
    public static final AccountLimit UPLOADS = AccountLimit.perHour("upload", 60, "uploaded too many files");

    private final FileStore files;

    public FileEndpoints(FileStore files) {
        this.files = files;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get("/api/files/{accountId}/{purpose}/{name}", "Get a new link to a file, by its key.")
                        .returns(200, FileResource.class)
                        .handledBy(this::link),
                post(
                                "/api/files",
                                "Upload a picture (PNG, JPEG, GIF or WebP) or, for the portfolio, a PDF; at most 8 MiB.")
                        .requiresLogin()
                        .with(Feature.FILE_BODY)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .limited(UPLOADS)
                        .queries(PURPOSE)
                        .returns(201, FileResource.class)
                        .problems(503, "file-store-unavailable")
                        .handledBy(this::upload));
    }

    /** Needs no access check: keys cannot be guessed. */
    private CompletionStage<FileResource> link(Call<Void> call) {
        var key = FileKey.parse(call.pathParameter("accountId") + "/" + call.pathParameter("purpose") + "/"
                        + call.pathParameter("name"))
                .orElseThrow(AggregateApi::notFound);
        return completedFuture(FileResource.of(key, files));
    }

    private CompletionStage<FileResource> upload(Call<Void> call) {
        return store(call, call.query(PURPOSE));
    }

    public static Problem storeUnavailable() {
        return Problem.later(503, "file-store-unavailable", "The file could not be stored. Upload it again.", 5);
    }

    private CompletionStage<FileResource> store(Call<Void> call, String purpose) {
        var type = call.file().type();
        if (!type.isPicture() && !purpose.equals("portfolio"))
            throw new Problem(
                    415,
                    "bad-file-type",
                    "The file must be a PNG, JPEG, GIF or WebP picture. A PDF is accepted in the portfolio only.");
        var key = new FileKey(call.caller().id(), purpose, call.newId("fil"), type);
        return files.put(key, call.file().content()).thenApply(outcome -> switch (outcome) {
            case Outcome.Done _ -> FileResource.of(key, files);
            case Outcome.Unavailable _ -> throw storeUnavailable();
        });
    }
}
