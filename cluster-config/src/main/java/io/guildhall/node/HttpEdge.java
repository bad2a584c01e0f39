package io.guildhall.node;

import io.guildhall.adapter.postgres.PostgresIdempotency;
import io.guildhall.adapter.postgres.PostgresSigningKeys;
import io.guildhall.adapter.sandbox.SandboxProvider;
import io.guildhall.embedded.StartupException;
import io.guildhall.http.HttpApi;
import io.guildhall.http.auth.AccessTokens;
import io.guildhall.http.auth.AttemptLimits;
import io.guildhall.http.auth.AuthenticationService;
import io.guildhall.http.auth.Authenticator;
import io.guildhall.http.auth.Identities;
import io.guildhall.http.auth.KeyRing;
import io.guildhall.http.auth.Passwords;
import io.guildhall.http.auth.RefreshTokens;
import io.guildhall.http.auth.SessionService;
import io.guildhall.http.endpoint.AccountLimits;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.live.LiveServer;
import io.guildhall.http.route.NodeEndpoints;
import io.guildhall.http.route.profile.NamedUsers;
import io.guildhall.http.route.sandbox.SandboxEndpoints;
import io.guildhall.http.route.webhook.WebhookEndpoints;
import io.guildhall.http.server.HttpServer;
import io.guildhall.http.site.Site;
import io.guildhall.node.Database.Part;
import io.guildhall.port.PaymentGateway.AccountStatus;
import io.guildhall.port.RateLimiter.Limit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.stream.SystemMaterializer;

/** The HTTP server with authentication and all endpoints. It serves as soon as it is open. */
record HttpEdge(KeyRing keys, Passwords passwords, RequestsInProgress requests, HttpServer.Binding binding) {

    /** Connections in addition to those for lookups: those that write, and one that deletes old keys. */
    static final int IDEMPOTENCY_CONNECTIONS = PostgresIdempotency.WRITE_CONNECTIONS + 1;

    static HttpEdge open(NodeContext context, Parts parts) {
        var settings = context.settings();
        var database = parts.database();
        var keys = context.openParts().add(keys(context, database));
        var tokens = new AccessTokens(keys, context.clock());
        var passwords = new Passwords();
        var authenticator = context.openParts()
                .add(new Authenticator(
                        tokens, parts.readSide().readModel().endedSessions(), context.clock(), context.loops()));
        var sessions = new SessionService(
                parts.writeSide().entities(),
                parts.readSide().sessions(),
                tokens,
                new RefreshTokens(settings.secret()),
                context.clock());
        var authentication = new AuthenticationService(
                parts.writeSide().entities(),
                passwords,
                sessions,
                parts.external().mail().tokens(),
                limits(context, parts),
                context.clock());
        var users = new NamedUsers(
                parts.readSide().readModel().publicUsers(), parts.external().files(), context.clock());
        var live = live(context, parts, authenticator, users);
        var api = new HttpApi(
                endpoints(context, parts, new Authentication(authentication, sessions, keys, authenticator), live),
                authenticator,
                parts.suspended(),
                idempotency(context, database),
                new AccountLimits(parts.shared().limiter(), settings.limits().accountFactor()),
                users,
                parts.external().files(),
                parts.external().mail().outbox(),
                live,
                new HttpApi.Settings(
                        new Site.Settings(
                                !settings.isDevelopment(),
                                settings.management().port(),
                                settings.payments().feeBasisPoints()),
                        settings.http().corsOrigins(),
                        settings.secret(),
                        settings.http().proxies(),
                        settings.dataFolder().resolve("uploads")),
                context.metrics(),
                context.clock(),
                SystemMaterializer.get(context.system()).materializer());
        var requests = new RequestsInProgress(Runtime.getRuntime().availableProcessors());
        return new HttpEdge(keys, passwords, requests, bind(context, api, requests));
    }

    private static KeyRing keys(NodeContext context, Database database) {
        try {
            return new KeyRing(
                    new PostgresSigningKeys(database.pool(Part.QUERIES)),
                    context.settings().secret(),
                    context.clock(),
                    context.loops());
        } catch (KeyRing.OtherSecretException e) {
            throw new StartupException(String.valueOf(e.getMessage()), e);
        }
    }

