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
import io.guildhall.domain.account.Person;
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

/** Registering, proving one's e-mail, logging in and staying so. Neither answer nor time tells a stranger whether an account exists. */
public final class AuthenticationService {
    private static final int NONCE_BYTES = 16;

    private final Entities entities;
    private final Passwords passwords;
    private final AccessTokens tokens;
    private final MailTokens mailTokens;
    private final AttemptLimits limits;
    private final InstantSource clock;
    private final SecureRandom chance = new SecureRandom();

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

    public record Applicant(String id, String email, String password, String name, String country, List<Role> roles) {}

    /** What a client holds after it was let in. */
    public record Pass(String accessToken, String refreshToken, Person person) {}

    public CompletionStage<Void> register(Call<?> call, Applicant who) {
        limits.address("register", call.clientAddress());
        var address = AccountAddress.of(who.email());
        limits.account("register", address);
        var nonce = new byte[NONCE_BYTES];
        chance.nextBytes(nonce);
        return passwords
                .hash(who.password())
                .thenCompose(hash -> entities.execute(
                        call.correlation(),
                        Account.AGGREGATE,
                        address,
                        new Register(
                                who.id(),
                                AccountAddress.normalise(who.email()),
                                who.name(),
                                who.country(),
                                who.roles(),
                                hash,
                                Base64.getUrlEncoder().withoutPadding().encodeToString(nonce))))
                .thenAccept(AuthenticationService::doneOrProblem);
    }

    public CompletionStage<Void> verify(Call<?> call, String token) {
        var claim = mailTokens.read(token).orElseThrow(() -> problem(AccountRejection.LINK_EXPIRED));
        return entities.execute(call.correlation(), Account.AGGREGATE, claim.address(), new Verify(claim.nonce()))
                .thenAccept(AuthenticationService::doneOrProblem);
    }

    public CompletionStage<Pass> logIn(Call<?> call, String email, String password, String device) {
        limits.address("login", call.clientAddress());
        var address = AccountAddress.of(email);
        limits.account("login", address);
        return entities.state(Account.AGGREGATE, address).thenCompose(account -> {
            var hash = account.knownHash().orElse(passwords.nobodys());
            return passwords.matches(password, hash).thenCompose(matches -> {
                if (!matches || account.knownHash().isEmpty()) throw problem(AccountRejection.WRONG_PASSWORD);
                var session = Ids.mint("ses", clock.instant(), chance);
                var token = RefreshToken.fresh(address, session, chance);
                return entities.execute(
                                call.correlation(),
                                Account.AGGREGATE,
                                address,
                                new LogIn(hash, session, token.hash(), device))
                        .thenApply(outcome -> pass(doneOrProblem(outcome), token));
            });
        });
    }

    public CompletionStage<Pass> refresh(Call<?> call, String refreshToken) {
        limits.address("refresh", call.clientAddress());
        var used = RefreshToken.parse(refreshToken).orElseThrow(() -> problem(AccountRejection.SESSION_ENDED));
        var fresh = RefreshToken.fresh(used.address(), used.session(), chance);
        return entities.execute(
                        call.correlation(),
                        Account.AGGREGATE,
                        used.address(),
                        new Refresh(used.session(), used.hash(), fresh.hash()))
                .thenApply(outcome -> {
                    var account = doneOrProblem(outcome);
                    // A token that was used before has ended its session.
                    if (!holds(account, fresh)) throw problem(AccountRejection.SESSION_ENDED);
                    return pass(account, fresh);
                });
    }

    private static boolean holds(Account account, RefreshToken token) {
        return switch (account) {
            case Account.Active it ->
                it.sessions()
                        .find(token.session())
                        .filter(session -> session.holds(token.hash()))
                        .isPresent();
            case Account.NotCreated _, Account.Unverified _, Account.Barred _ -> false;
        };
    }

    private Pass pass(Account account, RefreshToken token) {
        var person = account.owner().orElseThrow();
        var roles = EnumSet.noneOf(Role.class);
        roles.addAll(person.roles());
        var caller = new Caller(person.id(), token.address(), token.session(), roles);
        return new Pass(tokens.issue(caller), token.text(), person);
    }

    public static Account doneOrProblem(Outcome<Account, AccountRejection> outcome) {
        return switch (outcome) {
            case Outcome.Done<Account, AccountRejection> done -> done.state();
            case Outcome.Refused<Account, AccountRejection> refused -> throw problem(refused.reason());
        };
    }

    private static Problem problem(AccountRejection reason) {
        return switch (reason) {
            case NOT_REGISTERED, WRONG_PASSWORD ->
                new Problem(401, "wrong-credentials", "E-mail or password is wrong.");
            case NOT_VERIFIED ->
                new Problem(403, "email-not-verified", "Follow the link in the mail that we sent you, then log in.");
            case LINK_EXPIRED -> new Problem(422, "link-expired", "This link is not good any more; register again.");
            case SESSION_ENDED -> new Problem(401, "session-ended", "This session is over; log in again.");
            case SUSPENDED -> new Problem(403, "account-suspended", "This account is suspended; ask the operators.");
            case ROLE_NOT_FOR_THE_ASKING ->
                new Problem(403, "role-not-for-the-asking", "One registers as CLIENT, FREELANCER or both.");
            case NO_ROLE -> new Problem(422, "no-role", "Choose CLIENT, FREELANCER or both.");
        };
    }
}
