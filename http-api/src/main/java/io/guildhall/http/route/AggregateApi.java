package io.guildhall.http.route;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.kernel.Aggregate;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/** One kind of aggregate as routes ask it: what is done comes back as its new state, what is refused as a problem that says what to do. */
public final class AggregateApi<S, C, R> {
    private final Entities entities;
    private final Aggregate<S, C, ?, R> aggregate;
    private final Function<R, Problem> refusal;

    /** @param refusal an exhaustive switch */
    public AggregateApi(Entities entities, Aggregate<S, C, ?, R> aggregate, Function<R, Problem> refusal) {
        this.entities = entities;
        this.aggregate = aggregate;
        this.refusal = refusal;
    }

    /** Completes once the journal has it. */
    public CompletionStage<S> execute(Call<?> call, String id, C command) {
        return entities.execute(call.correlation(), aggregate, id, command).thenApply(outcome -> switch (outcome) {
            case Outcome.Done<S, R> done -> done.state();
            case Outcome.Refused<S, R> refused -> throw refusal.apply(refused.reason());
        });
    }

    /** Read if visible, else 404: who may not see it is not told that it exists. */
    public CompletionStage<S> read(String id, Predicate<S> visible) {
        return entities.state(aggregate, id).thenApply(state -> {
            if (!visible.test(state)) throw notFound();
            return state;
        });
    }

    /** The one answer for what is not there, cannot be there, or is none of the caller's business. */
    public static Problem notFound() {
        return new Problem(404, "not-found", "There is no such thing.");
    }

    /** For the other party of something that both may see. */
    public static Problem notYourPart() {
        return new Problem(403, "not-your-part", "This is for the other party to do.");
    }
}
