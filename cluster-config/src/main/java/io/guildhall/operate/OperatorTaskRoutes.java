package io.guildhall.operate;

import static io.guildhall.operate.OperatorProblems.requireParameter;
import static java.util.concurrent.CompletableFuture.completedStage;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.parameterOptional;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.guildhall.actors.Outcome;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.readmodel.Page;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/** The operator routes for what the program cannot settle by itself: list it, try again, or close it with a note. */
final class OperatorTaskRoutes {
    private static final int MAX_NOTE_LENGTH = 500;

    private OperatorTaskRoutes() {}

    /** @param respond makes a route of a response that needs the services of the node */
    static Route routes(Function<Function<OperatorServices, CompletionStage<HttpResponse>>, Route> respond) {
        return concat(
                path(
                        "tasks",
                        () -> get(() -> parameterOptional(
                                "cursor", cursor -> respond.apply(services -> list(services, cursor))))),
                path(
                        segment("tasks").slash(segment()).slash("retry"),
                        id -> post(() -> respond.apply(services -> retry(services, id)))),
                path(
                        segment("tasks").slash(segment()).slash("close"),
                        id -> post(() -> requireParameter(
                                "note",
                                "State what you found or did.",
                                note -> respond.apply(services -> close(services, id, note))))));
    }

    private static CompletionStage<HttpResponse> list(OperatorServices services, Optional<String> cursor) {
        return OperatorRoutes.page(services.tasks().open(new Page.Request(Page.Request.MAX_LIMIT, cursor)));
    }

    private static CompletionStage<HttpResponse> retry(OperatorServices services, String id) {
        return execute(services, id, TaskCommand.retry(id), "retrying");
    }

    private static CompletionStage<HttpResponse> close(OperatorServices services, String id, String note) {
        return note.isBlank() || note.length() > MAX_NOTE_LENGTH
                ? completedStage(problem(
                        400,
                        "The note must have 1 to " + MAX_NOTE_LENGTH + " characters. State what you found or did."))
                : execute(services, id, TaskCommand.close(id, PrintableText.of(note.strip())), "closed");
    }

    private static CompletionStage<HttpResponse> execute(
            OperatorServices services, String id, Optional<TaskCommand<?, ?, ?>> command, String done) {
        return command.map(it -> execute(services, id, it, done)).orElseGet(() -> completedStage(notFound(id)));
    }

    private static <S, C, R extends Enum<R>> CompletionStage<HttpResponse> execute(
            OperatorServices services, String id, TaskCommand<S, C, R> command, String done) {
        return services.entities()
                .execute(Correlation.NONE, command.aggregate(), command.entityId(), command.command())
                .thenApply(outcome -> switch (outcome) {
                    case Outcome.Done<S, R> _ -> OperatorRoutes.json(200, Map.of(done, id));
                    case Outcome.Rejected<S, R>(var reason) ->
                        switch (reason.name()) {
                            case "NOT_OPENED", "NOT_REPORTED" -> notFound(id);
                            default -> problem(409, "Not possible: " + reason + ". List the tasks again.");
                        };
                });
    }

    private static HttpResponse notFound(String id) {
        return problem(404, "There is no task " + id + ". List the tasks to see their ids.");
    }

    private static HttpResponse problem(int status, String detail) {
        return OperatorRoutes.json(status, Map.of("detail", detail));
    }
}
