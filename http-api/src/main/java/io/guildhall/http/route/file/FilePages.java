package io.guildhall.http.route.file;

import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves files by their signed links, for a file store without its own server. Each response has the file's media
 * type and the security headers, so that a browser does not execute anything in it.
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
        if (!path.startsWith(PREFIX) || !request.method().equals(HttpMethods.GET)) return Optional.empty();
        return FileKey.parse(path.substring(PREFIX.length())).map(key -> {
            var query = request.getUri().query();
            return files.read(
                            key,
                            query.get("expires").orElse(""),
                            query.get("signature").orElse(""))
                    .thenApply(content -> content.map(it -> found(key, it)).orElseGet(FilePages::expired))
                    .exceptionally(failure -> unavailable(key, failure))
                    .thenApply(response -> response.addHeaders(securityHeaders));
        });
    }

    public boolean serves(HttpRequest request) {
        return request.getUri().path().startsWith(PREFIX);
    }

    private static HttpResponse found(FileKey key, byte[] content) {
        return HttpResponse.create()
                .withEntity(ContentTypes.parse(key.type().mediaType()), content)
                .addHeader(RawHeader.create(
                        "Content-Disposition",
                        (key.type().isPicture() ? "inline" : "attachment") + "; filename=\"" + key.id() + "."
                                + key.toString().substring(key.toString().lastIndexOf('.') + 1) + "\""))
                // Pages of other sites can embed the file: access depends on the link only.
                .addHeader(RawHeader.create("Cross-Origin-Resource-Policy", "cross-origin"))
                .addHeader(RawHeader.create("Cache-Control", "private, max-age=900"));
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
