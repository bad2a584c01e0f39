package io.guildhall.http.route;

import static io.guildhall.domain.account.Role.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.account.Logins;
import io.guildhall.http.TestClient;
import io.guildhall.http.auth.AccessTokens;
import io.guildhall.projections.readmodel.account.Sessions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log in, refresh, list sessions and end them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionsTest {
    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

    private final TestServer server = new TestServer();
    private String account = "";

    @BeforeEach
    void register() {
        server.sessionsLater = Duration.ZERO;
        account = TestServer.newId("acc");
        server.registerAccount(account);
    }

    @AfterAll
    void close() {
        server.close();
    }

    private JsonNode logIn(String more) {
        return server.anonymous
                .with("User-Agent", FIREFOX)
                .post("/api/auth/login", """
                        {"email": "%s", "password": "%s"%s}""".formatted(TestServer.email(account), TestServer.PASSWORD, more))
                .is(200)
                .json();
    }

    private JsonNode logIn() {
        return logIn("");
    }

    private TestClient.Response refresh(JsonNode tokens) {
        return server.anonymous.post(
                "/api/auth/refresh",
                "{\"refreshToken\": \"%s\"}"
                        .formatted(tokens.path("refreshToken").asText()));
    }

    private static String session(JsonNode tokens) {
        return tokens.path("refreshToken").asText().split("\\.")[1];
    }

    /** Sends requests with the access token of these tokens. */
    private TestClient as(JsonNode tokens) {
        return server.as(CLIENT, account).with("x-session", session(tokens));
    }

    private List<String> open(JsonNode tokens) {
        return as(tokens).get("/api/me/sessions").is(200).json().path("items").findValuesAsText("id");
    }

    private Logins logins() {
        return server.state(Account.AGGREGATE, account).findLogins();
    }

    private void pass(Duration time) {
        server.sessionsLater = server.sessionsLater.plus(time);
    }

    @Test
    void listShowsDeviceNetworkAndUse() {
        var tokens = logIn(", \"device\": \"Ann’s laptop\"");
        var other = logIn();
        var page = as(tokens).get("/api/me/sessions").is(200).json().path("items");
        assertThat(page).hasSize(2);
        var shown = page.get(1);
        assertThat(shown.path("id").asText()).isEqualTo(session(tokens));
        assertThat(shown.path("device").asText()).isEqualTo("Ann’s laptop");
        assertThat(shown.path("application").asText()).isEqualTo("Firefox on Linux");
        assertThat(shown.path("network").asText()).isEqualTo("unknown");
        assertThat(shown.path("current").asBoolean()).isTrue();
        assertThat(Duration.between(instant(shown, "startedAt"), instant(shown, "expiresAt")))
                .isEqualTo(Sessions.LIFETIME);
        assertThat(instant(shown, "lastUsedAt")).isEqualTo(instant(shown, "startedAt"));
        assertThat(page.get(0).path("id").asText()).isEqualTo(session(other));
        assertThat(page.get(0).has("device")).isFalse();
        assertThat(page.get(0).path("current").asBoolean()).isFalse();
        var first = as(tokens).get("/api/me/sessions?limit=1").is(200).json();
        assertThat(first.path("items")).hasSize(1);
        assertThat(as(tokens)
                        .get("/api/me/sessions?limit=1&cursor="
                                + first.path("next").asText())
                        .is(200)
                        .json()
                        .at("/items/0/id")
                        .asText())
                .isEqualTo(session(tokens));
    }

    private static Instant instant(JsonNode node, String name) {
        return Instant.parse(node.path(name).asText());
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 32})
    void tabsThatRefreshAtTheSameTimeKeepTheSession(int tabs) {
        var tokens = logIn();
        for (int round = 0; round < 3; round++) {
            pass(Duration.ofMinutes(15));
            var used = tokens;
            var all = IntStream.range(0, tabs)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> refresh(used), Thread::startVirtualThread))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .map(it -> it.is(200).json())
                    .toList();
            assertThat(all.stream().map(it -> it.path("refreshToken").asText()).distinct())
                    .hasSize(1)
                    .doesNotContain(used.path("refreshToken").asText());
            tokens = all.getFirst();
        }
        assertThat(open(tokens)).containsExactly(session(tokens));
        assertThat(logins().stolen()).isEmpty();
    }

    @Test
    void tokenThatIsUsedAgainLaterEndsTheSessionAndIsReportedOnce() {
        var stolen = logIn();
        var other = logIn();
        pass(Duration.ofMinutes(15));
        var current = refresh(stolen).is(200).json();
        pass(Sessions.GRACE);
        refresh(stolen).is(401, "session-ended");
        refresh(current).is(401, "session-ended");
        refresh(stolen).is(401, "session-ended");
        refresh(other).is(200);
        assertThat(logins().stolen()).containsExactly(session(stolen));
        assertThat(open(other)).containsExactly(session(other));
    }

    @Test
    void forgedTokenChangesNothing() {
        var tokens = logIn();
        var forged = tokens.path("refreshToken").asText().replace(".1.", ".2.");
        server.anonymous
                .post("/api/auth/refresh", "{\"refreshToken\": \"%s\"}".formatted(forged))
                .is(401, "session-ended");
        refresh(tokens).is(200);
    }

    @Test
    void accessTokenIsNotValidLongerThanItsSession() throws ParseException {
        var tokens = logIn();
        assertThat(tokens.path("expiresInSeconds").asLong()).isEqualTo(AccessTokens.LIFETIME.toSeconds());
        pass(Sessions.LIFETIME.minusMinutes(5));
        var last = refresh(tokens).is(200).json();
        var expires = SignedJWT.parse(last.path("accessToken").asText())
                .getJWTClaimsSet()
                .getExpirationTime()
                .toInstant();
        assertThat(expires).isBeforeOrEqualTo(Instant.now().plus(Sessions.LIFETIME));
        assertThat(last.path("expiresInSeconds").asLong()).isBetween(280L, 300L);
        pass(Duration.ofMinutes(5));
        refresh(last).is(401, "session-ended");
    }

    @Test
    void knownDeviceIsNotRecordedAgain() {
        var first = logIn();
        var known = logins();
        var token = first.path("deviceToken").asText();
        var again = logIn(", \"deviceToken\": \"%s\"".formatted(token));
        assertThat(again.path("deviceToken").asText()).isEqualTo(token);
        pass(Duration.ofMinutes(15));
        refresh(again).is(200);
        assertThat(logins()).isEqualTo(known);
        assertThat(logIn().path("deviceToken").asText()).as("without its token").isNotEqualTo(token);
        assertThat(logins().devices()).hasSize(known.devices().size() + 1);
    }

    @Test
    void endsAnySessionOfTheCallerOnly() {
        var current = logIn();
        var other = logIn();
        var stranger = server.as(CLIENT, TestServer.newId("acc"));
        stranger.delete("/api/me/sessions/" + session(other)).is(404, "not-found");
        as(current).delete("/api/me/sessions/" + TestServer.newId("ses")).is(404, "not-found");
        assertThat(open(current)).hasSize(2);
        for (int i = 0; i < 2; i++)
            as(current).delete("/api/me/sessions/" + session(other)).is(204);
        refresh(other).is(401, "session-ended");
        assertThat(open(current)).containsExactly(session(current));
    }

    @Test
    void logoutEndsTheCurrentSession() {
        var current = logIn();
        var other = logIn();
        as(current).post("/api/auth/logout", "").is(204);
        refresh(current).is(401, "session-ended");
        refresh(other).is(200);
    }

    @Test
    void endsAllOthers() {
        var sessions = List.of(logIn(), logIn(), logIn());
        as(sessions.get(1)).post("/api/me/sessions/end-others", "").is(204);
        assertThat(open(sessions.get(1))).containsExactly(session(sessions.get(1)));
        refresh(sessions.getFirst()).is(401, "session-ended");
    }

    /** The rows end when the view reads the event. */
    @Test
    void logoutEverywhereAndSuspensionEndAllLoginsSoFar() {
        var tokens = logIn();
        int before = logins().generation();
        as(tokens).post("/api/auth/logout-everywhere", "").is(204);
        assertThat(logins().generation()).isEqualTo(before + 1);
        server.execute(Account.AGGREGATE, account, new AccountCommand.Suspend("acc_root", "Spam"));
        assertThat(logins().generation()).isEqualTo(before + 2);
    }

    @Test
    void loginDoesNotStartIfAllSessionsEndedAfterItsPasswordWasChecked() {
        server.endSessionsBefore(account, 1);
        server.anonymous
                .post(
                        "/api/auth/login",
                        "{\"email\": \"%s\", \"password\": \"%s\"}"
                                .formatted(TestServer.email(account), TestServer.PASSWORD))
                .is(401, "session-ended");
    }

    @Test
    void ownAccountHasWhatAClientNeeds() {
        var me = server.as(CLIENT, account).get("/api/me").is(200).json();
        assertThat(me.path("id").asText()).isEqualTo(account);
        assertThat(me.path("email").asText()).isEqualTo(TestServer.email(account));
        assertThat(me.path("verified").asBoolean()).isTrue();
        assertThat(me.path("premium").asBoolean(true)).isFalse();
        assertThat(me.path("roles")).isNotEmpty();
        var preferences = me.path("preferences");
        assertThat(preferences).isNotEmpty();
        for (var address : preferences)
            server.as(CLIENT, account).get(address.asText()).is(200);
        server.execute(Account.AGGREGATE, account, new AccountCommand.GrantPremium("acc_root", "Checked"));
        assertThat(server.as(CLIENT, account)
                        .get("/api/me")
                        .is(200)
                        .json()
                        .path("premium")
                        .asBoolean())
                .isTrue();
    }
}
