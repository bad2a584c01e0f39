package io.guildhall.projections.store;

import static java.util.Objects.requireNonNull;

import io.guildhall.actors.LogContext;
import io.guildhall.projections.Process;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Lets a process react to events, one after the other. */
final class ProcessHandler implements EventHandler {
    private static final Duration REACTION_TIMEOUT = Duration.ofSeconds(30);
    private static final int SAVE_POSITION_EVERY = 50;
    private static final Duration SAVE_POSITION_AFTER = Duration.ofMillis(200);

    private final Map<String, Process.Subscription<?>> subscriptions = new HashMap<>();

    ProcessHandler(Process process) {
        process.follows().forEach(on -> subscriptions.put(on.aggregate().name(), on));
    }

    @Override
    public void handle(List<Envelope> events, Progress progress) throws SQLException {
        var handled = new ArrayList<Envelope>();
        long savedAt = System.nanoTime();
        for (var event : events) {
            try {
                react(event);
            } catch (Exception | Error e) {
                save(handled, progress);
                throw new EventFailedException(event, e);
            }
            handled.add(event);
            if (handled.size() < SAVE_POSITION_EVERY && System.nanoTime() - savedAt < SAVE_POSITION_AFTER.toNanos())
                continue;
            save(handled, progress);
            savedAt = System.nanoTime();
        }
        save(handled, progress);
    }

    private static void save(List<Envelope> handled, Progress progress) throws SQLException {
        if (handled.isEmpty()) return;
        progress.moveAfter(handled, _ -> {});
        handled.clear();
    }

    private void react(Envelope event) throws Exception {
        try (var _ = LogContext.open(event.correlation())) {
            react(requireNonNull(subscriptions.get(event.kind())), event)
                    .toCompletableFuture()
                    .get(REACTION_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static <E> CompletionStage<?> react(Process.Subscription<E> on, Envelope event) {
        return on.reaction().to(event.recorded(on.aggregate().events()));
    }
}
