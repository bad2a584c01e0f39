package io.guildhall.node;

import io.guildhall.adapter.local.LocalRateLimiter;
import io.guildhall.adapter.postgres.PostgresIdempotency;
import io.guildhall.adapter.postgres.PostgresSigningKeys;
import io.guildhall.adapter.sandbox.SandboxProvider;
import io.guildhall.http.HttpApi;
import io.guildhall.http.auth.AccessTokens;
import io.guildhall.http.auth.AttemptLimits;
import io.guildhall.http.auth.AuthenticationService;
import io.guildhall.http.auth.Authenticator;
import io.guildhall.http.auth.KeyRing;
import io.guildhall.http.auth.Passwords;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.route.NodeEndpoints;
import io.guildhall.http.route.sandbox.SandboxEndpoints;
import io.guildhall.payment.PaymentRecorder;
import io.guildhall.payment.ProviderReports;
import io.guildhall.port.PaymentGateway.AccountStatus;
import io.guildhall.port.RateLimiter.Limit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.stream.SystemMaterializer;

/** The HTTP server with authentication and all endpoints. It serves as soon as it is open. */
record HttpEdge(KeyRing keys, Passwords passwords, Authenticator authenticator, ServerBinding binding)
        implements AutoCloseable {

    static HttpEdge open(
            NodeContext context,
            Database database,
            WriteSide writeSide,
            ReadSide readSide,
            ExternalServices external,
            LanguageModels models) {
        var settings = context.settings();
        var keys = new KeyRing(new PostgresSigningKeys(database.pool()), settings.secret(), context.clock());
        var tokens = new AccessTokens(keys, context.clock());
        var passwords = new Passwords();
        var authenticator = new Authenticator(tokens, readSide.directory(), context.clock(), context.loops());
        var authentication = new AuthenticationService(
                writeSide.entities(), passwords, tokens, external.mail().tokens(), limits(context), context.clock());
        var endpoints = endpoints(context, authentication, keys, writeSide, readSide, external, models);
        var api = new HttpApi(
                endpoints,
                authenticator,
                new PostgresIdempotency(database.pool(), context.clock()),
                external.files(),
                new HttpApi.Settings(
                        !settings.isDevelopment(), settings.http().corsOrigins(), settings.managementPort()),
                context.metrics(),
                context.clock(),
                SystemMaterializer.get(context.system()).materializer());
        return new HttpEdge(keys, passwords, authenticator, bind(context, api));
    }

    private static AttemptLimits limits(NodeContext context) {
        var limits = context.settings().limits();
        return new AttemptLimits(
                new LocalRateLimiter(context.clock()),
                new Limit(limits.perAddressPerMinute(), Duration.ofMinutes(1)),
                new Limit(limits.perAccountPerMinute(), Duration.ofMinutes(1)));
    }

    private static List<Endpoint<?, ?>> endpoints(
            NodeContext context,
            AuthenticationService authentication,
            KeyRing keys,
            WriteSide writeSide,
            ReadSide readSide,
            ExternalServices external,
            LanguageModels models) {
        var provider = external.payments().provider();
        var reports = new ProviderReports(
                writeSide.entities(),
                provider,
                new PaymentRecorder(writeSide.entities(), writeSide.discrepancies()),
                writeSide.discrepancies());
        var endpoints = new NodeEndpoints(
                writeSide.entities(),
                readSide.readModel(),
                new NodeEndpoints.Accounts(authentication, keys, readSide.directory()),
                new NodeEndpoints.Language(models.queries(), models.skills(), models.titles()),
                new NodeEndpoints.Files(external.files(), new LocalRateLimiter(context.clock())),
                new NodeEndpoints.Payments(
                        provider, reports, context.settings().payments().feeBasisPoints()));
        return context.settings().isDevelopment()
                ? endpoints.allWith(new NodeEndpoints.Development(
                        new SandboxPages(provider), external.mail().mailer()))
                : endpoints.all();
    }

    private static ServerBinding bind(NodeContext context, HttpApi api) {
        var http = context.settings().http();
        return context.awaitStart(
                Http.get(context.system()).newServerAt(http.host(), http.port()).bind(api::handle),
                "HTTP",
                http.port());
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

    @Override
    public void close() {
        authenticator.close();
    }
}
