package io.guildhall.http.route.account;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.guildhall.actors.Entities;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountOwner;
import io.guildhall.domain.account.Role;
import io.guildhall.http.auth.AuthenticationService;
import io.guildhall.http.auth.SessionService;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.text.Password;
import io.guildhall.http.text.PlainText;
import io.guildhall.http.text.SingleLine;
import io.guildhall.kernel.EmailAddress;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Register, verify an e-mail address, log in, refresh tokens, and read one's own account. */
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
                        .returns(200, LoginResource.class)
                        .problems(401, "wrong-credentials", "session-ended")
                        .problems(429, "too-many-requests")
                        .handledBy(this::logIn),
                post(
                                "/api/auth/refresh",
                                "Get a new access token and the next refresh token. Within 10 seconds, all requests with the same refresh token get the same next one, so that several tabs can refresh at the same time. Later, a refresh token that was used before ends the session, and the owner gets an e-mail.")
                        .accepts(RefreshTokens.class)
                        .returns(200, TokensResource.class)
                        .problems(401, "session-ended")
                        .problems(429, "too-many-requests")
                        .handledBy(this::refresh),
                get("/api/me", "Get your account, with the reason if it is suspended.")
                        .requiresLogin()
                        .returns(200, AccountResource.class)
                        .handledBy(this::me));
    }

    public record RegistrationAccepted(String message) {}

    /** @param password of the registration; required if several registrations wait for the address */
    public record VerifyEmail(
            @NotBlank @PlainText(max = 300) String token, Optional<@Password(min = 0) String> password) {}

    /**
     * @param device the user's name for the device, shown in the list of sessions
     * @param deviceToken that an earlier login on the device has returned
     */
    public record LogIn(
            @NotNull EmailAddress email,
            @NotBlank @Password(min = 0) String password,
            Optional<@SingleLine(max = 100) String> device,
            Optional<@PlainText(max = 100) String> deviceToken) {}

    public record RefreshTokens(
            @NotBlank @PlainText(max = 300) String refreshToken) {}

    public record TokensResource(
            String accessToken, long expiresInSeconds, String refreshToken, AccountResource account) {
        static TokensResource of(SessionService.Tokens tokens) {
            return new TokensResource(
                    tokens.access().token(),
                    tokens.access().lifetime().toSeconds(),
                    tokens.refreshToken(),
                    AccountResource.of(tokens.account()));
        }
    }

    /** @param deviceToken identifies the device at the next login */
    public record LoginResource(@JsonUnwrapped TokensResource tokens, String deviceToken) {}

    /**
     * @param verified whether the owner has proved to own the e-mail address: so far, this opens the account
     * @param suspension present while the account is suspended
     */
    public record AccountResource(
            String id,
            String email,
            String name,
            String country,
            List<Role> roles,
            boolean verified,
            boolean premium,
            PreferencesResource preferences,
            Optional<SuspensionResource> suspension) {
        static AccountResource of(Account account) {
            var owner = account.owner().orElseThrow();
            return new AccountResource(
                    owner.id(),
                    owner.email(),
                    owner.name(),
                    owner.country(),
                    owner.roles(),
                    true,
                    account.hasPremium(),
                    PreferencesResource.PATHS,
                    SuspensionResource.of(account));
        }
    }

    /** The paths of the account's preferences. */
    public record PreferencesResource(String notifications, String presence, String mailAddress) {
        private static final PreferencesResource PATHS =
                new PreferencesResource("/api/me/notification-preferences", "/api/me/presence", "/api/me/mail-address");
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

    private CompletionStage<RegistrationAccepted> register(Call<RegisterAccount> call) {
        var it = call.body();
        var roles = it.roles().stream().map(role -> Role.valueOf(role.name())).toList();
        var person = new AccountOwner(call.newId("acc"), it.email().typed(), it.name(), it.country(), roles);
        return authentication.register(call, person, it.password()).thenApply(_ -> CHECK_MAIL);
    }

    private CompletionStage<LoginResource> logIn(Call<LogIn> call) {
        var it = call.body();
        var device = new SessionService.Device(it.device().filter(name -> !name.isBlank()), it.deviceToken());
        return authentication
                .logIn(call, it.email().canonical(), it.password(), device)
                .thenApply(login -> new LoginResource(TokensResource.of(login.tokens()), login.deviceToken()));
    }

    private CompletionStage<TokensResource> refresh(Call<RefreshTokens> call) {
        return authentication.refresh(call, call.body().refreshToken()).thenApply(TokensResource::of);
    }

    private CompletionStage<AccountResource> me(Call<Void> call) {
        return entities.state(Account.AGGREGATE, call.caller().id())
                .thenApply(AccountEndpoints::registered)
                .thenApply(AccountResource::of);
    }

    private static Account registered(Account account) {
        if (account.owner().isEmpty()) throw AuthenticationService.sessionEnded();
        return account;
    }
}
