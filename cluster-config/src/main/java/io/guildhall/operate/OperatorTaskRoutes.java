package io.guildhall.operate;

import static io.guildhall.operate.OperatorProblems.problem;
import static io.guildhall.operate.OperatorProblems.requireText;
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
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * The operator routes for problems that the program cannot settle automatically: list them, try again, or close one
 * with a note.
 */
final class OperatorTaskRoutes {
    private OperatorTaskRoutes() {}

    static Route routes(Responder responder) {
        return concat(
                path(
                        "tasks",
                        () -> get(() -> parameterOptional(
                                "cursor", cursor -> responder.respond(services -> list(services, cursor))))),
                path(
                        segment("tasks").slash(segment()).slash("retry"),
                        id -> post(() -> responder.respond(services -> retry(services, id)))),
                path(
                        segment("tasks").slash(segment()).slash("close"),
                        id -> post(() -> requireText(
                                "note",
                                "State what you found or did.",
                                note -> responder.respond(services -> close(services, id, note))))));
    }

    private static CompletionStage<HttpResponse> list(OperatorServices services, Optional<String> cursor) {
        return OperatorRoutes.page(services.tasks().open(new Page.Request(Page.Request.MAX_LIMIT, cursor)));
    }

    private static CompletionStage<HttpResponse> retry(OperatorServices services, String id) {
        return execute(services, id, TaskCommand.retry(id), "retrying");
    }

    private static CompletionStage<HttpResponse> close(OperatorServices services, String id, String note) {
        return execute(services, id, TaskCommand.close(id, note), "closed");
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
                            case "NOT_OPENED", "NOT_REQUESTED", "NOT_REPORTED" -> notFound(id);
                            default ->
                                problem(409, "not-possible", "Not possible: " + reason + ". List the tasks again.");
                        };
                });
    }

    private static HttpResponse notFound(String id) {
        return problem(404, "no-such-task", "There is no task " + id + ". List the tasks to see their ids.");
    }
}
