package io.guildhall.http.auth;

import static java.util.concurrent.CompletableFuture.failedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountCommand.LogIn;
import io.guildhall.domain.account.AccountCommand.LogOutEverywhere;
import io.guildhall.domain.account.AccountCommand.ReportReusedToken;
import io.guildhall.domain.account.Role;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.network.ClientNetworks;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.RandomTokens;
import io.guildhall.kernel.Sha256;
import io.guildhall.projections.readmodel.account.Sessions;
import io.guildhall.projections.readmodel.account.Sessions.NewSession;
import io.guildhall.projections.readmodel.account.Sessions.Refresh;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Starts, refreshes and ends sessions. The sessions are rows. An account records only the end of all its sessions, each new
 * device, and tokens that were used twice: on a known device, a login and a refresh write nothing to the journal.
 */
public final class SessionService {
    /** As {@link RandomTokens} creates them. */
    private static final Pattern DEVICE_TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final Entities entities;
    private final Sessions sessions;
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public SessionService(
            Entities entities,
            Sessions sessions,
            AccessTokens accessTokens,
            RefreshTokens refreshTokens,
            InstantSource clock) {
        this.entities = entities;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.clock = clock;
    }

    /**
     * The device of a login, as its client describes it.
     *
     * @param name the user's name for it
     * @param token that an earlier login on the device returned, of this or another account
     */
    public record Device(Optional<String> name, Optional<String> token) {}

    /** The tokens of a session, and its account. */
    public record Tokens(AccessTokens.Issued access, String refreshToken, Account account) {}

    /** @param deviceToken identifies the device at later logins */
    public record Login(Tokens tokens, String deviceToken) {}

    /**
     * Starts a session of an account whose password was checked.
     *
     * @param checked the state of the account whose password hash has matched: the login fails if its password was changed
     *     or all its sessions were ended since
     */
    CompletionStage<Login> start(Call<?> call, Account checked, Device device) {
        var accountId = checked.owner().orElseThrow().id();
        var deviceToken =
                device.token().filter(it -> DEVICE_TOKEN.matcher(it).matches()).orElseGet(RandomTokens::create);
        var application = ApplicationName.fromUserAgent(call.header("User-Agent"));
        var network = ClientNetworks.providerNetwork(call.clientAddress());
        var command = new LogIn(
                checked.passwordHashForLogIn().orElseThrow(),
                checked.findLogins().generation(),
                Sha256.hex(deviceToken),
                device.name().orElse(application),
                network);
        var session = new NewSession(
                Ids.generate("ses", clock.instant(), random),
                accountId,
                command.generation(),
                device.name(),
                application,
                network);
        return entities.execute(call.correlation(), Account.AGGREGATE, accountId, command)
                .thenApply(AuthenticationService::stateOrThrow)
                .thenCompose(account -> sessions.start(session, now()).thenApply(expires -> {
                    var first = new RefreshTokens.Claim(accountId, session.id(), 1);
                    var until = expires.orElseThrow(AuthenticationService::sessionEnded);
                    return new Login(tokens(account, first, until), deviceToken);
                }));
    }

    /** Exchanges a refresh token. One that was used before ends its session, and its owner is notified. */
    CompletionStage<Tokens> refresh(Call<?> call, String refreshToken) {
        var used = refreshTokens.verify(refreshToken).orElseThrow(AuthenticationService::sessionEnded);
        var network = ClientNetworks.providerNetwork(call.clientAddress());
        return sessions.refresh(used.accountId(), used.sessionId(), used.number(), network, now())
                .thenCompose(result -> switch (result) {
                    case Refresh.Refreshed(var number, var expires) ->
                        entities.state(Account.AGGREGATE, used.accountId()).thenApply(account -> {
                            var next = new RefreshTokens.Claim(used.accountId(), used.sessionId(), number);
                            return tokens(account, next, expires);
                        });
                    case Refresh.Reused _ ->
                        endStolen(call, used).thenCompose(_ -> failedFuture(AuthenticationService.sessionEnded()));
                    case Refresh.Ended _ -> failedFuture(AuthenticationService.sessionEnded());
                });
    }

    /** The event comes first: it notifies the owner, and the session ends even if this node stops before it ends the row. */
    private CompletionStage<Boolean> endStolen(Call<?> call, RefreshTokens.Claim used) {
        return entities.execute(
                        call.correlation(),
                        Account.AGGREGATE,
                        used.accountId(),
                        new ReportReusedToken(used.sessionId()))
                .thenApply(AuthenticationService::stateOrThrow)
                .thenCompose(_ -> sessions.end(used.accountId(), used.sessionId(), now()));
    }

    private Tokens tokens(Account account, RefreshTokens.Claim refreshToken, Instant sessionExpires) {
        var owner = account.owner().orElseThrow(AuthenticationService::sessionEnded);
        var roles = EnumSet.noneOf(Role.class);
        roles.addAll(owner.roles());
        var caller = new Caller(owner.id(), refreshToken.sessionId(), roles);
        return new Tokens(accessTokens.issue(caller, sessionExpires), refreshTokens.issue(refreshToken), account);
    }

    /**
     * Ends a session of the caller.
     *
     * @return whether the caller has or had it
     */
    public CompletionStage<Boolean> end(Caller caller, String sessionId) {
        return sessions.end(caller.id(), sessionId, now());
    }

    /** Ends all sessions of the caller but the one that the request belongs to. */
    public CompletionStage<Void> endOthers(Caller caller) {
        return sessions.endOthers(caller.id(), caller.session(), now());
    }

    /**
     * Ends all sessions of the caller, and those whose login is in progress. The account records it; the rows end when the
     * event is read, within about a second.
     */
    public CompletionStage<Void> endAll(Call<?> call) {
        var accountId = call.caller().id();
        return entities.state(Account.AGGREGATE, accountId)
                .thenCompose(account -> {
                    if (account.owner().isEmpty()) throw AuthenticationService.sessionEnded();
                    var command = new LogOutEverywhere(account.findLogins().generation());
                    return entities.execute(call.correlation(), Account.AGGREGATE, accountId, command);
                })
                .thenAccept(AuthenticationService::stateOrThrow);
    }

    /** With the precision of the database. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
