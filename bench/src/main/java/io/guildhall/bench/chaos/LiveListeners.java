package io.guildhall.bench.chaos;

import io.guildhall.bench.chaos.LiveFrames.Frame;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.NoResponseException;
import io.guildhall.bench.client.User;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Listens on the live API as several users, and compares what they have received with the database. */
final class LiveListeners implements AutoCloseable {
    private static final Duration CATCH_UP_TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<LiveListener> listeners = new ArrayList<>();

    LiveListeners(List<User> users, List<URI> nodes) {
        for (int i = 0; i < users.size(); i++) listeners.add(new LiveListener(users.get(i), nodes, i, http));
    }

    /**
     * Waits until all events have arrived, and compares them.
     *
     * @param events of all rooms, contracts and accounts, by {@code room:…}, {@code contract:…} and the account's id
     */
    List<String> violations(Map<String, List<Frame>> events) {
        var violations = new ArrayList<String>();
        for (var it : listeners) {
            var expected = new HashMap<>(events);
            expected.put("me", events.getOrDefault(it.user().id(), List.of()));
            awaitComplete(it, expected);
            violations.addAll(it.frames().violations(it.user().name(), expected));
            it.errors().forEach(error -> violations.add(it.user().name() + " received " + error));
        }
        return violations;
    }

    private static void awaitComplete(LiveListener listener, Map<String, List<Frame>> expected) {
        try {
            Await.until(
                    listener.user().name() + " has received all events",
                    CATCH_UP_TIMEOUT,
                    () -> listener.frames().areComplete(expected));
        } catch (NoResponseException e) {
            System.out.println("  " + e.getMessage());
        }
    }

    int count() {
        return listeners.size();
    }

    long frames() {
        return listeners.stream().mapToLong(it -> it.frames().count()).sum();
    }

    int channels() {
        return listeners.stream().mapToInt(it -> it.frames().channels().size()).sum();
    }

    /** How many connections were closed with the code 1001, because their node stopped. */
    int goingAway() {
        return listeners.stream().mapToInt(LiveListener::goingAway).sum();
    }

    /**
     * The index of the node with the most listeners. Those that have received nothing since a given time do not count,
     * because their connection may be lost. Empty if none counts.
     *
     * @param since in nanoseconds as {@link System#nanoTime} gives it
     */
    Optional<Integer> busiestNode(long since) {
        return listeners.stream()
                .filter(it -> it.hasReceivedSince(since))
                .collect(Collectors.groupingBy(LiveListener::node, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    int resumed() {
        return listeners.stream().mapToInt(LiveListener::resumed).sum();
    }

    @Override
    public void close() {
        listeners.forEach(LiveListener::close);
        http.shutdownNow();
    }
}
