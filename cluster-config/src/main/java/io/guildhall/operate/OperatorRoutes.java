package io.guildhall.operate;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.entity;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.parameterOptional;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.Directives.toStrictEntity;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.account.AccountCommand.GrantAdmin;
import io.guildhall.domain.account.AccountCommand.GrantPremium;
import io.guildhall.domain.account.AccountCommand.RevokeAdmin;
import io.guildhall.domain.account.AccountRejection;
import io.guildhall.domain.email.Email;
import io.guildhall.http.endpoint.Json;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Responses;
import io.guildhall.http.route.admin.AdminProblems;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.EmailAddress;
import io.guildhall.kernel.InvalidTextException;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.admin.AdminLogEntry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;
import org.apache.pekko.management.javadsl.ManagementRouteProvider;

/**
 * The operator routes on the management port: metrics, followers, rebuilds, the search index, demo data, admin and
 * premium grants, the rotation of the signing key, the operator tasks, the audit, returned e-mails, and parked entities.
 */
public final class OperatorRoutes implements ManagementRouteProvider {
    private static final String NO_REASON = "Command of an operator.";
    private static final int MAX_REASON_LENGTH = 500;
    private static final long MAX_SEED_BYTES = 2_000_000;
    private static final Duration BODY_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_BLOCKING = 4;
    private static final Duration PERMIT_TIMEOUT = Duration.ofSeconds(5);
    /** Longer than the longest statement. */
    private static final Duration BLOCKING_TIMEOUT = Duration.ofSeconds(35);

    private final Responder responder;

    public OperatorRoutes(ExtendedActorSystem system) {
        this.responder = new NodeResponder(OperatorExtension.of((org.apache.pekko.actor.ActorSystem) system));
    }

    @Override
    public Route routes(org.apache.pekko.management.javadsl.ManagementRouteProviderSettings settings) {
        return concat(
                path("metrics", () -> get(() -> responder.respond(OperatorRoutes::metrics))),
                pathPrefix(
                        "guildhall",
                        () -> concat(
                                followers(),
                                IndexRoutes.routes(responder),
                                accounts(),
                                signingKeys(),
                                seed(),
                                RebuildRoutes.routes(responder),
                                OperatorTaskRoutes.routes(responder),
                                AuditRoutes.routes(responder),
                                MailRoutes.routes(responder),
                                ParkedRoutes.routes(responder))));
    }

    private Route followers() {
        return path("followers", () -> get(() -> responder.respondBlocking(OperatorRoutes::progress)));
    }

    private Route accounts() {
        return concat(
                grant("grant-admin", "admin", reason -> new GrantAdmin(AdminLogEntry.OPERATOR, reason)),
                grant("revoke-admin", "admin", reason -> new RevokeAdmin(AdminLogEntry.OPERATOR, reason)),
                grant("grant-premium", "premium", reason -> new GrantPremium(AdminLogEntry.OPERATOR, reason)));
    }

    /** @param command from its reason, which the admin log shows */
    private Route grant(String action, String granted, Function<String, AccountCommand> command) {
        return path(
                segment("accounts").slash(segment()).slash(action),
                email -> post(() -> parameterOptional(
                        "reason",
                        reason -> responder.respond(services -> grant(
                                services,
                                email,
                                granted,
                                command.apply(reason.filter(it -> !it.isBlank())
                                        .map(OperatorRoutes::shortened)
                                        .orElse(NO_REASON)))))));
    }

