package io.guildhall;

import com.typesafe.config.Config;
import io.guildhall.actors.Entities;
import io.guildhall.adapter.cloudinary.CloudinaryFileStore;
import io.guildhall.adapter.local.LocalFileStore;
import io.guildhall.adapter.local.LocalRateLimiter;
import io.guildhall.adapter.postgres.OutboxMailer;
import io.guildhall.adapter.postgres.PostgresIdempotency;
import io.guildhall.adapter.postgres.PostgresSigningKeys;
import io.guildhall.adapter.sandbox.SandboxProvider;
import io.guildhall.adapter.sandbox.SandboxSettings;
import io.guildhall.adapter.sandbox.SandboxWebhooks;
import io.guildhall.ai.job.alert.AlertJob;
import io.guildhall.ai.job.alert.AlertSender;
import io.guildhall.ai.job.embed.EmbeddingJob;
import io.guildhall.embedded.StartupException;
import io.guildhall.http.HttpApi;
import io.guildhall.http.auth.AccessTokens;
import io.guildhall.http.auth.AuthenticationService;
import io.guildhall.http.auth.Authenticator;
import io.guildhall.http.auth.KeyRing;
import io.guildhall.http.auth.Passwords;
import io.guildhall.http.route.NodeEndpoints;
import io.guildhall.http.route.sandbox.SandboxEndpoints;
import io.guildhall.journal.Names;
import io.guildhall.operate.Operations;
import io.guildhall.operate.Seeding;
import io.guildhall.payment.PaymentRecorder;
import io.guildhall.port.FileStore;
import io.guildhall.port.MailTokens;
import io.guildhall.port.PaymentGateway.Standing;
import io.guildhall.port.RateLimiter.Limit;
import io.guildhall.projections.process.Processes;
import io.guildhall.projections.process.escrow.RetryPauses;
import io.guildhall.projections.store.Deadlines;
import io.guildhall.projections.store.FollowerMetrics;
import io.guildhall.projections.store.Followers;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.Views;
import io.guildhall.projections.view.account.SqlAccountDirectory;
import io.guildhall.projections.view.search.SqlAlerts;
import io.guildhall.projections.view.search.SqlEmbeddings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.management.javadsl.PekkoManagement;
import org.apache.pekko.stream.SystemMaterializer;

/** Everything that makes a node, put together: the one place that knows all the parts. */
public final class House {
    private static final String NAME = "guildhall";
    private static final int READING_PLACES = 8;
    private static final int EMBEDDING_PLACES = 3;
    private static final int ALERT_PLACES = 1;
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    private final Settings settings;
    private final ActorSystem<?> system;
    private final InstantSource clock = InstantSource.system();
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<AutoCloseable> closing = new ArrayList<>();

    private House(Settings settings, Config config) {
        this.settings = settings;
        this.system = ActorSystem.create(Behaviors.empty(), NAME, config);
    }

