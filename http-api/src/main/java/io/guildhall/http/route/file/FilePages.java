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

/** Serves what a signed link leads to, where the store has no server of its own. A browser shows it as what it is, and runs nothing in it. */
public final class FilePages {
    private static final String PREFIX = "/files/";

    private final FileStore files;
    private final List<HttpHeader> always;

    public FilePages(FileStore files, List<HttpHeader> always) {
        this.files = files;
        this.always = always;
    }

    /** Nothing where it is no file that is asked for. */
    public Optional<CompletionStage<HttpResponse>> file(HttpRequest request) {
        var path = request.getUri().path();
        if (!path.startsWith(PREFIX) || !request.method().equals(HttpMethods.GET)) return Optional.empty();
        return FileKey.of(path.substring(PREFIX.length())).map(key -> {
            var query = request.getUri().query();
            return files.read(
                            key,
                            query.get("expires").orElse(""),
                            query.get("signature").orElse(""))
                    .thenApply(content -> content.map(it -> shown(key, it)).orElseGet(FilePages::gone))
                    .exceptionally(_ -> HttpResponse.create().withStatus(503))
                    .thenApply(response -> response.addHeaders(always));
        });
    }

    public boolean serves(HttpRequest request) {
        return request.getUri().path().startsWith(PREFIX);
    }

    private static HttpResponse shown(FileKey key, byte[] content) {
        return HttpResponse.create()
                .withEntity(ContentTypes.parse(key.type().mediaType()), content)
                .addHeader(RawHeader.create(
                        "Content-Disposition",
                        (key.type().isPicture() ? "inline" : "attachment") + "; filename=\"" + key.id() + "."
                                + key.toString().substring(key.toString().lastIndexOf('.') + 1) + "\""))
                // Other sites' pages may show it: who has the link has it.
                .addHeader(RawHeader.create("Cross-Origin-Resource-Policy", "cross-origin"))
                .addHeader(RawHeader.create("Cache-Control", "private, max-age=900"));
    }

    private static HttpResponse gone() {
        return HttpResponse.create()
                .withStatus(404)
                .withEntity(
                        ContentTypes.TEXT_PLAIN_UTF8,
                        "This link is not good any more; open the page again that it is from.");
    }
}