    private static String shortened(String reason) {
        return reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH);
    }

    private Route signingKeys() {
        return path(
                segment("signing-keys").slash("rotate"),
                () -> post(() -> responder.respondBlocking(OperatorRoutes::rotate)));
    }

    private Route seed() {
        return path(
                "seed",
                () -> post(() -> toStrictEntity(
                        BODY_TIMEOUT,
                        MAX_SEED_BYTES,
                        () -> entity(
                                Unmarshaller.entityToByteArray(),
                                body -> responder.respond(services -> seed(services.seeding(), body))))));
    }

    private record NodeResponder(OperatorExtension extension, BoundedExecutor blocking) implements Responder {
        NodeResponder(OperatorExtension extension) {
            this(extension, new BoundedExecutor("operator", MAX_BLOCKING, PERMIT_TIMEOUT, BLOCKING_TIMEOUT));
        }

        @Override
        public Route respond(Response response) {
            return extractRequest(request -> {
                var result = extension
                        .services()
                        .map(services -> completedStage(services).thenCompose(response::with))
                        .orElseGet(() -> completedStage(OperatorProblems.starting()))
                        .exceptionally(failure -> Responses.of(
                                failure,
                                request.method().name() + " " + request.getUri().path()));
                // Pekko calls isDone, which a minimal stage does not support.
                return completeWithFuture(result.toCompletableFuture());
            });
        }

        @Override
        public Route respondBlocking(BlockingResponse response) {
            return respond(services -> blocking.call(() -> response.with(services)));
        }
    }

    private static CompletionStage<HttpResponse> metrics(OperatorServices services) {
        var index = services.index();
        return index.metrics()
                .refresh(index.embeddings(), index.model())
                .thenCombine(services.taskMetrics().refresh(services.tasks()), (_, _) -> true)
                .thenCombine(services.followerLag().refresh(), (_, _) -> true)
                .thenCombine(services.audit().metrics().refresh(services.audit().audits()), (_, _) -> true)
                .handle((_, _) -> text(services.metrics().scrape()));
    }

    private static HttpResponse progress(OperatorServices services) throws SQLException {
        return json(200, services.followers().progress());
    }

    private static HttpResponse rotate(OperatorServices services) {
        services.keys().rotate();
        return json(200, Map.of("rotated", true));
    }

    private static CompletionStage<HttpResponse> grant(
            OperatorServices services, String email, String granted, AccountCommand command) {
        return completedStage(email)
                .thenApply(OperatorRoutes::address)
                .thenCompose(it -> services.entities().state(Email.AGGREGATE, Email.id(it)))
                .thenApply(OperatorRoutes::owner)
                .thenCompose(
                        account -> services.entities().execute(Correlation.NONE, Account.AGGREGATE, account, command))
                .thenApply(outcome -> switch (outcome) {
                    case Outcome.Done<Account, AccountRejection> _ -> json(200, Map.of(granted, email));
                    case Outcome.Rejected<Account, AccountRejection> refused ->
                        Responses.of(AdminProblems.of(refused.reason()));
                });
    }

    private static EmailAddress address(String email) {
        try {
            return EmailAddress.parse(email);
        } catch (InvalidTextException e) {
            throw new Problem(422, "invalid", "The e-mail address " + e.getMessage() + ".");
        }
    }

    private static String owner(Email email) {
        return switch (email) {
            case Email.Owned it -> it.accountId();
            case Email.Unowned it when it.registrations().isEmpty() -> throw unknownAddress();
            case Email.Unowned _ ->
                throw new Problem(
                        403,
                        "email-not-verified",
                        "The user has not verified the e-mail address. They must follow the link in the verification mail first.");
            case Email.Kept _ -> throw unknownAddress();
        };
    }

    private static Problem unknownAddress() {
        return new Problem(
                404, "account-not-found", "No account has this e-mail address. The user must register with it first.");
    }

    /** @param seeding empty in production */
    static CompletionStage<HttpResponse> seed(Optional<Seeding> seeding, byte[] body) {
        return seeding.map(it -> completedStage(body)
                        .thenApply(bytes -> Json.read(bytes, SeedBatch.class))
                        .thenCompose(it::add)
                        .thenApply(added -> json(200, Map.of("added", added))))
                .orElseGet(() -> completedStage(OperatorProblems.problem(
                        403,
                        "seed-not-here",
                        "A node in production mode does not accept demo data. Start it in development mode.")));
    }

    private static HttpResponse text(String text) {
        return HttpResponse.create().withEntity(ContentTypes.TEXT_PLAIN_UTF8, text);
    }

    /** Responds with a page of a list. */
    static CompletionStage<HttpResponse> page(CompletionStage<? extends Page<?>> page) {
        return page.thenApply(it -> json(200, it));
    }

    static HttpResponse json(int status, Object value) {
        return HttpResponse.create().withStatus(status).withEntity(ContentTypes.APPLICATION_JSON, Json.write(value));
    }
}
