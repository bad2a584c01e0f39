package io.guildhall.bench.chaos;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The events that a listener has received on each channel. Thread-safe. */
final class LiveFrames {
    private static final int MAX_REPORTED = 3;

    /**
     * An event of a channel.
     *
     * @param id of the message; empty if the event is of another kind
     */
    record Frame(long offset, String id) {}

    /** @param start the events after this offset are expected */
    private record Received(long start, List<Frame> frames) {
        List<Frame> expected(List<Frame> events) {
            return events.stream().filter(it -> it.offset() > start).toList();
        }
    }

    private final Map<String, Received> byChannel = new HashMap<>();

    /** From now on, every event after this offset is expected. Does nothing if the channel is known. */
    synchronized void subscribed(String channel, long start) {
        byChannel.putIfAbsent(channel, new Received(start, new ArrayList<>()));
    }

    synchronized void received(String channel, Frame frame) {
        byChannel
                .computeIfAbsent(channel, _ -> new Received(0, new ArrayList<>()))
                .frames()
                .add(frame);
    }

    /** The offset of the last event, or where the channel was subscribed. */
    synchronized long last(String channel) {
        var received = requireNonNull(byChannel.get(channel));
        return received.frames().isEmpty()
                ? received.start()
                : received.frames().getLast().offset();
    }

    synchronized List<String> channels() {
        return List.copyOf(byChannel.keySet());
    }

    synchronized long count() {
        return byChannel.values().stream().mapToLong(it -> it.frames().size()).sum();
    }

    /** Whether as many events have arrived as are expected. */
    synchronized boolean areComplete(Map<String, List<Frame>> events) {
        return byChannel.entrySet().stream().allMatch(it -> {
            var received = it.getValue();
            return received.frames().size()
                    >= received.expected(events.getOrDefault(it.getKey(), List.of()))
                            .size();
        });
    }

    /**
     * Compares the frames with all events of the channels.
     *
     * @param events in order
     * @return what was lost, received twice or received out of order; empty if nothing was
     */
    synchronized List<String> violations(String listener, Map<String, List<Frame>> events) {
        var violations = new ArrayList<String>();
        byChannel.forEach((channel, received) -> {
            var expected = received.expected(events.getOrDefault(channel, List.of()));
            if (!received.frames().equals(expected))
                violations.add(listener + ", " + channel + ": " + difference(received.frames(), expected));
        });
        return violations;
    }

    private static String difference(List<Frame> frames, List<Frame> expected) {
        var lost = new ArrayList<>(expected);
        frames.forEach(lost::remove);
        var extra = new ArrayList<>(frames);
        expected.forEach(extra::remove);
        var parts = new ArrayList<String>();
        if (!lost.isEmpty()) parts.add(lost.size() + " lost: " + some(lost));
        if (!extra.isEmpty()) parts.add(extra.size() + " received twice, or unknown: " + some(extra));
        return parts.isEmpty() ? "received out of order" : String.join("; ", parts);
    }

    private static List<Frame> some(List<Frame> frames) {
        return frames.subList(0, Math.min(MAX_REPORTED, frames.size()));
    }
}
