package io.guildhall.http.auth;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountCommand.Open;
import io.guildhall.domain.account.AccountOwner;
import io.guildhall.domain.account.AccountRejection;
import io.guildhall.domain.email.Email;
import io.guildhall.domain.email.EmailCommand.Register;
import io.guildhall.domain.email.EmailCommand.Verify;
import io.guildhall.domain.email.EmailRejection;
import io.guildhall.http.auth.SessionService.Device;
import io.guildhall.http.auth.SessionService.Login;
import io.guildhall.http.auth.SessionService.Tokens;
import io.guildhall.http.endpoint.AccountLimit;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.port.MailTokens;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Registration, e-mail verification, login and refresh. Neither responses nor their timing reveal whether an account
 * exists.
 */
public final class AuthenticationService {
    /** Of endpoints that check the password, so that it cannot be guessed with a stolen session. */
    public static final AccountLimit PASSWORD_CHECKS =
            AccountLimit.perHour("password-checks", 20, "made too many requests with a password");

    private static final int NONCE_BYTES = 16;
    /** More than it takes to read an address and an account that are not in memory. */
    private static final Duration LOOKUP_TIME = Duration.ofMillis(50);
    /** More than it takes to read an address that is not in memory, and to record an event. */
    private static final Duration RECORDING_TIME = Duration.ofMillis(100);

    private final Entities entities;
    private final Passwords passwords;
    private final SessionService sessions;
    private final MailTokens mailTokens;
    private final AttemptLimits limits;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public AuthenticationService(
            Entities entities,
            Passwords passwords,
            SessionService sessions,
            MailTokens mailTokens,
            AttemptLimits limits,
            InstantSource clock) {
        this.entities = entities;
        this.passwords = passwords;
        this.sessions = sessions;
        this.mailTokens = mailTokens;
        this.limits = limits;
        this.clock = clock;
    }

    public CompletionStage<Void> register(Call<?> call, AccountOwner person, String password) {
        var email = Email.id(person.email());
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return limits.checkAddress("register", call.clientAddress())
                .thenCompose(_ -> passwords.requireStrong(password, List.of(person.name(), person.email())))
                // A password that is refused uses up no registration of the address.
                .thenCompose(_ -> limits.checkRegistration(call.clientAddress(), email))
                .thenCompose(_ -> passwords.hash(password))
                .thenCompose(hash -> takeAtLeast(
                        RECORDING_TIME,
                        entities.execute(
                                call.correlation(),
                                Email.AGGREGATE,
                                email,
                                new Register(
                                        person,
                                        hash,
                                        Base64.getUrlEncoder().withoutPadding().encodeToString(nonce)))))
                .thenAccept(AuthenticationService::emailOrThrow);
    }

    /**
     * Verifies an e-mail address, and opens the account of the registration, so that the user can log in immediately. A
     * process opens it too, if this node fails before.
     *
     * @param password required if several users have registered with the address
     */
    public CompletionStage<Void> verify(Call<?> call, String token, Optional<String> password) {
        var claim = mailTokens.verify(token).orElseThrow(() -> problem(EmailRejection.LINK_EXPIRED));
        return limits.checkAddress("verify", call.clientAddress())
                .thenCompose(_ -> entities.state(Email.AGGREGATE, claim.emailId()))
                .thenCompose(email -> {
                    var registrations = registrations(email);
                    return matchedHash(registrations, password)
                            .thenCompose(hash -> entities.execute(
                                    call.correlation(),
                                    Email.AGGREGATE,
                                    claim.emailId(),
                                    new Verify(claim.nonce(), hash)))
                            .thenCompose(outcome -> openAccount(call, registrations, emailOrThrow(outcome)));
                });
    }

    private List<Email.Registration> registrations(Email email) {
        return switch (email) {
            case Email.Unowned unowned -> unowned.registrations(clock.instant());
            case Email.Owned _, Email.Kept _ -> List.of();
        };
    }

    /** The hash of the registration with this password. Fails if there are registrations, and none has it. */
    private CompletionStage<Optional<String>> matchedHash(
            List<Email.Registration> registrations, Optional<String> password) {
        if (password.isEmpty() || registrations.isEmpty()) return completedFuture(Optional.empty());
        var hash = registrations.getFirst().passwordHash();
        return passwords.matches(password.get(), hash).thenCompose(matches -> {
            if (matches) return completedFuture(Optional.of(hash));
            if (registrations.size() == 1) throw problem(AccountRejection.WRONG_PASSWORD);
            return matchedHash(registrations.subList(1, registrations.size()), password);
        });
    }

