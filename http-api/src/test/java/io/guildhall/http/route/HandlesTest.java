package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.Role;
import io.guildhall.domain.handle.Handle;
import io.guildhall.domain.handle.HandleCommand.Claim;
import io.guildhall.domain.handle.ReservedHandles;
import io.guildhall.http.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlesTest {
    private static final Instant ENDED = Instant.EPOCH;

    private static final TestServer SERVER = new TestServer();
    /** Of each test, which has its own instance. */
    private final String account = TestServer.newId("acc");

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private TestClient user() {
        return SERVER.as(Role.CLIENT, account);
    }

    private static String wanted() {
        return "w-" + TestServer.newId("acc").replaceAll(".*(.{20})$", "$1").replaceAll("^-+", "");
    }

    private static String body(String handle) {
        return "{\"handle\": \"" + handle + "\"}";
    }

    private static Instant inFuture() {
        return Instant.now().plus(Duration.ofDays(1));
    }

    @Test
    void profileIsFoundByItsHandleInAnyCase() {
        var handle = SERVER.createProfile(account);
        for (var written : List.of(handle, handle.toUpperCase(Locale.ROOT)))
            assertThat(SERVER.anonymous
                            .get("/api/people/" + written)
                            .is(200)
                            .json()
                            .path("accountId")
                            .asText())
                    .isEqualTo(account);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody-has-this",
                "acc_1",
                "%F0%9F%98%80",
                "a%00b",
                "a%7Cb",
                "a%2Fb",
                "%EF%B7%BA",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void handleThatNoUserHasIsNotFound(String handle) {
        assertThat(SERVER.anonymous.get("/api/people/" + handle).status()).isIn(404, 400);
    }

    /** The two have one entity. */
    @Test
    void handleThatLooksLikeOneIsNotFoundAndNotGiven() {
        SERVER.execute(Handle.AGGREGATE, Handle.id("mary-m"), new Claim(account, "mary-m"));
        SERVER.createProfile(account);
        SERVER.anonymous.get("/api/people/rnary-rn").is(404);
        SERVER.as(Role.CLIENT, TestServer.newId("acc"))
                .put("/api/me/handle", body("rnary-m"))
                .is(409, "handle-taken");
    }

    @Test
    void changedHandleIsFoundImmediatelyAndTheFormerOneRedirects() {
        var former = SERVER.createProfile(account);
        var wanted = wanted();
        var changed = user().put("/api/me/handle", body(wanted)).is(200).json();
        assertThat(changed.path("handle").asText()).isEqualTo(wanted);
        assertThat(Instant.parse(changed.path("handleChangeableFrom").asText()))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(29)), Instant.now().plus(Duration.ofDays(30)));
        redirects(former, wanted);
        SERVER.completeHandleChange(account, former, wanted, inFuture());
        redirects(former, wanted);
        var another = SERVER.as(Role.CLIENT, TestServer.newId("acc"));
        another.put("/api/me/handle", body(former)).is(409, "handle-taken");
        user().put("/api/me/handle", body(wanted)).is(200);
        user().put("/api/me/handle", body(former)).is(409, "handle-changed-recently");
        redirects(former, wanted);
    }

    private static void redirects(String former, String present) {
        SERVER.anonymous.get("/api/people/" + present).is(200);
        var moved = SERVER.anonymous.get("/api/people/" + former).is(308, "handle-changed");
        assertThat(moved.header("Location")).contains("/api/people/" + present);
    }

    @Test
    void formerHandleStopsRedirectingAndIsNotGivenToAnotherAccount() {
        var former = SERVER.createProfile(account);
        var wanted = wanted();
        user().put("/api/me/handle", body(wanted)).is(200);
        SERVER.completeHandleChange(account, former, wanted, ENDED);
        SERVER.anonymous.get("/api/people/" + former).is(404);
        SERVER.as(Role.CLIENT, TestServer.newId("acc"))
                .put("/api/me/handle", body(former))
                .is(409, "handle-taken");
    }

    @Test
    void profileOfASuspendedUserIsNotFoundByHandle() {
        var suspended = TestServer.newId("acc");
        var handle = SERVER.createProfile(suspended);
        SERVER.suspended.add(suspended);
        SERVER.anonymous.get("/api/people/" + handle).is(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "support", "api", "www", "guildhall", "adrnin"})
    void reservedHandlesAreRefused(String handle) {
        user().put("/api/me/handle", body(handle)).is(409, "handle-reserved");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "an",
                "Ann",
                "ann_meyer",
                "-ann",
                "ann-",
                "an--n",
                "łukasz",
                "аnn",
                "ann meyer",
                "aaaaaaaaaabbbbbbbbbbccccccccccd"
            })
    void malformedHandlesAreRefused(String handle) {
        assertThat(user().put("/api/me/handle", body(handle)).status()).isIn(400, 422);
    }

    /** Otherwise a handle could be taken for a path. */
    @Test
    void everyFirstSegmentOfAPathIsReserved() {
        var segments = SERVER.endpoints.stream()
                .map(it -> it.operation().path())
                .flatMap(path -> Stream.of(path.substring(1).split("/")).limit(2))
                .filter(it -> it.matches("[a-z0-9-]{3,30}"))
                .distinct();
        assertThat(segments).allMatch(ReservedHandles::contains);
    }
}
