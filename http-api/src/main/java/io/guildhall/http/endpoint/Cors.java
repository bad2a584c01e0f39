package io.guildhall.http.endpoint;

import java.util.List;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * Cross-origin resource sharing: the sites whose pages can call the API from a browser.
 *
 * @param origins such as https://app.example.com; none by default
 */
public record Cors(Set<String> origins) {
    private static final HttpHeader VARY = RawHeader.create("Vary", "Origin");
    private static final HttpHeader EXPOSED =
            RawHeader.create("Access-Control-Expose-Headers", "ETag, Retry-After, X-Correlation-Id");
    private static final List<HttpHeader> PREFLIGHT = List.of(
            RawHeader.create("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE"),
            RawHeader.create(
                    "Access-Control-Allow-Headers",
                    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Correlation-Id"),
            RawHeader.create("Access-Control-Max-Age", "600"));

    boolean isPreflight(HttpRequest request) {
        return request.method().equals(HttpMethods.OPTIONS)
                && request.getHeader("Access-Control-Request-Method").isPresent();
    }

    HttpResponse preflight(HttpRequest request) {
        var response = HttpResponse.create().withStatus(204);
        return allowed(request) ? response.addHeaders(PREFLIGHT).addHeaders(headers(request)) : response;
    }

    List<HttpHeader> headers(HttpRequest request) {
        if (origins.isEmpty()) return List.of();
        if (!allowed(request)) return List.of(VARY);
        return List.of(VARY, RawHeader.create("Access-Control-Allow-Origin", origin(request)), EXPOSED);
    }

    /**
     * Whether a page is allowed to open a connection that CORS does not protect, such as a WebSocket: a page of this node or
     * of an allowed site. A request without an origin does not come from a page.
     */
    public boolean admits(HttpRequest request) {
        var origin = request.getHeader("Origin").map(HttpHeader::value);
        var host = request.getHeader("Host").map(HttpHeader::value).orElse("");
        return origin.isEmpty()
                || allowed(request)
                || origin.get().equals("http://" + host)
                || origin.get().equals("https://" + host);
    }

    private boolean allowed(HttpRequest request) {
        return origins.contains(origin(request));
    }

    private static String origin(HttpRequest request) {
        return request.getHeader("Origin").map(HttpHeader::value).orElse("");
    }
}
