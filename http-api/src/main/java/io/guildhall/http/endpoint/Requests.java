package io.guildhall.http.endpoint;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** What a request says besides its body, each thing checked before anyone believes it. */
final class Requests {
    private static final Pattern CORRELATION_FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern KEY_FORM = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final Pattern ETAG_FORM = Pattern.compile("\"(\\d{1,18})\"");

    private Requests() {}

    static OptionalLong seenRevision(HttpRequest request) {
        var header = request.getHeader("If-Match")
                .orElseThrow(() -> new Problem(
                        428,
                        "if-match-required",
                        "Read it first, and send its ETag as If-Match, so that no edit is lost."));
        var form = ETAG_FORM.matcher(header.value());
        if (!form.matches())
            throw new Problem(400, "bad-if-match", "If-Match is the ETag as it was sent, with its quotes.");
        return OptionalLong.of(Long.parseLong(form.group(1)));
    }

    static Optional<String> idempotencyKey(HttpRequest request) {
        var key = request.getHeader("Idempotency-Key").map(HttpHeader::value);
        if (key.isPresent() && !KEY_FORM.matcher(key.get()).matches())
            throw new Problem(
                    400,
                    "bad-idempotency-key",
                    "An Idempotency-Key is 1 to 128 printable ASCII characters, no spaces.");
        return key;
    }

    /** All that makes one request another than the next: method, path, query and body. */
    static String fingerprint(HttpRequest request, byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var query = request.getUri().rawQueryString().map(it -> "?" + it).orElse("");
            digest.update((request.method().name() + " " + request.getUri().path() + query + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** The sender's own, where it is harmless in headers and logs. */
    static Optional<String> correlationId(HttpRequest request) {
        return request.getHeader(Api.CORRELATION_ID)
                .map(HttpHeader::value)
                .filter(it -> CORRELATION_FORM.matcher(it).matches());
    }

    static String address(HttpRequest request) {
        return request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(it -> it.getAddress())
                .map(InetAddress::getHostAddress)
                .orElse("unknown");
    }
}
