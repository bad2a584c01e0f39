package io.guildhall.http.route.file;

import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import io.guildhall.port.FileStore.LinkParameters;
import io.guildhall.port.FileStore.StoredFile;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.UniversalEntity;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves files by their signed links, for a file store without its own server. A file, or the requested range of it, is
 * read while it is sent. Each response has the file's media type and the security headers, so that a browser does not
 * execute anything in it.
 */
public final class FilePages {
    private static final Logger LOG = LoggerFactory.getLogger(FilePages.class);
    private static final String PREFIX = "/files/";

    private final FileStore files;
    private final List<HttpHeader> securityHeaders;

    public FilePages(FileStore files, List<HttpHeader> securityHeaders) {
        this.files = files;
        this.securityHeaders = securityHeaders;
    }

    /** The response to a request for a file; empty if the request is for something else. */
    public Optional<CompletionStage<HttpResponse>> file(HttpRequest request) {
        var path = request.getUri().path();
        if (!path.startsWith(PREFIX) || !isRead(request)) return Optional.empty();
        return FileKey.parseAny(path.substring(PREFIX.length())).map(key -> {
            var query = request.getUri().query();
            var link = new LinkParameters(
                    query.get("expires").orElse(""),
                    query.get("name").orElse(""),
                    query.get("signature").orElse(""));
            return files.open(key, link)
                    .thenApply(file -> file.map(it -> found(request, key, it).addHeaders(headers(key, link.fileName())))
                            .orElseGet(FilePages::expired))
                    .exceptionally(failure -> unavailable(key, failure))
                    .thenApply(response -> response.addHeaders(securityHeaders));
        });
    }

    private static boolean isRead(HttpRequest request) {
        return request.method().equals(HttpMethods.GET) || request.method().equals(HttpMethods.HEAD);
    }

    public boolean serves(HttpRequest request) {
        return request.getUri().path().startsWith(PREFIX);
    }

    private static HttpResponse found(HttpRequest request, FileKey key, StoredFile file) {
        var range = ByteRange.requested(request, file.bytes());
        var response = switch (range) {
            case ByteRange.Whole _ -> HttpResponse.create().withEntity(entity(key, file, 0, file.bytes()));
            case ByteRange.Part part ->
                HttpResponse.create()
                        .withStatus(206)
                        .withEntity(entity(key, file, part.first(), part.bytes()))
                        .addHeader(RawHeader.create("Content-Range", part.header(file.bytes())));
            case ByteRange.Unsatisfiable _ ->
                HttpResponse.create()
                        .withStatus(416)
                        .addHeader(RawHeader.create("Content-Range", "bytes */" + file.bytes()));
        };
        return response.addHeader(RawHeader.create("Accept-Ranges", "bytes"));
    }

    private static List<HttpHeader> headers(FileKey key, String fileName) {
        if (key.isPrivate())
            return List.of(
                    RawHeader.create("Content-Disposition", ContentDisposition.attachment(fileName)),
                    RawHeader.create("Cross-Origin-Resource-Policy", "same-origin"),
                    RawHeader.create("Cache-Control", "private, no-store"));
        var name = key.toString().substring(key.toString().lastIndexOf('/') + 1);
        return List.of(
                RawHeader.create(
                        "Content-Disposition",
                        (key.type().isPicture() ? "inline" : "attachment") + "; filename=\"" + name + "\""),
                // Pages of other sites can embed the file: access depends on the link only.
                RawHeader.create("Cross-Origin-Resource-Policy", "cross-origin"),
                RawHeader.create("Cache-Control", "private, max-age=900"));
    }

    private static UniversalEntity entity(FileKey key, StoredFile file, long first, long bytes) {
        var type = ContentTypes.parse(key.type().mediaType());
        return bytes == 0
                ? HttpEntities.create(type, new byte[0])
                : HttpEntities.create(type, bytes, FileRange.source(file.content(), first, bytes));
    }

    private static HttpResponse expired() {
        return HttpResponse.create()
                .withStatus(404)
                .withEntity(ContentTypes.TEXT_PLAIN_UTF8, "This link has expired. Reload the page that contains it.");
    }

    private static HttpResponse unavailable(FileKey key, Throwable failure) {
        LOG.warn("File {} could not be read from the file store; responding with 503", key, failure);
        return HttpResponse.create()
                .withStatus(503)
                .withEntity(ContentTypes.TEXT_PLAIN_UTF8, "The file cannot be read at the moment. Try again later.");
    }
}
