package io.guildhall.http.route.account;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.account.AccountCommand.LogOut;
import io.guildhall.domain.account.AccountCommand.LogOutEverywhere;
import io.guildhall.domain.account.AccountOwner;
import io.guildhall.domain.account.AccountRejection;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.account.Session;
import io.guildhall.http.auth.AccessTokens;
import io.guildhall.http.auth.AuthenticationService;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.text.Password;
import io.guildhall.http.text.PlainText;
import io.guildhall.http.text.SingleLine;
import io.guildhall.kernel.EmailAddress;
import io.guildhall.projections.readmodel.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Register, verify an e-mail address, log in and out, and read one's own account. */
public final class AccountEndpoints {
    private static final RegistrationAccepted CHECK_MAIL =
            new RegistrationAccepted("We have sent an e-mail to this address. Follow the link in it, then log in.");

    private final AuthenticationService authentication;
    private final Entities entities;

    public AccountEndpoints(AuthenticationService authentication, Entities entities) {
        this.authentication = authentication;
        this.entities = entities;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post(
                                "/api/auth/register",
                                "Register an account. The response does not reveal whether one exists already.")
                        .accepts(RegisterAccount.class)
                        .returns(202, RegistrationAccepted.class)
                        .problems(422, "weak-password")
                        .problems(429, "too-many-requests")
                        .handledBy(this::register),
                post(
                                "/api/auth/verify",
                                "Verify an e-mail address with the token from the e-mail, which opens the account.")
                        .accepts(VerifyEmail.class)
                        .problems(401, "wrong-credentials")
                        .problems(422, "link-expired", "password-needed")
                        .problems(429, "too-many-requests")
                        .handledBy(call -> authentication.verify(
                                call, call.body().token(), call.body().password())),
                post("/api/auth/login", "Log in. A suspended account can log in too; the response shows the reason.")
                        .accepts(LogIn.class)
                        .returns(200, TokensResource.class)
                        .problems(401, "wrong-credentials")
                        .problems(429, "too-many-requests")
                        .handledBy(this::logIn),
                post(
                                "/api/auth/refresh",
                                "Get a new access token and a new refresh token. The old refresh token becomes invalid.")
                        .accepts(RefreshTokens.class)
                        .returns(200, TokensResource.class)
                        .problems(401, "session-ended")
                        .problems(429, "too-many-requests")
                        .handledBy(this::refresh),
                post("/api/auth/logout", "Log out on this device.")
                        .requiresLogin()
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .handledBy(
                                call -> execute(call, new LogOut(call.caller().session()))),
                post("/api/auth/logout-everywhere", "Log out on all devices.")
                        .requiresLogin()
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .handledBy(call -> execute(call, new LogOutEverywhere())),
                get("/api/me", "Get your account, with the reason if it is suspended.")
                        .requiresLogin()
                        .returns(200, AccountResource.class)
                        .handledBy(this::me),
                get("/api/me/sessions", "List your sessions, one for each device.")
                        .requiresLogin()
                        .returnsPageOf(SessionResource.class)
                        .handledBy(this::sessions));
    }

    public record RegistrationAccepted(String message) {}

    /** @param password of the registration; required if several registrations wait for the address */
    public record VerifyEmail(
            @NotBlank @PlainText(max = 300) String token, Optional<@Password(min = 0) String> password) {}

    /** @param device the user's name for the device, shown in the list of sessions */
    public record LogIn(
            @NotNull EmailAddress email,
            @NotBlank @Password(min = 0) String password,
            Optional<@SingleLine(max = 100) String> device) {}

    public record RefreshTokens(
            @NotBlank @PlainText(max = 300) String refreshToken) {}

    public record TokensResource(
            String accessToken, long expiresInSeconds, String refreshToken, AccountResource account) {
        static TokensResource of(AuthenticationService.Login login) {
            return new TokensResource(
                    login.accessToken(),
                    AccessTokens.LIFETIME.toSeconds(),
                    login.refreshToken(),
                    AccountResource.of(login.account()));
        }
    }

    /** @param suspension present while the account is suspended */
    public record AccountResource(
            String id,
            String email,
            String name,
            String country,
            List<Role> roles,
            Optional<SuspensionResource> suspension) {
        static AccountResource of(Account account) {
            var owner = account.owner().orElseThrow();
            return new AccountResource(
                    owner.id(),
                    owner.email(),
                    owner.name(),
                    owner.country(),
                    owner.roles(),
                    SuspensionResource.of(account));
        }
    }

    /** @param reason as an admin has stated it */
    public record SuspensionResource(String reason, Instant since) {
        static Optional<SuspensionResource> of(Account account) {
            return switch (account) {
                case Account.Suspended it -> Optional.of(new SuspensionResource(it.reason(), it.since()));
                case Account.NotCreated _, Account.Active _ -> Optional.empty();
            };
        }
    }

    public record SessionResource(String id, String device, Instant startedAt, Instant lastUsedAt, boolean current) {
        static SessionResource of(Session session, String current) {
            return new SessionResource(
                    session.id(),
                    session.device(),
                    session.startedAt(),
                    session.lastUsedAt(),
                    session.id().equals(current));
        }
    }

    private CompletionStage<RegistrationAccepted> register(Call<RegisterAccount> call) {
        var it = call.body();
        var roles = it.roles().stream().map(role -> Role.valueOf(role.name())).toList();
        var person = new AccountOwner(call.newId("acc"), it.email().typed(), it.name(), it.country(), roles);
        return authentication.register(call, person, it.password()).thenApply(_ -> CHECK_MAIL);
    }

    private CompletionStage<TokensResource> logIn(Call<LogIn> call) {
        var it = call.body();
        return authentication
                .logIn(call, it.email().canonical(), it.password(), it.device().orElse(""))
                .thenApply(TokensResource::of);
    }

    private CompletionStage<TokensResource> refresh(Call<RefreshTokens> call) {
        return authentication.refresh(call, call.body().refreshToken()).thenApply(TokensResource::of);
    }

    private CompletionStage<AccountResource> me(Call<Void> call) {
        return entities.state(Account.AGGREGATE, call.caller().id())
                .thenApply(AccountEndpoints::registered)
                .thenApply(AccountResource::of);
    }

    private CompletionStage<Page<SessionResource>> sessions(Call<Void> call) {
        return entities.state(Account.AGGREGATE, call.caller().id())
                .thenApply(AccountEndpoints::registered)
                .thenApply(account -> new Page<>(
                        account.findSessions().list().stream()
                                .map(session -> SessionResource.of(
                                        session, call.caller().session()))
                                .toList(),
                        Optional.empty()));
    }

    private static Account registered(Account account) {
        if (account.owner().isEmpty()) throw AuthenticationService.sessionEnded();
        return account;
    }

    private CompletionStage<Void> execute(Call<?> call, AccountCommand command) {
        return entities.execute(
                        call.correlation(), Account.AGGREGATE, call.caller().id(), command)
                .thenAccept(outcome -> {
                    if (outcome instanceof Outcome.Rejected<Account, AccountRejection>(var reason)
                            && reason == AccountRejection.NOT_REGISTERED) throw AuthenticationService.sessionEnded();
                    AuthenticationService.stateOrThrow(outcome);
                });
    }
}
