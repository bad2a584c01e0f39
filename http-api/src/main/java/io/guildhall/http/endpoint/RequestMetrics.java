package io.guildhall.http.endpoint;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Response times by method, path template and status. Requests without an endpoint share one label, so that labels stay
 * few.
 */
final class RequestMetrics {
    private static final String NO_ENDPOINT = "other";

    private final MeterRegistry registry;
    // Looking a timer up by its tags costs more than recording in it.
    private final Map<Labels, Timer> timers = new ConcurrentHashMap<>();

    private record Labels(String method, String path, int status) {}

    RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void record(Optional<Endpoint<?, ?>> endpoint, int status, long nanos) {
        var operation = endpoint.<Operation<?>>map(Endpoint::operation);
        var labels = new Labels(
                operation.map(it -> it.method().name()).orElse(NO_ENDPOINT),
                operation.map(Operation::path).orElse(NO_ENDPOINT),
                status);
        timers.computeIfAbsent(labels, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Labels labels) {
        return registry.timer(
                "guildhall.http",
                "method",
                labels.method(),
                "path",
                labels.path(),
                "status",
                Integer.toString(labels.status()));
    }
}
