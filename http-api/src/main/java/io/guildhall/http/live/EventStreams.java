package io.guildhall.http.live;

import io.guildhall.http.live.ConnectionStage.Incoming;
import io.guildhall.http.live.ConnectionStage.Outgoing;
import io.guildhall.kernel.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Server-sent events: the frames of a live connection as one response, for clients without WebSockets. */
final class EventStreams {
    /** How long a browser waits before it connects again, in milliseconds. */
    private static final String RETRY = "retry: 2000\n\n";

    private EventStreams() {}

    /**
     * The position of a client in its channels: the id of each event, which a browser sends as {@code Last-Event-ID}
     * when it connects again. Its text is {@code epoch;channels;offset,offset,…}, with a hash of the channels that the
     * stream has requested, and their offsets in this order. It fits into a header, however many channels there are.
     *
     * @param offsets by the names of channels; of channels that were open
     */
    record Cursor(String epoch, Map<String, Long> offsets) {
        private static final int MAX_EPOCH_LENGTH = 60;
        private static final int MAX_DIGITS = 18;
        private static final int HASH_LENGTH = 16;
        private static final Pattern OFFSET = Pattern.compile("[0-9]{0," + MAX_DIGITS + "}");

        Cursor {
            offsets = Map.copyOf(offsets);
        }

        /** The length of the longest text, for a number of channels. */
        static int maxLength(int channels) {
            return MAX_EPOCH_LENGTH + HASH_LENGTH + 2 + channels * (MAX_DIGITS + 1);
        }

        /** @param channels that the stream requests; empty if the text belongs to other channels */
        static Optional<Cursor> parse(String text, List<String> channels) {
            if (text.length() > maxLength(channels.size())) return Optional.empty();
            var parts = text.split(";", -1);
            if (parts.length != 3 || parts[0].isEmpty() || !parts[1].equals(hash(channels))) return Optional.empty();
            var positions = parts[2].split(",", -1);
            if (positions.length != channels.size()) return Optional.empty();
            var offsets = new HashMap<String, Long>();
            for (int i = 0; i < positions.length; i++) {
                if (!OFFSET.matcher(positions[i]).matches()) return Optional.empty();
                if (!positions[i].isEmpty()) offsets.put(channels.get(i), Long.parseLong(positions[i]));
            }
            return Optional.of(new Cursor(parts[0], offsets));
        }

        String text(List<String> channels) {
            return channels.stream()
                    .map(it -> Optional.ofNullable(offsets.get(it)).map(String::valueOf))
                    .map(it -> it.orElse(""))
                    .collect(Collectors.joining(",", epoch + ";" + hash(channels) + ";", ""));
        }

        private static String hash(List<String> channels) {
            return Sha256.hex(String.join("\n", channels)).substring(0, HASH_LENGTH);
        }
    }

    static Source<ByteString, NotUsed> source(ConnectionStage stage) {
        return Source.single(ByteString.fromString(RETRY))
                .concat(Source.<Incoming>maybe()
                        .mapMaterializedValue(_ -> NotUsed.getInstance())
                        .via(stage)
                        .map(it -> ByteString.fromString(text(it))));
    }

    private static String text(Outgoing frame) {
        return switch (frame) {
            case Outgoing.Frame(var json, var cursor) ->
                cursor.isEmpty() ? "data: " + json + "\n\n" : "id: " + cursor + "\ndata: " + json + "\n\n";
            case Outgoing.Ping _ -> ":\n\n";
            case Outgoing.Close(var code, var reason) ->
                "data: " + EventFrames.write(new ServerFrame.Closed(code.number(), reason)) + "\n\n";
            case Outgoing.Response _, Outgoing.End _ -> "";
        };
    }
}
