package io.guildhall.http.route.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Reads a part of a file, a chunk at a time. */
final class FileRange implements AutoCloseable {
    private static final int CHUNK_BYTES = 32 * 1024;

    private final FileChannel channel;
    private long remaining;

    private FileRange(Path file, long first, long bytes) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ).position(first);
        this.remaining = bytes;
    }

    /** The file is open while the source runs. Reads on the threads for blocking work. */
    static Source<ByteString, NotUsed> source(Path file, long first, long bytes) {
        return Source.unfoldResource(() -> new FileRange(file, first, bytes), FileRange::next, FileRange::close);
    }

    private Optional<ByteString> next() throws IOException {
        if (remaining == 0) return Optional.empty();
        var chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, remaining));
        if (channel.read(chunk) < 0) throw new EOFException("the file is shorter than its recorded size");
        remaining -= chunk.position();
        return Optional.of(ByteString.fromByteBuffer(chunk.flip()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
