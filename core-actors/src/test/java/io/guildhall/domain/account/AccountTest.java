package io.guildhall.domain.account;

import static io.guildhall.domain.account.Account.AGGREGATE;
import static io.guildhall.domain.account.AccountRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static io.guildhall.testing.AccountBuilder.anAccount;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.account.AccountCommand.*;
import io.guildhall.domain.account.AccountEvent.*;
import io.guildhall.domain.account.AccountEvent.SessionEnded.Reason;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AccountTest {
    static final AccountOwner ANN = anAccount("acc_1").owner();
    static final String HASH = "argon2id of hers";
    static final Instant LATER = NOW.plusSeconds(60), WITHIN_GRACE = LATER.plusSeconds(9);
    static final Instant AFTER_GRACE = LATER.plusSeconds(11);
    static final AccountEvent OPENED = new Opened(ANN, HASH, NOW),
            LOGGED_IN = loggedIn("s1", "t1"),
            ROTATED = new TokenRotated("s1", "t1", "t2", LATER),
            SUSPENDED_NOW = new Suspended("acc_1", "acc_admin", "fraud", NOW);

    static LoggedIn loggedIn(String session, String token) {
        return loggedIn(session, token, "Firefox", false);
    }

    static LoggedIn loggedIn(String session, String token, String device, boolean isNewDevice) {
        return new LoggedIn("acc_1", session, token, device, Optional.of(isNewDevice), NOW);
    }

    static SessionEnded ended(String session, Reason why, Instant at) {
        return new SessionEnded("acc_1", session, why, at);
    }

    @Test
    void existsFromItsOpening() {
        var open = anAccount("acc_1").open(HASH);
        given(AGGREGATE).when(new LogIn(HASH, "s1", "t1", "Firefox")).thenRejected(NOT_REGISTERED);
        given(AGGREGATE).when(open).then(OPENED).when(open).thenNothingChanges();
        given(AGGREGATE, OPENED, SUSPENDED_NOW).when(open).thenNothingChanges();
    }

    @Test
    void rejectsLogInWithOutdatedHash() {
        given(AGGREGATE, OPENED)
                .when(new LogIn("another hash", "s1", "t1", "Firefox"))
                .thenRejected(WRONG_PASSWORD);
        given(AGGREGATE, OPENED)
                .when(new LogIn(HASH, "s1", "t1", "Firefox"))
                .then(LOGGED_IN)
                .when(new LogIn(HASH, "s1", "t1", "Firefox"))
                .thenNothingChanges();
    }

    @Test
    void rotatesTokenOnEachUse() {
        given(AGGREGATE, OPENED, LOGGED_IN)
                .when(new Refresh("s1", "t1", "t2"), LATER)
                .then(ROTATED)
                .when(new Refresh("s1", "t1", "t2"), LATER)
                .thenNothingChanges()
                .when(new Refresh("s1", "t2", "t3"), LATER)
                .then(new TokenRotated("s1", "t2", "t3", LATER));
    }

    @Test
    void acceptsConcurrentRefreshOfTwoTabs() {
        var both = given(AGGREGATE, OPENED, LOGGED_IN, ROTATED)
                .when(new Refresh("s1", "t1", "t2b"), WITHIN_GRACE)
                .then(new TokenRotated("s1", "t1", "t2b", WITHIN_GRACE));
        both.when(new Refresh("s1", "t2", "t3"), AFTER_GRACE).then(new TokenRotated("s1", "t2", "t3", AFTER_GRACE));
        both.when(new Refresh("s1", "t2b", "t3"), AFTER_GRACE).then(new TokenRotated("s1", "t2b", "t3", AFTER_GRACE));
    }

    @Test
    void useDoesNotExtendGracePeriod() {
        given(AGGREGATE, OPENED, LOGGED_IN, ROTATED)
                .when(new Refresh("s1", "t1", "t2b"), WITHIN_GRACE)
                .then(new TokenRotated("s1", "t1", "t2b", WITHIN_GRACE))
                .when(new Refresh("s1", "t1", "t2c"), AFTER_GRACE)
                .then(ended("s1", Reason.TOKEN_REUSED, AFTER_GRACE));
    }

    @Test
    void endsOnlySessionOfReusedToken() {
        given(AGGREGATE, OPENED, LOGGED_IN, loggedIn("s2", "u1"), ROTATED)
                .when(new Refresh("s1", "t1", "t9"), AFTER_GRACE)
                .then(ended("s1", Reason.TOKEN_REUSED, AFTER_GRACE))
                .when(new Refresh("s1", "t2", "t3"), AFTER_GRACE)
                .thenRejected(SESSION_ENDED)
                .when(new Refresh("s2", "u1", "u2"), AFTER_GRACE)
                .then(new TokenRotated("s2", "u1", "u2", AFTER_GRACE));
    }

    @Test
    void expiresIdleSession() {
        var idle = NOW.plus(Session.IDLE_LIMIT);
        given(AGGREGATE, OPENED, LOGGED_IN)
                .when(new Refresh("s1", "t1", "t2"), idle)
                .then(new TokenRotated("s1", "t1", "t2", idle));
        given(AGGREGATE, OPENED, LOGGED_IN)
                .when(new Refresh("s1", "t1", "t2"), idle.plusMillis(1))
                .thenRejected(SESSION_ENDED);
    }

    @Test
    void logOutEndsOneSessionOrAll() {
        var two = given(AGGREGATE, OPENED, LOGGED_IN, loggedIn("s2", "u1"));
        two.when(new LogOut("s1"))
                .then(ended("s1", Reason.LOGGED_OUT, NOW))
                .when(new LogOut("s1"))
                .thenNothingChanges()
                .when(new Refresh("s2", "u1", "u2"))
                .then(new TokenRotated("s2", "u1", "u2", NOW));
        two.when(new LogOutEverywhere())
                .then(new AllSessionsEnded("acc_1", NOW))
                .when(new LogOutEverywhere())
                .thenNothingChanges()
                .when(new Refresh("s2", "u1", "u2"))
                .thenRejected(SESSION_ENDED);
    }

    @Test
    void endsOldestSessionBeforeTwentyFirst() {
        var full = given(AGGREGATE, OPENED);
        for (int i = 1; i <= Sessions.MAX; i++)
            full = full.when(new LogIn(HASH, "s" + i, "t" + i, "Firefox")).then(loggedIn("s" + i, "t" + i));
        full.when(new Refresh("s1", "t1", "t1b"), LATER)
                .then(new TokenRotated("s1", "t1", "t1b", LATER))
                .when(new LogIn(HASH, "s21", "t21", "Firefox"))
                .then(ended("s2", Reason.TOO_MANY_DEVICES, NOW), loggedIn("s21", "t21"));
    }

    @Test
    void deviceIsNewUntilItsFirstLogin() {
        var used = given(AGGREGATE, OPENED)
                .when(logIn(1, "Firefox"))
                .then(loggedIn(1, "Firefox", false))
                .when(logIn(2, "Phone"))
                .then(loggedIn(2, "Phone", true))
                .when(logIn(3, "Phone"))
                .then(loggedIn(3, "Phone", false));
        used.when(new LogOutEverywhere())
                .then(new AllSessionsEnded("acc_1", NOW))
                .when(logIn(4, "Phone"))
                .then(loggedIn(4, "Phone", false))
                .when(new LogOut("s4"))
                .then(ended("s4", Reason.LOGGED_OUT, NOW))
                .when(new Suspend("acc_admin", "fraud"))
                .then(SUSPENDED_NOW)
                .when(logIn(5, "Tablet"))
                .then(loggedIn(5, "Tablet", true))
                .when(logIn(6, "Firefox"))
                .then(loggedIn(6, "Firefox", false))
                .when(new LiftSuspension("acc_admin"))
                .then(new SuspensionLifted("acc_1", "acc_admin", NOW))
                .when(logIn(7, "Tablet"))
                .then(loggedIn(7, "Tablet", false));
    }

    @Test
    void deviceWithoutANameIsNewAtEachLoginExceptTheFirst() {
        given(AGGREGATE, OPENED)
                .when(logIn(1, ""))
                .then(loggedIn(1, "", false))
                .when(logIn(2, ""))
                .then(loggedIn(2, "", true))
                .when(logIn(3, " "))
                .then(loggedIn(3, " ", true));
    }

    @Test
    void onlyTheLatestDevicesAreKnown() {
        var history = new ArrayList<>(List.of(OPENED, loggedIn(0, "Firefox", false)));
        for (int i = 1; i < Sessions.MAX_DEVICES; i++) history.add(loggedIn(i, "Device " + i, true));
        history.add(loggedIn(50, "Firefox", false));
        history.add(loggedIn(51, "Another", true));
        history.add(new AllSessionsEnded("acc_1", NOW));
        var full = given(AGGREGATE, history.toArray(AccountEvent[]::new));
        full.when(logIn(52, "Firefox")).then(loggedIn(52, "Firefox", false));
        full.when(logIn(52, "Device 2")).then(loggedIn(52, "Device 2", false));
        full.when(logIn(52, "Device 1")).then(loggedIn(52, "Device 1", true));
    }

    /** Journals of earlier versions do not say whether a device was new. */
    @Test
    void deviceOfAnOldEventIsKnown() {
        given(AGGREGATE, OPENED, new LoggedIn("acc_1", "s1", "t1", "Firefox", Optional.empty(), NOW))
                .when(logIn(2, "Firefox"))
                .then(loggedIn(2, "Firefox", false))
                .when(logIn(3, "Phone"))
                .then(loggedIn(3, "Phone", true));
    }

    private static LogIn logIn(int number, String device) {
        return new LogIn(HASH, "s" + number, "t" + number, device);
    }

    private static LoggedIn loggedIn(int number, String device, boolean isNewDevice) {
        return loggedIn("s" + number, "t" + number, device, isNewDevice);
    }

    @Test
    void suspensionEndsSessionsAndAllowsNewOnes() {
        var suspended = given(AGGREGATE, OPENED, LOGGED_IN)
                .when(new Suspend("acc_admin", "fraud"))
                .then(SUSPENDED_NOW);
        suspended.when(new Suspend("acc_admin", "fraud")).thenNothingChanges();
        suspended.when(new LogIn("another hash", "s1", "t1", "Firefox")).thenRejected(WRONG_PASSWORD);
        suspended.when(new Refresh("s1", "t1", "t2")).thenRejected(SESSION_ENDED);
        suspended
                .when(new LogIn(HASH, "s2", "u1", "Firefox"))
                .then(loggedIn("s2", "u1"))
                .when(new Refresh("s2", "u1", "u2"), LATER)
                .then(new TokenRotated("s2", "u1", "u2", LATER))
                .when(new LiftSuspension("acc_admin"))
                .then(new SuspensionLifted("acc_1", "acc_admin", NOW))
                .when(new LogOut("s2"))
                .then(ended("s2", Reason.LOGGED_OUT, NOW));
        suspended
                .when(new LiftSuspension("acc_admin"))
                .then(new SuspensionLifted("acc_1", "acc_admin", NOW))
                .when(new LiftSuspension("acc_admin"))
                .thenNothingChanges()
                .when(new Refresh("s1", "t1", "t2"))
                .thenRejected(SESSION_ENDED);
    }

    @Test
    void rejectsSuspensionOfOwnAccount() {
        given(AGGREGATE, OPENED).when(new Suspend("acc_1", "by mistake")).thenRejected(OWN_ACCOUNT);
    }

    @Test
    void makesAdminByGrantOnly() {
        var admin = given(AGGREGATE, OPENED)
                .when(new GrantAdmin("operator"))
                .then(new AdminGranted("acc_1", "operator", NOW));
        admin.when(new GrantAdmin("operator")).thenNothingChanges();
        assertEquals(
                List.of(Role.CLIENT, Role.ADMIN),
                admin.state().owner().orElseThrow().roles());
        given(AGGREGATE).when(new GrantAdmin("operator")).thenRejected(NOT_REGISTERED);
    }

    @Test
    void keepsPremiumDuringSuspension() {
        var premium = given(AGGREGATE, OPENED)
                .when(new GrantPremium("operator"))
                .then(new PremiumGranted("acc_1", "operator", NOW));
        premium.when(new GrantPremium("operator")).thenNothingChanges();
        premium.when(new EndPremium("operator")).then(new PremiumEnded("acc_1", "operator", NOW));
        given(AGGREGATE, OPENED).when(new EndPremium("operator")).thenNothingChanges();
        var suspended =
                premium.when(new Suspend("acc_admin", "fraud")).then(new Suspended("acc_1", "acc_admin", "fraud", NOW));
        suspended.when(new GrantPremium("operator")).thenRejected(SUSPENDED);
        suspended
                .when(new LiftSuspension("acc_admin"))
                .then(new SuspensionLifted("acc_1", "acc_admin", NOW))
                .when(new GrantPremium("operator"))
                .thenNothingChanges();
        suspended
                .when(new EndPremium("operator"))
                .then(new PremiumEnded("acc_1", "operator", NOW))
                .when(new EndPremium("operator"))
                .thenNothingChanges();
        given(AGGREGATE).when(new GrantPremium("operator")).thenRejected(NOT_REGISTERED);
    }

    @Test
    void hasPasswordHashFromItsOpeningOn() {
        assertTrue(AGGREGATE.initialState().passwordHashForLogIn().isEmpty());
        assertEquals(
                HASH, given(AGGREGATE, OPENED).state().passwordHashForLogIn().orElseThrow());
        assertEquals(
                HASH,
                given(AGGREGATE, OPENED, SUSPENDED_NOW)
                        .state()
                        .passwordHashForLogIn()
                        .orElseThrow());
    }

    /**
     * For random commands: a used token is accepted only in the grace period, and only tokens of the session are
     * rotated.
     */
    @Property
    void acceptsTokenOnceOutsideGracePeriod(@ForAll("sequences") List<Step<AccountCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        var firstUse = new HashMap<String, Instant>();
        var given = new ArrayList<String>();
        for (var event : result.journal()) {
            if (event instanceof LoggedIn e) given.add(e.sessionId() + e.tokenHash());
            if (event instanceof LoggedIn e) firstUse.remove(e.sessionId() + e.tokenHash());
            if (!(event instanceof TokenRotated e)) continue;
            var token = e.sessionId() + e.usedHash();
            assertTrue(given.contains(token), () -> token + " was never given");
            var first = firstUse.computeIfAbsent(token, _ -> e.at());
            assertFalse(e.at().isAfter(first.plus(Session.GRACE)), () -> token + " used again at " + e.at());
            given.add(e.sessionId() + e.freshHash());
            firstUse.remove(e.sessionId() + e.freshHash());
        }
    }

    @Property
    void hasSessionsUpToMaximum(@ForAll("sequences") List<Step<AccountCommand>> steps) {
        var state = CommandSequence.run(AGGREGATE, steps).state();
        var sessions = state.findSessions().list();
        assertTrue(sessions.size() <= Sessions.MAX);
        assertEquals(
                sessions.size(), sessions.stream().map(Session::id).distinct().count());
    }

    @Provide
    Arbitrary<List<Step<AccountCommand>>> sequences() {
        return CommandSequence.random(COMMANDS, PAUSES);
    }

    static final Duration[] PAUSES = {Duration.ZERO, Duration.ofSeconds(6), Duration.ofSeconds(11)};

    static final List<AccountCommand> COMMANDS = List.of(
            anAccount("acc_1").open(HASH),
            new LogIn(HASH, "s1", "t1", "Firefox"),
            new LogIn(HASH, "s2", "u1", "Firefox"),
            new LogIn("another hash", "s1", "t1", "Firefox"),
            new Refresh("s1", "t1", "t2"),
            new Refresh("s1", "t1", "t3"),
            new Refresh("s1", "t2", "t4"),
            new Refresh("s2", "u1", "u2"),
            new LogOut("s1"),
            new LogOutEverywhere(),
            new Suspend("acc_admin", "fraud"),
            new Suspend("acc_1", "by mistake"),
            new LiftSuspension("acc_admin"),
            new GrantAdmin("operator"),
            new GrantPremium("operator"),
            new EndPremium("operator"));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(
                AGGREGATE, COMMANDS, Set.of(), Duration.ZERO, Duration.ofSeconds(11), Duration.ofHours(1));
    }
}
