package io.guildhall.http.route;

import io.guildhall.actors.Entities;
import io.guildhall.http.auth.AuthenticationService;
import io.guildhall.http.auth.KeyRing;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.route.account.AccountEndpoints;
import io.guildhall.http.route.admin.AdminEndpoints;
import io.guildhall.http.route.dev.DevEndpoints;
import io.guildhall.http.route.keys.KeyEndpoints;
import io.guildhall.http.route.sandbox.SandboxEndpoints;
import io.guildhall.payment.PaymentRecorder;
import io.guildhall.port.FileStore;
import io.guildhall.port.JobTitles;
import io.guildhall.port.Mailer;
import io.guildhall.port.PaymentGateway;
import io.guildhall.port.QueryInterpreter;
import io.guildhall.port.RateLimiter;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.readmodel.account.AccountDirectory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every endpoint that a node serves. */
public final class NodeEndpoints {
    private NodeEndpoints() {}

    /** What they work with. */
    public record Parts(
            Entities entities,
            AuthenticationService door,
            KeyRing keys,
            AccountDirectory directory,
            ReadModel lists,
            QueryInterpreter queries,
            Skills skills,
            JobTitles titles,
            FileStore files,
            RateLimiter limiter,
            PaymentGateway gateway,
            PaymentRecorder news) {}

    /** What plays the outside world in development; never there in production. */
    public record Stage(SandboxEndpoints.Pages provider, Mailer.Outbox outbox) {
        private Stream<List<Endpoint<?, ?>>> all() {
            return Stream.of(new SandboxEndpoints(provider).all(), new DevEndpoints(outbox).all());
        }
    }

    public static List<Endpoint<?, ?>> of(Parts parts, Optional<Stage> stage) {
        var served = Stream.of(
                new AccountEndpoints(parts.door, parts.entities).all(),
                new AdminEndpoints(parts.entities, parts.directory).all(),
                new KeyEndpoints(parts.keys).all(),
                MarketEndpoints.of(parts));
        return Stream.concat(served, stage.stream().flatMap(Stage::all))
                .<Endpoint<?, ?>>flatMap(List::stream)
                .toList();
    }
}
