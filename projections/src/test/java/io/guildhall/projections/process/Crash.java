package io.guildhall.projections.process;

import static io.guildhall.projections.process.CommandSender.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Lets a node go down at its reaction to an event of one class: no reaction completes any more. */
final class Crash implements UnaryOperator<Process> {
    private volatile Optional<Class<?>> step = Optional.empty();
    private volatile boolean hasSent;
    private volatile CompletableFuture<Void> reached = new CompletableFuture<>();
    private volatile CompletableFuture<Void> crash = new CompletableFuture<>();

    /**
     * Runs the node until it has reached the step, kills it there, and starts it again.
     *
     * @param hasSent whether the reaction has sent its commands
     * @param action causes the event
     */
    void at(ProcessFixture fixture, Class<?> event, boolean hasSent, Runnable action) {
        this.hasSent = hasSent;
        reached = new CompletableFuture<>();
        crash = new CompletableFuture<>();
        step = Optional.of(event);
        action.run();
        Await.until(() -> assertThat(reached).isCompleted());
        crash.completeExceptionally(new IllegalStateException("the node has crashed"));
        fixture.stop();
        step = Optional.empty();
        crash = new CompletableFuture<>();
        fixture.start(this);
    }

    @Override
    public Process apply(Process process) {
        return new ReplacedReactions(process, this::crashing);
    }

    private <E> CompletionStage<?> crashing(Process.Reaction<E> original, Recorded<E> recorded) {
        if (crash.isDone()) return crash;
        boolean isHere = step.filter(it -> it.isInstance(recorded.event())).isPresent();
        if (!isHere) return original.to(recorded);
        CompletionStage<?> sent = hasSent ? original.to(recorded) : NOTHING;
        return sent.thenCompose(_ -> {
            reached.complete(null);
            return crash;
        });
    }
}
