package io.guildhall.http.route;

import io.guildhall.actors.Entities;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.kernel.Aggregate;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Reads the states of the aggregates of one kind.
 *
 * @param <S> the state
 */
public sealed class AggregateReader<S> permits AggregateApi {
    private final Entities entities;
    private final Aggregate<S, ?, ?, ?> aggregate;

    public AggregateReader(Entities entities, Aggregate<S, ?, ?, ?> aggregate) {
        this.entities = entities;
        this.aggregate = aggregate;
    }

    /** Completes with the state, also that of an aggregate without events. */
    public CompletionStage<S> read(String id) {
        return entities.state(aggregate, id);
    }

    /**
     * @throws Problem 404 (in the stage) if the state is not visible: a caller without access must not learn that it
     *     exists
     */
    public CompletionStage<S> read(String id, Predicate<S> isVisible) {
        return read(id).thenApply(state -> {
            if (!isVisible.test(state)) throw AggregateApi.notFound();
            return state;
        });
    }
}
