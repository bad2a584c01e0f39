package io.guildhall.http.endpoint;

import static java.util.stream.Collectors.joining;

import io.guildhall.http.network.ClientNetworks;
import io.guildhall.http.network.TrustedProxies;
import io.guildhall.kernel.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** Reads and validates the parts of a request other than parameters and body. */
final class Requests {
    static final String KEY_HEADER = "Idempotency-Key";

    private static final Pattern CORRELATION_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\"");

    private Requests() {}

    /** The revision that the caller read. */
    static OptionalLong ifMatch(HttpRequest request) {
        var header = request.getHeader("If-Match")
                .orElseThrow(() -> new Problem(
                        428,
                        "if-match-required",
                        "Read the resource first, then send its ETag as If-Match. This prevents lost updates."));
        var match = ETAG.matcher(header.value());
        if (!match.matches())
            throw new Problem(400, "bad-if-match", "If-Match must be the ETag as it was sent, with its quotes.");
        return OptionalLong.of(Long.parseLong(match.group(1)));
    }

    static Optional<String> idempotencyKey(HttpRequest request) {
        var key = request.getHeader(KEY_HEADER).map(HttpHeader::value);
        if (key.isPresent() && !IDEMPOTENCY_KEY.matcher(key.get()).matches())
            throw new Problem(
                    400,
                    "bad-idempotency-key",
                    "Idempotency-Key must be 1 to 128 printable ASCII characters without spaces.");
        return key;
    }

    /**
     * Identifies method, path, query string and body. Without the key, the body cannot be derived from it, not even by
     * trying all possible bodies.
     */
    static String fingerprint(HmacSha256 key, HttpRequest request, byte[] body) {
        var query = request.getUri().rawQueryString().map(it -> "?" + it).orElse("");
        var head = request.method().name() + " " + request.getUri().path() + query + "\n";
        return key.hex(head.getBytes(StandardCharsets.UTF_8), body);
    }

    /** The caller's own correlation id, if it is safe in headers and logs. */
    static Optional<String> correlationId(HttpRequest request) {
        return request.getHeader(Api.CORRELATION_ID)
                .map(HttpHeader::value)
                .filter(it -> CORRELATION_ID.matcher(it).matches());
    }

    static String newCorrelationId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /**
     * The {@linkplain ClientNetworks network} of the client, also behind a trusted proxy. Several header lines mean the
     * same as one with their values separated by commas (RFC 9110, 5.2): a proxy can add a line after the one that the
     * client has sent.
     */
    static String address(HttpRequest request, TrustedProxies proxies) {
        var forwarded = StreamSupport.stream(request.getHeaders().spliterator(), false)
                .filter(it -> it.is("x-forwarded-for"))
                .map(HttpHeader::value)
                .collect(joining(","));
        return request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(it -> it.getAddress())
                .map(it -> ClientNetworks.of(proxies.client(it, forwarded)).getHostAddress())
                .orElse("unknown");
    }
}
