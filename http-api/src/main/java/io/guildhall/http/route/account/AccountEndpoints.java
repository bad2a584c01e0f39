package io.guildhall.http.route.account;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.account.AccountCommand.LogOut;
import io.guildhall.domain.account.AccountCommand.LogOutEverywhere;
import io.guildhall.domain.account.AccountRejection;
import io.guildhall.domain.account.Person;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.account.Session;
import io.guildhall.http.auth.AccessTokens;
import io.guildhall.http.auth.AuthenticationService;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.projections.readmodel.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What one may do about one's own account. */
public final class AccountEndpoints {
    private static final Accepted CHECK_MAIL =
            new Accepted("We have sent a mail to this address; follow the link in it, then log in.");

    private final AuthenticationService door;
    private final Entities entities;

    public AccountEndpoints(AuthenticationService door, Entities entities) {
        this.door = door;
        this.entities = entities;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post("/api/auth/register", "Register; the answer does not tell whether there is an account already")
                        .accepts(Registration.class)
                        .returns(202, Accepted.class)
                        .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                        .problems(429, "too-many-requests")
                        .handledBy(this::register),
                post("/api/auth/verify", "Prove that the e-mail is yours, with the token from the mail")
                        .accepts(Verification.class)
                        .problems(422, "link-expired")
                        .handledBy(call -> door.verify(call, call.body().token())),
                post("/api/auth/login", "Log in")
                        .accepts(Credentials.class)
                        .returns(200, LoggedIn.class)
                        .problems(401, "wrong-credentials")
                        .problems(403, "email-not-verified", "account-suspended")
                        .problems(429, "too-many-requests")
                        .handledBy(this::logIn),
                post("/api/auth/refresh", "Get a new access token; the refresh token is used up and replaced")
                        .accepts(Refreshing.class)
                        .returns(200, LoggedIn.class)
                        .problems(401, "session-ended")
                        .problems(429, "too-many-requests")
                        .handledBy(this::refresh),
                post("/api/auth/logout", "Log out on this device")
                        .requiresLogin()
                        .handledBy(
                                call -> execute(call, new LogOut(call.caller().session()))),
                post("/api/auth/logout-everywhere", "Log out on all devices")
                        .requiresLogin()
                        .handledBy(call -> execute(call, new LogOutEverywhere())),
                get("/api/me", "Your account")
                        .requiresLogin()
                        .returns(200, Me.class)
                        .handledBy(this::me),
                get("/api/me/sessions", "The devices on which you are logged in")
                        .requiresLogin()
                        .returnsPageOf(Device.class)
                        .handledBy(this::sessions));
    }

    public record Accepted(String message) {}

    public record Verification(@NotBlank @Size(max = 300) String token) {}

    /** @param device how the person calls it, to tell it from others later */
    public record Credentials(
            @NotBlank @Size(max = 254) String email,
            @NotBlank @Size(max = 200) String password,
            @Size(max = 100) String device) {}

    public record Refreshing(@NotBlank @Size(max = 300) String refreshToken) {}

    public record LoggedIn(String accessToken, long expiresInSeconds, String refreshToken, Me account) {
        static LoggedIn of(AuthenticationService.Login pass) {
            return new LoggedIn(
                    pass.accessToken(), AccessTokens.LIFETIME.toSeconds(), pass.refreshToken(), Me.of(pass.person()));
        }
    }

    public record Me(String id, String email, String name, String country, List<Role> roles) {
        static Me of(Person person) {
            return new Me(person.id(), person.email(), person.name(), person.country(), person.roles());
        }
    }

    public record Device(String id, String device, Instant startedAt, Instant lastUsedAt, boolean current) {
        static Device of(Session session, String current) {
            return new Device(
                    session.id(),
                    session.device(),
                    session.startedAt(),
                    session.lastUsedAt(),
                    session.id().equals(current));
        }
    }

    private CompletionStage<Accepted> register(Call<Registration> call) {
        var it = call.body();
        var roles = it.roles().stream().map(role -> Role.valueOf(role.name())).toList();
        var applicant = new AuthenticationService.NewAccount(
                call.newId("acc"), it.email(), it.password(), it.name(), it.country(), roles);
        return door.register(call, applicant).thenApply(_ -> CHECK_MAIL);
    }

    private CompletionStage<LoggedIn> logIn(Call<Credentials> call) {
        var it = call.body();
        var device = it.device() == null ? "" : it.device();
        return door.logIn(call, it.email(), it.password(), device).thenApply(LoggedIn::of);
    }

    private CompletionStage<LoggedIn> refresh(Call<Refreshing> call) {
        return door.refresh(call, call.body().refreshToken()).thenApply(LoggedIn::of);
    }

    private CompletionStage<Me> me(Call<Void> call) {
        return entities.state(Account.AGGREGATE, call.caller().address())
                .thenApply(account -> account.owner().map(Me::of).orElseThrow(AccountEndpoints::gone));
    }

    private CompletionStage<Page<Device>> sessions(Call<Void> call) {
        return entities.state(Account.AGGREGATE, call.caller().address()).thenCompose(account -> switch (account) {
            case Account.Active it ->
                completedFuture(new Page<>(
                        it.sessions().list().stream()
                                .map(session -> Device.of(session, call.caller().session()))
                                .toList(),
                        Optional.empty()));
            case Account.NotCreated _, Account.Unverified _, Account.Suspended _ -> throw gone();
        });
    }

    private CompletionStage<Void> execute(Call<?> call, AccountCommand command) {
        return entities.execute(
                        call.correlation(), Account.AGGREGATE, call.caller().address(), command)
                .thenAccept(outcome -> {
                    if (outcome instanceof Outcome.Refused<Account, AccountRejection>(var reason)
                            && reason == AccountRejection.NOT_REGISTERED) throw gone();
                    AuthenticationService.stateOrThrow(outcome);
                });
    }

    private static Problem gone() {
        return new Problem(401, "session-ended", "This session is over; log in again.");
    }
}
