package io.guildhall.http.route.file;

import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** Which part of a file a request asks for, RFC 9110. Several ranges in one request are not supported: all is sent. */
sealed interface ByteRange {
    Pattern FORMAT = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    record Whole() implements ByteRange {}

    /** @param first the offset of the first byte */
    record Part(long first, long bytes) implements ByteRange {
        String header(long size) {
            return "bytes " + first + "-" + (first + bytes - 1) + "/" + size;
        }
    }

    record Unsatisfiable() implements ByteRange {}

    static ByteRange requested(HttpRequest request, long size) {
        // Without a validator in our responses, no If-Range matches.
        if (request.getHeader("If-Range").isPresent()) return new Whole();
        return request.getHeader("Range")
                .map(HttpHeader::value)
                .map(it -> parse(it, size))
                .orElseGet(Whole::new);
    }

    private static ByteRange parse(String header, long size) {
        var match = FORMAT.matcher(header.replace(" ", ""));
        if (!match.matches() || (match.group(1).isEmpty() && match.group(2).isEmpty())) return new Whole();
        if (match.group(1).isEmpty()) return last(Long.parseLong(match.group(2)), size);
        long first = Long.parseLong(match.group(1));
        long last = match.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(match.group(2)));
        if (!match.group(2).isEmpty() && Long.parseLong(match.group(2)) < first) return new Whole();
        return first >= size ? new Unsatisfiable() : new Part(first, last - first + 1);
    }

    private static ByteRange last(long bytes, long size) {
        if (bytes == 0 || size == 0) return new Unsatisfiable();
        long part = Math.min(bytes, size);
        return new Part(size - part, part);
    }
}