    /**
     * Starts a node and waits until it serves.
     *
     * @param database that may still be starting or migrating: the actor system starts meanwhile
     * @throws StartupException naming the remedy
     */
    static House open(Settings settings, Config config, CompletableFuture<Database> database) {
        var house = new House(settings, config);
        house.joinCluster();
        house.furnish(join(database));
        return house;
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StartupException trouble ? trouble : e;
        }
    }

    private void furnish(Database database) {
        var pool = database.pool();
        JournalDatabase.open(system.classicSystem(), database.journal(), Database.JOURNAL_CONNECTIONS);
        var entities = new Entities(system, Names.AGGREGATES, clock, settings.askPatience());
        var sandboxSettings = SandboxSettings.of(
                Cluster.get(system).selfMember().address().toString(),
                settings.http().publicUrl(),
                List.of("sandbox-webhook/" + settings.secret()));
        var provider = new SandboxProvider(pool, sandboxSettings, clock, new SecureRandom());
        var mailer = new OutboxMailer(pool, clock);
        var mailTokens = new MailTokens(settings.secret());

        var reading = new ReadDatabase(pool, READING_PLACES);
        var embeddings = new SqlEmbeddings(new ReadDatabase(pool, EMBEDDING_PLACES));
        var understanding = Understanding.of(settings.ai(), embeddings);
        var embedder = understanding.embedder();
        var directory = new SqlAccountDirectory(reading);
        var files = files();
        var keys = new KeyRing(new PostgresSigningKeys(pool), settings.secret(), clock);
        var tokens = new AccessTokens(keys, clock);
        var authenticator = new Authenticator(tokens, directory, clock);
        var passwords = new Passwords();
        var door = new AuthenticationService(entities, passwords, tokens, mailTokens, limits(), clock);
        var news = new PaymentRecorder(entities, provider, clock);
        var node = new NodeEndpoints(
                entities,
                Views.readModel(reading),
                new NodeEndpoints.Accounts(door, keys, directory),
                new NodeEndpoints.Language(understanding.queries(), understanding.skills(), understanding.titles()),
                new NodeEndpoints.Files(files, new LocalRateLimiter(clock)),
                new NodeEndpoints.Payments(provider, news));
        var endpoints = settings.isDevelopment()
                ? node.allWith(new NodeEndpoints.Development(new SandboxPages(provider), mailer))
                : node.all();
        var api = new HttpApi(
                endpoints,
                authenticator,
                new PostgresIdempotency(pool, clock),
                files,
                new HttpApi.Settings(
                        !settings.isDevelopment(), settings.http().corsOrigins(), settings.managementPort()),
                metrics,
                clock,
                SystemMaterializer.get(system).materializer());

        var http = bind(api);

        // People may read while the followers start.
        var followers = new Followers(system, pool, new FollowerMetrics(metrics, clock));
        var deadlines = new Deadlines(pool, clock);
        Views.all().forEach(followers::run);
        var processes = new Processes(
                        entities,
                        deadlines,
                        clock,
                        new Processes.Mail(mailer, mailTokens, settings.http().publicUrl()),
                        new Processes.Payments(
                                provider,
                                settings.feeBasisPoints(),
                                settings.payments().confirmationWindow(),
                                new RetryPauses(
                                        settings.payments().openPause(),
                                        settings.payments().refusedPause())))
                .all();
        processes.forEach(followers::run);
        deadlines.run(processes);

        var read = metrics.counter("guildhall_embeddings_read");
        EmbeddingJob.run(system, embeddings, embedder, read::increment);
        var alerts = new SqlAlerts(new ReadDatabase(pool, ALERT_PLACES));
        AlertJob.run(
                system,
                new AlertJob.Parts(
                        alerts, embedder, understanding.queries(), understanding.skills(), new AlertSender(entities)));

        var webhooks = new SandboxWebhooks(provider, pool, sandboxSettings, clock);
        closing.addAll(List.of(webhooks, deadlines, followers, embedder, authenticator, files, database));
        var waiting = metrics.gauge("guildhall_embeddings_waiting", new AtomicLong());
        var index = new Operations.Index(embeddings, embedder.model().name(), waiting);
        var seeding =
                settings.isDevelopment() ? Optional.of(new Seeding(entities, passwords)) : Optional.<Seeding>empty();
        Operations.of(system)
                .open(new Operations.Parts(pool, entities, followers.control(), metrics, keys, index, seeding));
        waitFor(PekkoManagement.get(system.classicSystem()).start(), "management", settings.managementPort());
        onShutdown(http);
    }

    private FileStore files() {
        return settings.cloudinary()
                .<FileStore>map(account -> new CloudinaryFileStore(account, clock))
                .orElseGet(() -> new LocalFileStore(
                        settings.data().resolve("files"), settings.http().publicUrl(), settings.secret(), clock));
    }

    private record SandboxPages(SandboxProvider provider) implements SandboxEndpoints.Pages {
        @Override
        public CompletionStage<Boolean> confirm(String intent, String clientSecret) {
            return provider.confirmAuthentication(intent, clientSecret);
        }

        @Override
        public CompletionStage<Boolean> onboard(String account, Standing outcome) {
            return provider.completeOnboarding(account, outcome);
        }
    }

    private void joinCluster() {
        var cluster = Cluster.get(system);
        var self = cluster.selfMember().address();
        if (settings.seeds().isEmpty()) cluster.manager().tell(Join.create(self));
        else
            cluster.manager()
                    .tell(new JoinSeedNodes(
                            settings.seeds().stream().map(House::address).toList()));
    }

    private static Address address(String seed) {
        return AddressFromURIString.parse("pekko://" + NAME + "@" + seed);
    }

    private io.guildhall.http.auth.AttemptLimits limits() {
        return new io.guildhall.http.auth.AttemptLimits(
                new LocalRateLimiter(clock),
                new Limit(settings.limits().byAddressPerMinute(), Duration.ofMinutes(1)),
                new Limit(settings.limits().byAccountPerMinute(), Duration.ofMinutes(1)));
    }

    private ServerBinding bind(HttpApi api) {
        return waitFor(
                Http.get(system)
                        .newServerAt(settings.http().host(), settings.http().port())
                        .bind(api::handle),
                "HTTP",
                settings.http().port());
    }

    private static <T> T waitFor(CompletionStage<T> stage, String what, int port) {
        try {
            return stage.toCompletableFuture()
                    .orTimeout(START_PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            if (isCausedBy(e, BindException.class))
                throw new StartupException("Port " + port + " for " + what
                        + " is in use. Stop what uses it, or choose another with --port and --management-port.");
            if (isCausedBy(e, TimeoutException.class))
                throw new StartupException("There was no " + what + " within " + START_PATIENCE.toSeconds() + " s.");
            throw e;
        }
    }

    private static boolean isCausedBy(Throwable failure, Class<?> cause) {
        for (var it = failure; it != null; it = it.getCause()) if (cause.isInstance(it)) return true;
        return false;
    }

    /** Serves no more, hands its entities over, and only then lets go of what they need. */
    private void onShutdown(ServerBinding http) {
        var shutdown = CoordinatedShutdown.get(system);
        shutdown.addTask(CoordinatedShutdown.PhaseServiceUnbind(), "http-unbind", http::unbind);
        shutdown.addTask(
                CoordinatedShutdown.PhaseServiceRequestsDone(),
                "http-finish",
                () -> http.terminate(Duration.ofSeconds(3)).thenApply(_ -> Done.done()));
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "close", () -> {
            closeParts();
            return CompletableFuture.completedFuture(Done.done());
        });
    }

    private void closeParts() {
        for (var part : closing) {
            try {
                part.close();
            } catch (Exception e) {
                system.log().warn("{} did not close well", part.getClass().getSimpleName(), e);
            }
        }
    }

    ActorSystem<?> system() {
        return system;
    }

    /** Leaves the cluster and ends; returns when that is done. */
    void close() {
        CoordinatedShutdown.get(system)
                .runAll(CoordinatedShutdown.jvmExitReason())
                .toCompletableFuture()
                .join();
    }
}
