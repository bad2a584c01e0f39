package io.guildhall.projections.process;

import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A process whose reactions to events a test replaces. The rest is unchanged. */
record ReplacedReactions(Process process, Replacement replacement) implements Process {
    @FunctionalInterface
    interface Replacement {
        <E> CompletionStage<?> react(Process.Reaction<E> original, Recorded<E> recorded);
    }

    @Override
    public String name() {
        return process.name();
    }

    @Override
    public Start start() {
        return process.start();
    }

    @Override
    public List<Subscription<?>> follows() {
        return process.follows().stream().<Subscription<?>>map(this::replaced).toList();
    }

    private <E> Subscription<E> replaced(Subscription<E> on) {
        return Process.on(on.aggregate(), recorded -> replacement.react(on.reaction(), recorded));
    }

    @Override
    public Map<DeadlineKind, DeadlineHandler> deadlines() {
        return process.deadlines();
    }
}
