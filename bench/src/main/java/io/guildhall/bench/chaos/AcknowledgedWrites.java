package io.guildhall.bench.chaos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** The writes that the API has acknowledged. A client records each one before its next request. Thread-safe. */
final class AcknowledgedWrites {
    private final ConcurrentHashMap<EventKey, LongAdder> events = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, String> messages = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Long> completedHires = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    /**
     * All writes that were acknowledged up to one moment.
     *
     * @param events how often each event was acknowledged
     * @param messages text by message id
     * @param completedHires price by contract id
     * @param failures error messages of scenarios that did not complete
     */
    record Snapshot(
            Map<EventKey, Long> events,
            Map<String, String> messages,
            Map<String, Long> completedHires,
            List<String> failures) {
        long writes() {
            return events.values().stream().mapToLong(Long::longValue).sum() + messages.size();
        }

        Set<String> contracts() {
            return completedHires.keySet();
        }
    }

    void event(String kind, String id, String name) {
        events.computeIfAbsent(new EventKey(kind, id, name), _ -> new LongAdder())
                .increment();
    }

    /** @param text unique, so that a message that was recorded twice can be recognised */
    void message(String id, String text) {
        messages.put(id, text);
    }

    /** @param price what the client has to pay for all milestones together, in cents */
    void completedHire(String contract, long price) {
        completedHires.put(contract, price);
    }

    /** A scenario that did not complete. */
    void failure(String message) {
        failures.add(message);
    }

    int failures() {
        return failures.size();
    }

    int completedHires() {
        return completedHires.size();
    }

    long writes() {
        return events.values().stream().mapToLong(LongAdder::sum).sum() + messages.size();
    }

    Snapshot snapshot() {
        var counts = new HashMap<EventKey, Long>();
        events.forEach((event, count) -> counts.put(event, count.sum()));
        return new Snapshot(
                Map.copyOf(counts), Map.copyOf(messages), Map.copyOf(completedHires), List.copyOf(failures));
    }
}
