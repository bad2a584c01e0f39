package io.guildhall.projections.process;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.Deadline;
import io.guildhall.projections.DeadlineResult;
import io.guildhall.projections.Recorded;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Sends the commands that follow from an event, with the event's correlation id. No rejection is ignored silently. */
public record CommandSender(Entities entities) {
    /** The reaction to an event that no command follows from. */
    public static final CompletionStage<Void> NOTHING = completedFuture(null);

    /**
     * Sends a command that is never rejected. A rejection is a bug: it fails the stage, and the event is retried with
     * backoff.
     */
    public <S, C, R> CompletionStage<Void> send(
            Recorded<?> cause, Aggregate<S, C, ?, R> aggregate, String id, C command) {
        return send(cause.correlation(), aggregate, id, command);
    }

    /** @see #send(Recorded, Aggregate, String, Object) */
    public <S, C, R> CompletionStage<Void> send(
            Correlation correlation, Aggregate<S, C, ?, R> aggregate, String id, C command) {
        return send(correlation, aggregate, id, command, rejection -> unexpected(aggregate, id, command, rejection));
    }

    /** @param onRejection what follows when the command is rejected */
    public <S, C, R> CompletionStage<Void> send(
            Recorded<?> cause,
            Aggregate<S, C, ?, R> aggregate,
            String id,
            C command,
            Function<R, CompletionStage<Void>> onRejection) {
        return send(cause.correlation(), aggregate, id, command, onRejection);
    }

    /** @param onRejection what follows when the command is rejected */
    public <S, C, R> CompletionStage<Void> send(
            Correlation correlation,
            Aggregate<S, C, ?, R> aggregate,
            String id,
            C command,
            Function<R, CompletionStage<Void>> onRejection) {
        return entities.execute(correlation, aggregate, id, command).thenCompose(outcome -> switch (outcome) {
            case Outcome.Done<S, R> _ -> NOTHING;
            case Outcome.Rejected<S, R>(var rejection) -> onRejection.apply(rejection);
        });
    }

    /** Sends a command that is due. If it is rejected, it is tried again a limited number of times. */
    public <S, C, R> CompletionStage<DeadlineResult> sendWhenDue(
            Deadline due, Aggregate<S, C, ?, R> aggregate, C command) {
        return entities.execute(due.correlation(), aggregate, due.entityId(), command)
                .thenApply(outcome -> switch (outcome) {
                    case Outcome.Done<S, R> _ -> DeadlineResult.done();
                    case Outcome.Rejected<S, R>(var reason) -> DeadlineResult.rejected(reason);
                });
    }

    /** @throws IllegalStateException always: this command is not rejected for this reason unless there is a bug */
    @SuppressWarnings("DoNotCallSuggester")
    public static CompletionStage<Void> unexpected(
            Aggregate<?, ?, ?, ?> aggregate, String id, Object command, Object rejection) {
        throw new IllegalStateException(
                "Unexpected rejection by " + aggregate.name() + " " + id + ": " + rejection + " for " + command);
    }

    /** Runs the step for one item after the other. */
    public static <T> CompletionStage<Void> sequentially(List<T> items, Function<T, CompletionStage<Void>> step) {
        CompletionStage<Void> result = NOTHING;
        for (var item : items) result = result.thenCompose(_ -> step.apply(item));
        return result;
    }
}
