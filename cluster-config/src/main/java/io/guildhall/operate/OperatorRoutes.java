package io.guildhall.operate;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.entity;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.Directives.withSizeLimit;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountAddress;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.account.AccountCommand.GrantAdmin;
import io.guildhall.domain.account.AccountCommand.GrantPremium;
import io.guildhall.domain.account.AccountRejection;
import io.guildhall.http.endpoint.Json;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.kernel.Correlation;
import io.guildhall.operate.Operations.Parts;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;
import org.apache.pekko.management.javadsl.ManagementRouteProvider;

/** What operators ask of a node: metrics, how far the followers are, a view built anew, an admin made, the signing key changed, demo people brought in. */
public final class OperatorRoutes implements ManagementRouteProvider {
    private static final long LARGEST_BATCH = 2_000_000;

    private final Operations operations;

    public OperatorRoutes(ExtendedActorSystem system) {
        this.operations = Operations.of((org.apache.pekko.actor.ActorSystem) system);
    }

    @Override
    public Route routes(org.apache.pekko.management.javadsl.ManagementRouteProviderSettings settings) {
        return concat(
                path("metrics", () -> get(() -> later(OperatorRoutes::scraped))),
                pathPrefix(
                        "guildhall",
                        () -> concat(
                                path("followers", () -> get(() -> later(parts -> blocking(() -> standings(parts))))),
                                path(
                                        "views",
                                        () -> get(() -> answer(parts ->
                                                json(200, parts.followers().views())))),
                                path(
                                        segment("views").slash(segment()).slash("rebuild"),
                                        view -> post(() -> later(parts -> rebuild(parts, view)))),
                                path(
                                        "index",
                                        () -> concat(
                                                get(() -> later(OperatorRoutes::index)),
                                                post(() -> later(OperatorRoutes::reindex)))),
                                path(
                                        "seed",
                                        () -> post(() -> withSizeLimit(
                                                LARGEST_BATCH,
                                                () -> entity(
                                                        Unmarshaller.entityToByteArray(),
                                                        body -> later(parts -> seed(parts, body)))))),
                                path(
                                        segment("admins").slash(segment()),
                                        email -> post(() -> later(
                                                parts -> grant(parts, email, "admin", new GrantAdmin("operator"))))),
                                path(
                                        segment("premium").slash(segment()),
                                        email -> post(() -> later(parts ->
                                                grant(parts, email, "premium", new GrantPremium("operator"))))),
                                path(
                                        segment("signing-keys").slash("rotation"),
                                        () -> post(() -> later(parts -> blocking(() -> rotate(parts))))))));
    }

    private Route answer(Function<Parts, HttpResponse> respond) {
        return complete(operations.parts().map(respond).orElseGet(OperatorRoutes::starting));
    }

    private Route later(Function<Parts, CompletionStage<HttpResponse>> respond) {
        return completeWithFuture(
                operations.parts().map(respond).orElseGet(() -> CompletableFuture.completedFuture(starting())));
    }

    private static CompletionStage<HttpResponse> blocking(Supplier<HttpResponse> respond) {
        return CompletableFuture.supplyAsync(respond, Thread::startVirtualThread);
    }

    private static CompletionStage<HttpResponse> scraped(Parts parts) {
        return parts.index()
                .embeddings()
                .pendingCount()
                .thenAccept(parts.index().waiting()::set)
                .handle((_, _) -> text(parts.metrics().scrape()));
    }

    private static CompletionStage<HttpResponse> index(Parts parts) {
        var embeddings = parts.index().embeddings();
        return embeddings
                .pendingCount()
                .thenCombine(
                        embeddings.currentModel(),
                        (waiting, current) -> json(
                                200,
                                Map.of(
                                        "model",
                                        parts.index().model(),
                                        "searchedBy",
                                        current.orElse(""),
                                        "waiting",
                                        waiting)));
    }

    private static CompletionStage<HttpResponse> reindex(Parts parts) {
        return parts.index()
                .embeddings()
                .reindexAll(parts.index().model())
                .thenApply(documents -> json(202, Map.of("documents", documents)));
    }

    private static HttpResponse standings(Parts parts) {
        try {
            return json(200, parts.followers().progress());
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static HttpResponse rotate(Parts parts) {
        parts.keys().rotate();
        return json(200, Map.of("rotated", true));
    }

    private static CompletionStage<HttpResponse> rebuild(Parts parts, String view) {
        if (!parts.followers().views().contains(view))
            return CompletableFuture.completedFuture(json(
                    404,
                    Map.of(
                            "detail",
                            "There is no view '" + view + "'; there are "
                                    + String.join(", ", parts.followers().views()))));
        return parts.followers().rebuild(view).thenApply(_ -> json(202, Map.of("rebuilding", view)));
    }

    private static CompletionStage<HttpResponse> grant(Parts parts, String email, String what, AccountCommand command) {
        return parts.entities()
                .execute(Correlation.NONE, Account.AGGREGATE, AccountAddress.of(email), command)
                .thenApply(outcome -> switch (outcome) {
                    case Outcome.Done<Account, AccountRejection> _ -> json(200, Map.of(what, email));
                    case Outcome.Refused<Account, AccountRejection> refused ->
                        json(
                                409,
                                Map.of(
                                        "detail",
                                        "Not granted: " + refused.reason()
                                                + ". Who is to have it registers and verifies first."));
                });
    }

    static CompletionStage<HttpResponse> seed(Parts parts, byte[] body) {
        return parts.seeding()
                .map(seeding -> CompletableFuture.completedStage(body)
                        .thenApply(bytes -> Json.read(bytes, SeedBatch.class))
                        .thenCompose(seeding::bring)
                        .thenApply(added -> json(200, Map.of("added", added)))
                        .exceptionally(OperatorRoutes::refused))
                .orElseGet(() -> CompletableFuture.completedStage(json(
                        403,
                        Map.of(
                                "code",
                                "seed-not-here",
                                "detail",
                                "A house in production takes no demo people; only one in development does."))));
    }

    /** @throws CompletionException of a failure that is no refusal, to be logged */
    private static HttpResponse refused(Throwable failure) {
        return switch (failure) {
            case CompletionException e when e.getCause() != null -> refused(e.getCause());
            case Problem problem ->
                json(problem.status(), Map.of("code", problem.code(), "detail", problem.getMessage()));
            default -> throw new CompletionException(failure);
        };
    }

    private static HttpResponse starting() {
        return json(503, Map.of("detail", "This node is still starting."));
    }

    private static HttpResponse text(String text) {
        return HttpResponse.create().withEntity(ContentTypes.TEXT_PLAIN_UTF8, text);
    }

    private static HttpResponse json(int status, Object value) {
        return HttpResponse.create().withStatus(status).withEntity(ContentTypes.APPLICATION_JSON, Json.write(value));
    }
}
