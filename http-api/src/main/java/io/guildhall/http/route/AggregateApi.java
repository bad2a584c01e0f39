package io.guildhall.http.route;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.kernel.Aggregate;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Reads the states of the aggregates of one kind and executes commands on them. A rejection becomes a problem.
 *
 * @param <S> the state
 * @param <C> the commands
 * @param <R> the rejections
 */
public final class AggregateApi<S, C, R> extends AggregateReader<S> {
    private final Entities entities;
    private final Aggregate<S, C, ?, R> aggregate;
    private final Function<R, Problem> problemOf;

    /** @param problemOf the problem for each rejection */
    public AggregateApi(Entities entities, Aggregate<S, C, ?, R> aggregate, Function<R, Problem> problemOf) {
        super(entities, aggregate);
        this.entities = entities;
        this.aggregate = aggregate;
        this.problemOf = problemOf;
    }

    /**
     * Completes with the new state when the events are in the journal.
     *
     * @throws Problem (in the stage) if the aggregate rejects the command
     */
    public CompletionStage<S> execute(Call<?> call, String id, C command) {
        return entities.execute(call.correlation(), aggregate, id, command).thenApply(this::newState);
    }

    /**
     * The same for an id from {@link Call#newId}.
     *
     * @throws Problem (in the stage) if the aggregate rejects the command
     */
    public CompletionStage<S> create(Call<?> call, String newId, C command) {
        return call.isRepeatable()
                ? execute(call, newId, command)
                : entities.create(call.correlation(), aggregate, newId, command).thenApply(this::newState);
    }

    private S newState(Outcome<S, R> outcome) {
        return switch (outcome) {
            case Outcome.Done<S, R> done -> done.state();
            case Outcome.Rejected<S, R> refused -> throw problemOf.apply(refused.reason());
        };
    }

    /** The problem for every resource that does not exist, cannot exist, or is not visible to the caller. */
    public static Problem notFound() {
        return new Problem(404, "not-found", "No such resource.");
    }

    /** The problem for a party that can read the resource, if the action is for the other party only. */
    public static Problem notYourPart() {
        return new Problem(403, "not-your-part", "Only the other party can do this.");
    }

    /**
     * The problem for an edit of a revision that is not the present one.
     *
     * @param resource what was to be edited, such as "job"
     */
    public static Problem revisionMismatch(String resource) {
        return new Problem(
                412,
                "precondition-failed",
                "The " + resource + " was changed since you read it. Read it again and repeat your edit.");
    }
}
