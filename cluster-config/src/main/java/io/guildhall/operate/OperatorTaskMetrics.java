package io.guildhall.operate;

import io.guildhall.projections.readmodel.operatortask.OperatorTask;
import io.guildhall.projections.readmodel.operatortask.OperatorTasks;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** The number of open operator tasks of each kind: an alarm that lasts until the task is done. */
public final class OperatorTaskMetrics {
    private final Map<OperatorTask.Kind, AtomicLong> open = new EnumMap<>(OperatorTask.Kind.class);

    public OperatorTaskMetrics(MeterRegistry metrics) {
        for (var kind : OperatorTask.Kind.values())
            open.put(
                    kind,
                    metrics.gauge(
                            "guildhall_operator_tasks",
                            Tags.of("kind", kind.name().toLowerCase(Locale.ROOT)),
                            new AtomicLong()));
    }

    CompletionStage<Void> refresh(OperatorTasks tasks) {
        return tasks.countOpen()
                .thenAccept(counts -> open.forEach((kind, gauge) -> gauge.set(counts.getOrDefault(kind, 0L))));
    }
}
