package io.guildhall.http.route.account;

import static io.guildhall.http.endpoint.Endpoint.delete;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.http.auth.SessionService;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.account.SessionRow;
import io.guildhall.projections.readmodel.account.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** List one's own sessions, and end them. */
public final class SessionEndpoints {
    private final SessionService service;
    private final Sessions sessions;

    public SessionEndpoints(SessionService service, Sessions sessions) {
        this.service = service;
        this.sessions = sessions;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post("/api/auth/logout", "Log out on this device.")
                        .requiresLogin()
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .handledBy(
                                call -> service.end(call.caller(), call.caller().session())
                                        .thenAccept(_ -> {})),
                post("/api/auth/logout-everywhere", "Log out on all devices.")
                        .requiresLogin()
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .handledBy(service::endAll),
                get(
                                "/api/me/sessions",
                                "List your open sessions, newest first. A session expires 30 days after its login.")
                        .requiresLogin()
                        .returnsPageOf(SessionResource.class)
                        .handledBy(this::list),
                delete(
                                "/api/me/sessions/{sessionId}",
                                "End a session. Its access token is rejected within about a second.")
                        .requiresLogin()
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .handledBy(this::end),
                post("/api/me/sessions/end-others", "End all your sessions but the current one.")
                        .requiresLogin()
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .handledBy(call -> service.endOthers(call.caller())));
    }

    /**
     * @param device the user's name for it
     * @param current whether it is the session of the request
     */
    public record SessionResource(
            String id,
            Optional<String> device,
            String application,
            String network,
            Instant startedAt,
            Instant lastUsedAt,
            Instant expiresAt,
            boolean current) {
        static SessionResource of(SessionRow row, String current) {
            return new SessionResource(
                    row.id(),
                    row.device(),
                    row.application(),
                    row.network(),
                    row.startedAt(),
                    row.lastUsedAt(),
                    row.expiresAt(),
                    row.id().equals(current));
        }
    }

    private CompletionStage<Page<SessionResource>> list(Call<Void> call) {
        var caller = call.caller();
        return sessions.ofAccount(caller.id(), call.requestedAt(), call.page())
                .thenApply(page -> page.map(it -> SessionResource.of(it, caller.session())));
    }

    private CompletionStage<Void> end(Call<Void> call) {
        return service.end(call.caller(), call.pathId("sessionId", "ses")).thenAccept(isKnown -> {
            if (!isKnown) throw new Problem(404, "not-found", "No such resource.");
        });
    }
}
