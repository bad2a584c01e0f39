package io.guildhall.http.route.dataexport;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.dataexport.DataExports;
import io.guildhall.domain.dataexport.DataExportsCommand.RequestExport;
import io.guildhall.domain.dataexport.DataExportsRejection;
import io.guildhall.http.auth.AuthenticationService;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.text.Password;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import io.guildhall.projections.readmodel.dataexport.DataExport;
import io.guildhall.projections.readmodel.dataexport.DataExportQueries;
import io.guildhall.projections.readmodel.room.RoomExport.Archive;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Export everything that the caller has written, or that names them, as a ZIP file. */
public final class DataExportEndpoints {
    private static final String EXPORT = "/api/me/data-exports/{exportId}";

    private final Entities entities;
    private final DataExportQueries exports;
    private final AuthenticationService authentication;
    private final FileStore store;

    public DataExportEndpoints(
            Entities entities, DataExportQueries exports, AuthenticationService authentication, FileStore store) {
        this.entities = entities;
        this.exports = exports;
        this.authentication = authentication;
        this.store = store;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post(
                                "/api/me/data-exports",
                                "Request an export of everything that you have written or that names you: a ZIP file of JSON and your files. One at a time, at most 3 a day. Poll it for its progress; an e-mail is sent when it is ready. Then request a link to download it.")
                        .requiresLogin()
                        .accepts(DataExportPassword.class)
                        .with(Feature.OPEN_TO_SUSPENDED)
                        .limited(AuthenticationService.PASSWORD_CHECKS)
                        .returns(202, DataExportResource.class)
                        .problems(403, "wrong-password")
                        .problems(409, "export-in-progress")
                        .problems(429, "too-many-requests")
                        .handledBy(this::request),
                get(
                                "/api/me/data-exports",
                                "List the exports of your data, newest first. They are deleted after 7 days.")
                        .requiresLogin()
                        .returnsPageOf(DataExportResource.class)
                        .handledBy(call -> exports.of(call.caller().id(), call.page())
                                .thenApply(page -> page.map(DataExportResource::from))),
                get(EXPORT, "Get an export of your data, with its progress.")
                        .requiresLogin()
                        .returns(200, DataExportResource.class)
                        .handledBy(this::read),
                post(
                                EXPORT + "/download-link",
                                "Get a link to download a finished export of your data. Anyone who has the link can use it. It is valid for at least 2 and at most 4 minutes.")
                        .requiresLogin()
                        .accepts(DataExportPassword.class)
                        .with(Feature.OPEN_TO_SUSPENDED)
                        .limited(AuthenticationService.PASSWORD_CHECKS)
                        .returns(200, DownloadLinkResource.class)
                        .problems(403, "wrong-password")
                        .problems(409, "export-not-finished")
                        .handledBy(this::link));
    }

    /** @param currentPassword of the account */
    public record DataExportPassword(
            @NotBlank @Password(min = 0) String currentPassword) {}

    /** @param url a signed link, with which a browser saves the file */
    public record DownloadLinkResource(String name, long bytes, String url) {}

    private CompletionStage<DataExportResource> request(Call<DataExportPassword> call) {
        var accountId = call.caller().id();
        var id = call.newId("exp");
        return authentication
                .requirePassword(call.caller(), call.body().currentPassword())
                .thenCompose(_ -> entities.execute(
                        call.correlation(), DataExports.AGGREGATE, accountId, new RequestExport(accountId, id)))
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Done<DataExports, DataExportsRejection> done -> find(accountId, id, done.state());
                    case Outcome.Rejected<DataExports, DataExportsRejection> refused -> throw problem(refused.reason());
                })
                .thenApply(it -> it.map(DataExportResource::from).orElseThrow(AggregateApi::notFound));
    }

    private static Problem problem(DataExportsRejection rejection) {
        return switch (rejection) {
            case IN_PROGRESS ->
                new Problem(
                        409,
                        "export-in-progress",
                        "An export of your data is in progress. Wait until it has finished.");
            case TOO_MANY ->
                Problem.later(
                        429,
                        "too-many-requests",
                        "You have requested " + DataExports.MAX_PER_DAY
                                + " exports of your data within a day. Try again later.",
                        Duration.ofHours(1).toSeconds());
        };
    }

    private CompletionStage<DataExportResource> read(Call<Void> call) {
        return find(call).thenApply(it -> it.map(DataExportResource::from).orElseThrow(AggregateApi::notFound));
    }

    private CompletionStage<Optional<DataExport>> find(Call<?> call) {
        var accountId = call.caller().id();
        return entities.state(DataExports.AGGREGATE, accountId)
                .thenCompose(state -> find(accountId, call.pathId("exportId", "exp"), state));
    }

    /** Shortly after the request, only the aggregate knows the export. */
    private CompletionStage<Optional<DataExport>> find(String accountId, String id, DataExports state) {
        return exports.find(accountId, id)
                .thenApply(found -> found.or(() -> state.running()
                        .filter(id::equals)
                        .flatMap(state::find)
                        .map(it -> DataExport.waiting(it.exportId(), it.at()))));
    }

    private CompletionStage<DownloadLinkResource> link(Call<DataExportPassword> call) {
        return authentication
                .requirePassword(call.caller(), call.body().currentPassword())
                .thenCompose(_ -> find(call))
                .thenApply(it -> it.orElseThrow(AggregateApi::notFound))
                .thenApply(it -> it.archive()
                        .filter(archive -> archive.expiresAt().isAfter(call.requestedAt()))
                        .orElseThrow(DataExportEndpoints::notFinished))
                .thenApply(it -> link(call.caller().id(), it));
    }

    private static Problem notFinished() {
        return new Problem(
                409,
                "export-not-finished",
                "This export has no file: it is in progress, has failed or has expired. Wait for it, or request another one.");
    }

    private DownloadLinkResource link(String accountId, Archive archive) {
        var key = new FileKey(accountId, FileKey.EXPORT, archive.fileId(), FileKey.Type.ZIP);
        var url = store.downloadLink(key, archive.name());
        return new DownloadLinkResource(archive.name(), archive.bytes(), url.toString());
    }
}
