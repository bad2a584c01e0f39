package io.guildhall.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with \r\n.
class ResponseReaderTest {
    private static final String WITH_LENGTH =
            "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"id\":\"a\"}\r\n";
    private static final String IN_CHUNKS = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5;note=x\r\nhello\r\nb\r\n HTTP/1.1 2\r\n0\r\nTrailer: yes\r\n\r\n";
    private static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n";
    private static final String LENGTH_ZERO = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n";
    private static final String ALL = WITH_LENGTH + IN_CHUNKS + NO_CONTENT + LENGTH_ZERO + WITH_LENGTH;

    @Test
    void readsBodiesWithLengthAndInChunks() {
        assertThat(statuses(ALL, ALL.length())).containsExactly(201, 200, 204, 503, 201);
    }

    @Test
    void readsResponsesFromPiecesOfAnySize() {
        for (int piece = 1; piece < ALL.length(); piece++)
            assertThat(statuses(ALL, piece)).as("pieces of " + piece).containsExactly(201, 200, 204, 503, 201);
    }

    @Test
    void rejectsWhatIsNoResponse() {
        assertThatThrownBy(() -> statuses("SSH-2.0-OpenSSH\r\n", 100)).hasMessageContaining("not HTTP/1.1");
        assertThatThrownBy(() -> statuses("x".repeat(20_000), 20_000)).hasMessageContaining("too long");
    }

    private static List<Integer> statuses(String text, int piece) {
        var reader = new ResponseReader();
        var statuses = new ArrayList<Integer>();
        for (int from = 0; from < text.length(); from += piece) {
            var bytes =
                    ByteBuffer.wrap(ResponseReader.ascii(text.substring(from, Math.min(text.length(), from + piece))));
            while (bytes.hasRemaining()) {
                int status = reader.read(bytes);
                if (status != 0) statuses.add(status);
            }
        }
        return statuses;
    }
}
