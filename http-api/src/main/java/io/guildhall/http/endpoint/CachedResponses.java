package io.guildhall.http.endpoint;

import io.guildhall.kernel.Sha256;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Lets clients store the responses of endpoints that are {@link Endpoint.Feature#CACHEABLE}. */
final class CachedResponses {
    private static final HttpHeader STORED_FOR_AN_HOUR = RawHeader.create("Cache-Control", "public, max-age=3600");

    private CachedResponses() {}

    static String etag(byte[] body) {
        return "\"" + Sha256.hex(body).substring(0, 32) + "\"";
    }

    /** Without the body if the client has it already. */
    static HttpResponse of(HttpRequest request, HttpResponse response) {
        var etag = response.getHeader("ETag").map(HttpHeader::value).orElse("");
        boolean hasIt = request.getHeader("If-None-Match")
                .map(HttpHeader::value)
                .filter(it -> names(it, etag))
                .isPresent();
        var shown = hasIt ? response.withEntity(HttpEntities.EMPTY).withStatus(304) : response;
        return shown.addHeader(STORED_FOR_AN_HOUR);
    }

    private static boolean names(String ifNoneMatch, String etag) {
        return ifNoneMatch.strip().equals("*")
                || List.of(ifNoneMatch.split(",")).stream()
                        .map(it -> it.strip().replaceFirst("^W/", ""))
                        .anyMatch(etag::equals);
    }
}
