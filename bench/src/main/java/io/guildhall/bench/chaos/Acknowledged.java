package io.guildhall.bench.chaos;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What the server has confirmed to a client, written down before the client goes on. Safe for many threads. */
final class Acknowledged {
    private final ConcurrentHashMap<Fact, LongAdder> facts = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, String> messages = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Long> finished = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    /** As it stood at one moment. */
    record Snapshot(
            Map<Fact, Long> facts, Map<String, String> messages, Map<String, Long> finished, List<String> failures) {
        long writes() {
            return facts.values().stream().mapToLong(Long::longValue).sum() + messages.size();
        }

        Set<String> contracts() {
            return finished.keySet();
        }
    }

    void did(String kind, String id, String event) {
        facts.computeIfAbsent(new Fact(kind, id, event), _ -> new LongAdder()).increment();
    }

    /** @param text told apart from every other by its author */
    void said(String messageId, String text) {
        messages.put(messageId, text);
    }

    /** @param price what the client was to pay, all milestones together */
    void finished(String contract, long price) {
        finished.put(contract, price);
    }

    /** A story that did not come to its end, and why. */
    void failed(String why) {
        failures.add(why);
    }

    int failures() {
        return failures.size();
    }

    int stories() {
        return finished.size();
    }

    long writes() {
        return facts.values().stream().mapToLong(LongAdder::sum).sum() + messages.size();
    }

    Snapshot snapshot() {
        var counted = new java.util.HashMap<Fact, Long>();
        facts.forEach((fact, count) -> counted.put(fact, count.sum()));
        return new Snapshot(Map.copyOf(counted), Map.copyOf(messages), Map.copyOf(finished), List.copyOf(failures));
    }
}
