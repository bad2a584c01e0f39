package io.guildhall.http.auth;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountAddress;
import io.guildhall.domain.account.AccountCommand.LogIn;
import io.guildhall.domain.account.AccountCommand.Refresh;
import io.guildhall.domain.account.AccountCommand.Register;
import io.guildhall.domain.account.AccountCommand.Verify;
import io.guildhall.domain.account.AccountRejection;
import io.guildhall.domain.account.Role;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.kernel.Ids;
import io.guildhall.port.MailTokens;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Registration, e-mail verification, login and refresh. Neither responses nor their timing reveal whether an account
 * exists.
 */
public final class AuthenticationService {
    private static final int NONCE_BYTES = 16;

    private final Entities entities;
    private final Passwords passwords;
    private final AccessTokens tokens;
    private final MailTokens mailTokens;
    private final AttemptLimits limits;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public AuthenticationService(
            Entities entities,
            Passwords passwords,
            AccessTokens tokens,
            MailTokens mailTokens,
            AttemptLimits limits,
            InstantSource clock) {
        this.entities = entities;
        this.passwords = passwords;
        this.tokens = tokens;
        this.mailTokens = mailTokens;
        this.limits = limits;
        this.clock = clock;
    }

    public record NewAccount(String id, String email, String password, String name, String country, List<Role> roles) {}

    /** The tokens of a session. */
    public record Login(String accessToken, String refreshToken, Account account) {}

    public CompletionStage<Void> register(Call<?> call, NewAccount account) {
        var address = AccountAddress.fromEmail(account.email());
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return limits.checkRegistration(call.clientAddress(), address)
                .thenCompose(_ -> passwords.hashNew(account.password(), List.of(account.name(), account.email())))
                .thenCompose(hash -> entities.execute(
                        call.correlation(),
                        Account.AGGREGATE,
                        address,
                        new Register(
                                account.id(),
                                AccountAddress.normalise(account.email()),
                                account.name(),
                                account.country(),
                                account.roles(),
                                hash,
                                Base64.getUrlEncoder().withoutPadding().encodeToString(nonce))))
                .thenAccept(AuthenticationService::stateOrThrow);
    }

    public CompletionStage<Void> verify(Call<?> call, String token) {
        var claim = mailTokens.verify(token).orElseThrow(() -> problem(AccountRejection.LINK_EXPIRED));
        return entities.execute(call.correlation(), Account.AGGREGATE, claim.address(), new Verify(claim.nonce()))
                .thenAccept(AuthenticationService::stateOrThrow);
    }

    public CompletionStage<Login> logIn(Call<?> call, String email, String password, String device) {
        var address = AccountAddress.fromEmail(email);
        return limits.checkLogin(call.clientAddress(), address)
                .thenCompose(_ -> entities.state(Account.AGGREGATE, address))
                .thenCompose(account -> {
                    var hash = account.passwordHashForLogIn().orElse(passwords.unmatchableHash());
                    return passwords.matches(password, hash).thenCompose(matches -> {
                        if (!matches || account.passwordHashForLogIn().isEmpty())
                            throw problem(AccountRejection.WRONG_PASSWORD);
                        var session = Ids.generate("ses", clock.instant(), random);
                        var token = RefreshToken.create(address, session, random);
                        return entities.execute(
                                        call.correlation(),
                                        Account.AGGREGATE,
                                        address,
                                        new LogIn(hash, session, token.hash(), device))
                                .thenApply(outcome -> login(stateOrThrow(outcome), token));
                    });
                });
    }

    public CompletionStage<Login> refresh(Call<?> call, String refreshToken) {
        return limits.checkAddress("refresh", call.clientAddress())
                .thenCompose(_ -> refreshWithinLimit(call, refreshToken));
    }

    private CompletionStage<Login> refreshWithinLimit(Call<?> call, String refreshToken) {
        var used = RefreshToken.parse(refreshToken).orElseThrow(() -> problem(AccountRejection.SESSION_ENDED));
        var next = RefreshToken.create(used.address(), used.session(), random);
        return entities.execute(
                        call.correlation(),
                        Account.AGGREGATE,
                        used.address(),
                        new Refresh(used.session(), used.hash(), next.hash()))
                .thenApply(outcome -> {
                    var account = stateOrThrow(outcome);
                    // A refresh token that was used before ends its session.
                    if (!holds(account, next)) throw problem(AccountRejection.SESSION_ENDED);
                    return login(account, next);
                });
    }

    private static boolean holds(Account account, RefreshToken token) {
        return account.findSessions()
                .find(token.session())
                .filter(session -> session.hasToken(token.hash()))
                .isPresent();
    }

    private Login login(Account account, RefreshToken token) {
        var owner = account.owner().orElseThrow();
        var roles = EnumSet.noneOf(Role.class);
        roles.addAll(owner.roles());
        var caller = new Caller(owner.id(), token.address(), token.session(), roles);
        return new Login(tokens.issue(caller), token.text(), account);
    }

    public static Account stateOrThrow(Outcome<Account, AccountRejection> outcome) {
        return switch (outcome) {
            case Outcome.Done<Account, AccountRejection> done -> done.state();
            case Outcome.Rejected<Account, AccountRejection> refused -> throw problem(refused.reason());
        };
    }

    /** The problem for a token of a session that has ended. */
    public static Problem sessionEnded() {
        return new Problem(401, "session-ended", "This session has ended. Log in again.");
    }

    private static Problem problem(AccountRejection reason) {
        return switch (reason) {
            case NOT_REGISTERED, WRONG_PASSWORD -> new Problem(401, "wrong-credentials", "Wrong e-mail or password.");
            case NOT_VERIFIED ->
                new Problem(403, "email-not-verified", "Follow the link in the verification e-mail, then log in.");
            case LINK_EXPIRED -> new Problem(422, "link-expired", "This link has expired. Register again.");
            case SESSION_ENDED -> sessionEnded();
            case ROLE_NOT_SELF_ASSIGNABLE ->
                new Problem(403, "role-not-for-the-asking", "Register as CLIENT, FREELANCER or both.");
            case NO_ROLE -> new Problem(422, "no-role", "Choose CLIENT, FREELANCER or both.");
            case SUSPENDED, OWN_ACCOUNT ->
                throw new IllegalArgumentException("not a rejection of a user's own command");
        };
    }
}
