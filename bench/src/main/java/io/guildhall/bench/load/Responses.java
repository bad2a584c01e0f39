package io.guildhall.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads one HTTP/1.1 response after another as their bytes come in, however they are cut; of each only its status is kept. Knows bodies by
 * length and in chunks, which is all that a keep-alive connection needs.
 */
final class Responses {
    private static final int LONGEST_LINE = 16_384;

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
    private long left;
    private boolean chunked;

    /**
     * Takes what is there of the response under way, and no byte of the next one.
     *
     * @return its status where it is complete now; 0 where more is to come
     * @throws IllegalStateException where it is no such response
     */
    int read(ByteBuffer bytes) {
        while (true) {
            switch (part) {
                case BODY, CHUNK -> {
                    long taken = Math.min(left, bytes.remaining());
                    bytes.position(bytes.position() + (int) taken);
                    left -= taken;
                    if (left > 0) return 0;
                    if (part == Part.BODY) return complete();
                    part = Part.CHUNK_END;
                }
                case STATUS, HEADERS, CHUNK_SIZE, CHUNK_END, TRAILERS -> {
                    if (!readLine(bytes)) return 0;
                    var text = line.toString();
                    line.setLength(0);
                    if (take(text)) return complete();
                }
            }
        }
    }

    /** Whether the response ends with this line. */
    private boolean take(String text) {
        switch (part) {
            case STATUS -> {
                if (!text.startsWith("HTTP/1.1 ")) throw new IllegalStateException("not HTTP/1.1: " + text);
                status = Integer.parseInt(text.substring(9, 12));
                left = 0;
                chunked = false;
                part = Part.HEADERS;
            }
            case HEADERS -> {
                if (!text.isEmpty()) header(text.toLowerCase(Locale.ROOT));
                else if (chunked) part = Part.CHUNK_SIZE;
                else if (left == 0) return true;
                else part = Part.BODY;
            }
            case CHUNK_SIZE -> {
                left = Long.parseLong(text.split(";")[0].strip(), 16);
                part = left == 0 ? Part.TRAILERS : Part.CHUNK;
            }
            case CHUNK_END -> part = Part.CHUNK_SIZE;
            case TRAILERS -> {
                return text.isEmpty();
            }
            case BODY, CHUNK -> throw new IllegalStateException("a body is not read by lines");
        }
        return false;
    }

    private void header(String text) {
        if (text.startsWith("content-length:"))
            left = Long.parseLong(text.substring(15).strip());
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
            if (line.length() > LONGEST_LINE)
                throw new IllegalStateException("a line without an end: " + line.substring(0, 80));
        }
        return false;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
