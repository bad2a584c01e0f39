package io.guildhall.http.server;

import java.util.OptionalInt;

/** Finds the end of the header of one request, its first empty line. Reads each byte once. Not thread-safe. */
final class HeaderEnd {
    private int position;
    private int lineStart;

    /**
     * @param bytes those of earlier calls, with more at the end
     * @return how many bytes the header has, with its empty line; empty if the header is incomplete
     */
    OptionalInt find(byte[] bytes) {
        while (position < bytes.length) {
            if (bytes[position++] != '\n') continue;
            int length = position - 1 - lineStart;
            if (length == 0 || (length == 1 && bytes[lineStart] == '\r')) return OptionalInt.of(position);
            lineStart = position;
        }
        return OptionalInt.empty();
    }
}
