package io.guildhall.projections.process;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.Recorded;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Sends the commands that follow from an event, for the same request, and leaves no refusal without an answer. */
public record CommandSender(Entities entities) {
    public static final CompletionStage<Void> NOTHING = completedFuture(null);

    /** A command that cannot be refused: if it is, something is broken, and the event is tried again with growing pauses. */
    public <S, C, R> CompletionStage<Void> send(
            Recorded<?> cause, Aggregate<S, C, ?, R> aggregate, String id, C command) {
        return send(cause, aggregate, id, command, refusal -> broken(aggregate, id, command, refusal));
    }

    /** @param refused what follows from a refusal */
    public <S, C, R> CompletionStage<Void> send(
            Recorded<?> cause,
            Aggregate<S, C, ?, R> aggregate,
            String id,
            C command,
            Function<R, CompletionStage<Void>> refused) {
        return entities.execute(cause.correlation(), aggregate, id, command).thenCompose(outcome -> switch (outcome) {
            case Outcome.Done<S, R> _ -> NOTHING;
            case Outcome.Refused<S, R> refusal -> refused.apply(refusal.reason());
        });
    }

    public static CompletionStage<Void> broken(
            Aggregate<?, ?, ?, ?> aggregate, String id, Object command, Object refusal) {
        throw new IllegalStateException(aggregate.name() + " " + id + " refuses " + command + ": " + refusal);
    }

    /** One after the other. */
    public static <T> CompletionStage<Void> each(List<T> all, Function<T, CompletionStage<Void>> step) {
        CompletionStage<Void> so = NOTHING;
        for (var one : all) so = so.thenCompose(_ -> step.apply(one));
        return so;
    }
}
