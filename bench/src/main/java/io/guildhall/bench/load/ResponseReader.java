package io.guildhall.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Parses consecutive HTTP/1.1 responses from pieces of bytes of any size and returns their statuses. Supports bodies
 * with a content length and chunked bodies, which is enough for a keep-alive connection.
 */
final class ResponseReader {
    private static final int MAX_LINE_LENGTH = 16_384;

    private enum Part {
        STATUS,
        HEADERS,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILERS
    }

    private final StringBuilder line = new StringBuilder(128);
    private Part part = Part.STATUS;
    private int status;
    private long remaining;
    private boolean chunked;

    /**
     * Reads the available bytes of the current response, and none of the next one.
     *
     * @return the status if the response is complete; otherwise 0
     * @throws IllegalStateException if the bytes are not an HTTP/1.1 response
     */
    int read(ByteBuffer bytes) {
        while (true) {
            switch (part) {
                case BODY, CHUNK -> {
                    long count = Math.min(remaining, bytes.remaining());
                    bytes.position(bytes.position() + (int) count);
                    remaining -= count;
                    if (remaining > 0) return 0;
                    if (part == Part.BODY) return complete();
                    part = Part.CHUNK_END;
                }
                case STATUS, HEADERS, CHUNK_SIZE, CHUNK_END, TRAILERS -> {
                    if (!readLine(bytes)) return 0;
                    var text = line.toString();
                    line.setLength(0);
                    if (handleLine(text)) return complete();
                }
            }
        }
    }

    /** Returns whether the response ends with this line. */
    private boolean handleLine(String text) {
        switch (part) {
            case STATUS -> {
                if (!text.startsWith("HTTP/1.1 ")) throw new IllegalStateException("not HTTP/1.1: " + text);
                status = Integer.parseInt(text.substring(9, 12));
                remaining = 0;
                chunked = false;
                part = Part.HEADERS;
            }
            case HEADERS -> {
                if (!text.isEmpty()) header(text.toLowerCase(Locale.ROOT));
                else if (chunked) part = Part.CHUNK_SIZE;
                else if (remaining == 0) return true;
                else part = Part.BODY;
            }
            case CHUNK_SIZE -> {
                remaining = Long.parseLong(text.split(";")[0].strip(), 16);
                part = remaining == 0 ? Part.TRAILERS : Part.CHUNK;
            }
            case CHUNK_END -> part = Part.CHUNK_SIZE;
            case TRAILERS -> {
                return text.isEmpty();
            }
            case BODY, CHUNK -> throw new IllegalStateException("a body is not read line by line");
        }
        return false;
    }

    private void header(String text) {
        if (text.startsWith("content-length:"))
            remaining = Long.parseLong(text.substring(15).strip());
        else if (text.startsWith("transfer-encoding:")) chunked = text.contains("chunked");
    }

    private int complete() {
        part = Part.STATUS;
        return status;
    }

    private boolean readLine(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') return true;
            if (next != '\r') line.append((char) (next & 0xff));
            if (line.length() > MAX_LINE_LENGTH)
                throw new IllegalStateException("line too long: " + line.substring(0, 80));
        }
        return false;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
