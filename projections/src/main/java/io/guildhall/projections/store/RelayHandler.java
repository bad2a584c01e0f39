package io.guildhall.projections.store;

import static java.util.Objects.requireNonNull;

import io.guildhall.projections.Process;
import io.guildhall.projections.Relay;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Lets a relay send events: concurrently, while each belongs to another entity. The position moves when they were
 * acknowledged.
 */
final class RelayHandler implements EventHandler {
    private static final int MAX_TOGETHER = 64;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Map<String, Process.Subscription<?>> subscriptions = new HashMap<>();

    RelayHandler(Relay relay) {
        relay.follows().forEach(on -> subscriptions.put(on.aggregate().name(), on));
    }

    @Override
    public void handle(List<Envelope> events, Progress progress) throws SQLException {
        var rest = events;
        while (!rest.isEmpty()) {
            int together = firstOfDifferentEntities(rest);
            send(rest.subList(0, together), progress);
            rest = rest.subList(together, rest.size());
        }
    }

    /** The number of leading events that each belong to another entity. */
    private static int firstOfDifferentEntities(List<Envelope> events) {
        var entities = new HashSet<ParkedEntity.Key>();
        int count = 0;
        while (count < Math.min(events.size(), MAX_TOGETHER) && entities.add(ParkedEntity.Key.of(events.get(count))))
            count++;
        return count;
    }

    /** An event after one that fails can be sent too. It is sent again with those that follow it. */
    private void send(List<Envelope> events, Progress progress) throws SQLException {
        var sent = events.stream().map(this::send).toList();
        for (int i = 0; i < events.size(); i++) {
            try {
                sent.get(i).get();
            } catch (Exception e) {
                awaitAll(sent);
                if (i > 0) progress.moveAfter(events.subList(0, i), _ -> {});
                throw new EventFailedException(events.get(i), e);
            }
        }
        progress.moveAfter(events, _ -> {});
    }

    /** Prevents two concurrent attempts to send one event. */
    private static void awaitAll(List<? extends CompletableFuture<?>> sent) {
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                .exceptionally(_ -> null)
                .join();
    }

    private CompletableFuture<?> send(Envelope event) {
        try {
            return send(requireNonNull(subscriptions.get(event.kind())), event)
                    .toCompletableFuture()
                    .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static <E> CompletionStage<?> send(Process.Subscription<E> on, Envelope event) {
        return on.reaction().to(event.recorded(on.aggregate().events()));
    }
}