    private static LiveServer live(NodeContext context, Parts parts, Identities identities, NamedUsers users) {
        var readSide = parts.readSide();
        var live = context.openParts()
                .add(new LiveServer(
                        new LiveServer.Sources(
                                parts.writeSide().entities(),
                                readSide.live(),
                                identities,
                                parts.suspended(),
                                parts.shared().tickets(),
                                parts.shared().presence(),
                                readSide.readModel().presencePreferences(),
                                readSide.readModel().readMarks(),
                                parts.shared().readMarks(),
                                parts.shared().notificationMarks(),
                                users,
                                Cluster.get(context.system())
                                        .selfMember()
                                        .uniqueAddress()
                                        .toString()),
                        context.settings().live(),
                        context.system(),
                        context.metrics(),
                        context.loops(),
                        context.clock()));
        CoordinatedShutdown.get(context.system())
                .addTask(CoordinatedShutdown.PhaseServiceUnbind(), "close-live-connections", () -> {
                    live.closeConnections();
                    return CompletableFuture.completedFuture(Done.done());
                });
        return live;
    }

    private static PostgresIdempotency idempotency(NodeContext context, Database database) {
        var idempotency = new PostgresIdempotency(
                database.pool(Part.REQUESTS),
                database.connections(Part.REQUESTS) - IDEMPOTENCY_CONNECTIONS,
                context.clock());
        context.openParts().add(context.loops().start("idempotency-sweep", idempotency::sweep));
        return idempotency;
    }

    private static AttemptLimits limits(NodeContext context, Parts parts) {
        var limits = context.settings().limits();
        return new AttemptLimits(
                parts.shared().limiter(),
                new Limit(limits.perAddressPerMinute(), Duration.ofMinutes(1)),
                new Limit(limits.perAccountPerMinute(), Duration.ofMinutes(1)),
                new Limit(limits.registrationsPerDay(), Duration.ofDays(1)),
                new Limit(limits.allRegistrationsPerHour(), Duration.ofHours(1)));
    }

    private record Authentication(
            AuthenticationService service, SessionService sessions, KeyRing keys, Identities identities) {}

    private static List<Endpoint<?, ?>> endpoints(
            NodeContext context, Parts parts, Authentication authentication, LiveServer live) {
        var external = parts.external();
        var models = parts.models();
        var provider = external.payments().provider();
        var endpoints = new NodeEndpoints(
                parts.writeSide().entities(),
                parts.readSide().readModel(),
                new NodeEndpoints.Accounts(
                        authentication.service(),
                        authentication.sessions(),
                        parts.readSide().sessions(),
                        authentication.keys(),
                        parts.suspended(),
                        external.mail().unsubscribeTokens(),
                        parts.shared().tickets(),
                        authentication.identities(),
                        live.readMarks(),
                        live.notificationMarks(),
                        new WebhookEndpoints.Settings(
                                context.settings().webhooks().targets(), external.webhookSecrets())),
                new NodeEndpoints.Language(models.queries(), models.skills(), models.titles()),
                new NodeEndpoints.Files(
                        external.files(),
                        parts.readSide().messages(),
                        parts.shared().files()),
                new NodeEndpoints.Payments(
                        provider,
                        parts.providerReports(),
                        context.settings().payments().feeBasisPoints()));
        return external.mail()
                .outbox()
                .map(outbox -> endpoints.allWith(new NodeEndpoints.Development(new SandboxPages(provider), outbox)))
                .orElseGet(endpoints::all);
    }

    private static HttpServer.Binding bind(NodeContext context, HttpApi api, RequestsInProgress requests) {
        var http = context.settings().http();
        var server = new HttpServer(context.system(), "api", http.connections(), http.proxies(), context.metrics());
        return context.awaitStart(
                server.bind(http.host(), http.port(), requests.counting(api::handle)), "HTTP", http.port());
    }

    private record SandboxPages(SandboxProvider provider) implements SandboxEndpoints.Pages {
        @Override
        public CompletionStage<Boolean> confirm(String intent, String clientSecret) {
            return provider.confirmAuthentication(intent, clientSecret);
        }

        @Override
        public CompletionStage<Boolean> onboard(String account, AccountStatus outcome) {
            return provider.completeOnboarding(account, outcome);
        }
    }
}