    private CompletionStage<Void> openAccount(Call<?> call, List<Email.Registration> registrations, Email email) {
        return registrations.stream()
                .filter(it -> email.owner().equals(Optional.of(it.person().id())))
                .findFirst()
                .map(it -> entities.execute(
                                call.correlation(),
                                Account.AGGREGATE,
                                it.person().id(),
                                new Open(it.person(), it.passwordHash()))
                        .thenAccept(AuthenticationService::stateOrThrow))
                .orElseGet(() -> completedFuture(null));
    }

    public CompletionStage<Login> logIn(Call<?> call, String email, String password, Device device) {
        var emailId = Email.id(email);
        return limits.checkLogin(call.clientAddress(), emailId)
                .thenCompose(_ -> takeAtLeast(LOOKUP_TIME, findAccount(emailId)))
                .thenCompose(account -> startSession(call, account, password, device));
    }

    /** The account that owns an address. Reads an account that does not exist if there is none. */
    private CompletionStage<Account> findAccount(String emailId) {
        return entities.state(Email.AGGREGATE, emailId)
                .thenApply(it -> it.owner().orElseGet(() -> "acc_" + emailId.substring(0, 26)))
                .thenCompose(accountId -> entities.state(Account.AGGREGATE, accountId));
    }

    private CompletionStage<Login> startSession(Call<?> call, Account account, String password, Device device) {
        var hash = account.passwordHashForLogIn().orElse(passwords.unmatchableHash());
        return passwords.matches(password, hash).thenCompose(matches -> {
            if (!matches || account.owner().isEmpty()) throw problem(AccountRejection.WRONG_PASSWORD);
            return sessions.start(call, account, device);
        });
    }

    /** Hides how long a step takes, since an entity in memory responds sooner than one that is read first. */
    private static <T> CompletionStage<T> takeAtLeast(Duration time, CompletionStage<T> step) {
        var end = new CompletableFuture<Boolean>().completeOnTimeout(true, time.toMillis(), MILLISECONDS);
        return step.thenCombineAsync(end, (result, _) -> result);
    }

    public CompletionStage<Tokens> refresh(Call<?> call, String refreshToken) {
        return limits.checkAddress("refresh", call.clientAddress())
                .thenCompose(_ -> sessions.refresh(call, refreshToken));
    }

    /**
     * Checks that a caller knows the password of the account, in addition to having a session.
     *
     * @throws Problem (in the stage) 403 if it is another password
     */
    public CompletionStage<Void> requirePassword(Caller caller, String password) {
        return entities.state(Account.AGGREGATE, caller.id())
                .thenCompose(account -> passwords.matches(
                        password, account.passwordHashForLogIn().orElse(passwords.unmatchableHash())))
                .thenAccept(matches -> {
                    if (!matches)
                        throw new Problem(
                                403,
                                "wrong-password",
                                "This is not your password. Enter the password of your account.");
                });
    }

    public static Account stateOrThrow(Outcome<Account, AccountRejection> outcome) {
        return switch (outcome) {
            case Outcome.Done<Account, AccountRejection> done -> done.state();
            case Outcome.Rejected<Account, AccountRejection> refused -> throw problem(refused.reason());
        };
    }

    private static Email emailOrThrow(Outcome<Email, EmailRejection> outcome) {
        return switch (outcome) {
            case Outcome.Done<Email, EmailRejection> done -> done.state();
            case Outcome.Rejected<Email, EmailRejection> refused -> throw problem(refused.reason());
        };
    }

    /** The problem for a token of a session that has ended. */
    public static Problem sessionEnded() {
        return new Problem(401, "session-ended", "This session has ended. Log in again.");
    }

    private static Problem problem(AccountRejection reason) {
        return switch (reason) {
            case NOT_REGISTERED, WRONG_PASSWORD ->
                new Problem(
                        401,
                        "wrong-credentials",
                        "Wrong e-mail or password. If you have registered recently, follow the link in the verification"
                                + " e-mail first.");
            case SESSION_ENDED -> sessionEnded();
            case SUSPENDED, OWN_ACCOUNT ->
                throw new IllegalArgumentException("not a rejection of a user's own command");
        };
    }

    private static Problem problem(EmailRejection reason) {
        return switch (reason) {
            case LINK_EXPIRED -> new Problem(422, "link-expired", "This link has expired. Log in, or register again.");
            case PASSWORD_NEEDED ->
                new Problem(
                        422,
                        "password-needed",
                        "Several registrations wait for this e-mail address. Repeat the request with the password of yours.");
            case ROLE_NOT_SELF_ASSIGNABLE ->
                new Problem(403, "role-not-for-the-asking", "Register as CLIENT, FREELANCER or both.");
            case NO_ROLE -> new Problem(422, "no-role", "Choose CLIENT, FREELANCER or both.");
            case NOT_OWNER -> throw new IllegalArgumentException("not a rejection of a registration");
        };
    }
}
