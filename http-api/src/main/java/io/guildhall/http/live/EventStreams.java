package io.guildhall.http.live;

import io.guildhall.http.live.ConnectionStage.Incoming;
import io.guildhall.http.live.ConnectionStage.Outgoing;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
     * when it connects again. Its text is {@code epoch;channel=offset;…}.
     */
    record Cursor(String epoch, Map<String, Long> offsets) {
        private static final int MAX_LENGTH = 2_000;

        Cursor {
            offsets = Map.copyOf(offsets);
        }

        static Optional<Cursor> parse(String text) {
            var parts = text.split(";", -1);
            if (text.length() > MAX_LENGTH || parts.length < 2 || parts[0].isEmpty()) return Optional.empty();
            var offsets = new TreeMap<String, Long>();
            for (int i = 1; i < parts.length; i++) {
                var entry = parts[i].split("=", -1);
                if (entry.length != 2 || !entry[1].matches("[0-9]{1,18}")) return Optional.empty();
                offsets.put(entry[0], Long.parseLong(entry[1]));
            }
            return Optional.of(new Cursor(parts[0], offsets));
        }

        String text() {
            return offsets.entrySet().stream()
                    .sorted(Comparator.comparing(Map.Entry::getKey))
                    .map(it -> it.getKey() + "=" + it.getValue())
                    .collect(Collectors.joining(";", epoch + ";", ""));
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
