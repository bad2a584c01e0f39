package io.guildhall.domain.account;

import static io.guildhall.domain.account.Account.AGGREGATE;
import static io.guildhall.domain.account.AccountRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static io.guildhall.testing.AccountBuilder.anAccount;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.account.AccountCommand.*;
import io.guildhall.domain.account.AccountEvent.*;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
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
    static final String HASH = "argon2id of hers", NETWORK = "203.0.113.0/24";
    static final AccountEvent OPENED = new Opened(ANN, HASH, NOW),
            FIRST_LOGIN = deviceAdded("d1", "Firefox", true),
            SUSPENDED_NOW = new Suspended("acc_1", "acc_admin", "fraud", NOW);

    static Open open() {
        return new Open(ANN, HASH);
    }

    static LogIn logIn(int generation, String deviceHash, String device) {
        return new LogIn(HASH, generation, deviceHash, device, NETWORK);
    }

    static DeviceAdded deviceAdded(String deviceHash, String device, boolean isFirst) {
        return new DeviceAdded("acc_1", deviceHash, device, NETWORK, isFirst, NOW);
    }

    static AllSessionsEnded allEnded(int generation) {
        return new AllSessionsEnded("acc_1", generation, NOW);
    }

    @Test
    void opensOnce() {
        given(AGGREGATE).when(open()).then(OPENED).when(open()).thenNothingChanges();
        given(AGGREGATE, OPENED, SUSPENDED_NOW).when(open()).thenNothingChanges();
        given(AGGREGATE).when(logIn(0, "d1", "Firefox")).thenRejected(NOT_REGISTERED);
    }

    @Test
    void rejectsLogInWithOutdatedHash() {
        given(AGGREGATE, OPENED)
                .when(new LogIn("another hash", 0, "d1", "Firefox", NETWORK))
                .thenRejected(WRONG_PASSWORD);
    }

    @Test
    void logInOnAKnownDeviceRecordsNothing() {
        given(AGGREGATE, OPENED)
                .when(logIn(0, "d1", "Firefox"))
                .then(FIRST_LOGIN)
                .when(logIn(0, "d1", "Firefox"))
                .thenNothingChanges()
                .when(logIn(0, "d1", "Firefox, renamed"))
                .thenNothingChanges();
    }

    @Test
    void deviceIsNewUntilItsFirstLoginWhateverItsName() {
        given(AGGREGATE, OPENED, FIRST_LOGIN)
                .when(logIn(0, "d2", "Firefox"))
                .then(deviceAdded("d2", "Firefox", false))
                .when(new LogOutEverywhere(0))
                .then(allEnded(1))
                .when(logIn(1, "d2", "Firefox"))
                .thenNothingChanges()
                .when(new Suspend("acc_admin", "fraud"))
                .then(SUSPENDED_NOW, allEnded(2))
                .when(logIn(2, "d1", "Firefox"))
                .thenNothingChanges()
                .when(logIn(2, "d3", "Tablet"))
                .then(deviceAdded("d3", "Tablet", false))
                .when(new LiftSuspension("acc_admin", "Checked"))
                .then(new SuspensionLifted("acc_1", "acc_admin", Optional.of("Checked"), NOW))
                .when(logIn(2, "d3", "Tablet"))
                .thenNothingChanges();
    }

    @Test
    void onlyTheLatestDevicesAreKnown() {
        var history = new ArrayList<>(List.of(OPENED, FIRST_LOGIN));
        for (int i = 2; i <= Logins.MAX_DEVICES; i++) history.add(deviceAdded("d" + i, "Device " + i, false));
        var full = given(AGGREGATE, history.toArray(AccountEvent[]::new));
        full.when(logIn(0, "d1", "Firefox")).thenNothingChanges();
        var more = full.when(logIn(0, "d51", "Another")).then(deviceAdded("d51", "Another", false));
        assertEquals(Logins.MAX_DEVICES, more.state().findLogins().devices().size());
        more.when(logIn(0, "d2", "Device 2")).thenNothingChanges();
        more.when(logIn(0, "d1", "Firefox")).then(deviceAdded("d1", "Firefox", false));
    }

    @Test
    void rejectsLogInWhosePasswordWasCheckedBeforeAllSessionsEnded() {
        given(AGGREGATE, OPENED, FIRST_LOGIN)
                .when(new LogOutEverywhere(0))
                .then(allEnded(1))
                .when(new LogOutEverywhere(0))
                .thenNothingChanges()
                .when(logIn(0, "d1", "Firefox"))
                .thenRejected(SESSION_ENDED)
                .when(logIn(0, "d2", "Phone"))
                .thenRejected(SESSION_ENDED)
                .when(logIn(1, "d1", "Firefox"))
                .thenNothingChanges();
        given(AGGREGATE, OPENED, FIRST_LOGIN)
                .when(new Suspend("acc_admin", "fraud"))
                .then(SUSPENDED_NOW, allEnded(1))
                .when(logIn(0, "d1", "Firefox"))
                .thenRejected(SESSION_ENDED);
    }

    @Test
    void reportsATokenThatWasUsedTwiceOncePerSession() {
        given(AGGREGATE, OPENED)
                .when(new ReportReusedToken("s1"))
                .then(new TokenReused("acc_1", "s1", NOW))
                .when(new ReportReusedToken("s1"))
                .thenNothingChanges()
                .when(new ReportReusedToken("s2"))
                .then(new TokenReused("acc_1", "s2", NOW))
                .when(new Suspend("acc_admin", "fraud"))
                .then(SUSPENDED_NOW, allEnded(1))
                .when(new ReportReusedToken("s1"))
                .thenNothingChanges();
        var history = new ArrayList<>(List.of(OPENED));
        for (int i = 0; i <= Logins.MAX_STOLEN; i++) history.add(new TokenReused("acc_1", "s" + i, NOW));
        assertEquals(
                Logins.MAX_STOLEN,
                given(AGGREGATE, history.toArray(AccountEvent[]::new))
                        .state()
                        .findLogins()
                        .stolen()
                        .size());
    }

    @Test
    void suspensionEndsSessionsAndAllowsNewLogins() {
        var suspended = given(AGGREGATE, OPENED, FIRST_LOGIN)
                .when(new Suspend("acc_admin", "fraud"))
                .then(SUSPENDED_NOW, allEnded(1));
        suspended.when(new Suspend("acc_admin", "fraud")).thenNothingChanges();
        suspended.when(new LogIn("another hash", 1, "d1", "Firefox", NETWORK)).thenRejected(WRONG_PASSWORD);
        suspended.when(logIn(1, "d1", "Firefox")).thenNothingChanges();
        suspended.when(new LogOutEverywhere(0)).thenNothingChanges();
        suspended.when(new LogOutEverywhere(1)).then(allEnded(2));
        suspended
                .when(new LiftSuspension("acc_admin", "Checked"))
                .then(new SuspensionLifted("acc_1", "acc_admin", Optional.of("Checked"), NOW))
                .when(new LiftSuspension("acc_admin", "Checked"))
                .thenNothingChanges()
                .when(logIn(0, "d1", "Firefox"))
                .thenRejected(SESSION_ENDED);
    }

    @Test
    void rejectsSuspensionOfOwnAccount() {
        given(AGGREGATE, OPENED).when(new Suspend("acc_1", "by mistake")).thenRejected(OWN_ACCOUNT);
    }

    @Test
    void makesAdminByGrantOnly() {
        var admin = given(AGGREGATE, OPENED)
                .when(new GrantAdmin("operator", "Checked"))
                .then(new AdminGranted("acc_1", "operator", Optional.of("Checked"), NOW));
        admin.when(new GrantAdmin("operator", "Checked")).thenNothingChanges();
        assertEquals(
                List.of(Role.CLIENT, Role.ADMIN),
                admin.state().owner().orElseThrow().roles());
        given(AGGREGATE).when(new GrantAdmin("operator", "Checked")).thenRejected(NOT_REGISTERED);
    }

    @Test
    void adminRoleIsRevokedWithAReasonAndEndsAllSessions() {
        var account = ANN.id();
        var admin = given(AGGREGATE, OPENED, new AdminGranted(account, "operator", Optional.of("Checked"), NOW));
        admin.when(new RevokeAdmin("acc_root", "Left the company"))
                .then(
                        new AdminRevoked(account, "acc_root", "Left the company", NOW),
                        new AllSessionsEnded(account, 1, NOW))
                .when(new RevokeAdmin("acc_root", "Left the company"))
                .thenNothingChanges();
        given(AGGREGATE, OPENED, new AdminGranted(account, "operator", Optional.of("Checked"), NOW))
                .when(new RevokeAdmin(account, "Bored"))
                .thenRejected(OWN_ACCOUNT);
        given(
                        AGGREGATE,
                        OPENED,
                        new AdminGranted(account, "operator", Optional.of("Checked"), NOW),
                        new AccountEvent.Suspended(account, "acc_root", "Spam", NOW))
                .when(new RevokeAdmin("acc_root", "Left the company"))
                .then(
                        new AdminRevoked(account, "acc_root", "Left the company", NOW),
                        new AllSessionsEnded(account, 1, NOW));
        given(AGGREGATE, OPENED).when(new RevokeAdmin("acc_root", "Checked")).thenNothingChanges();
        given(AGGREGATE).when(new RevokeAdmin("acc_root", "Checked")).thenRejected(NOT_REGISTERED);
    }

    @Test
    void keepsPremiumDuringSuspension() {
        var premium = given(AGGREGATE, OPENED)
                .when(new GrantPremium("operator", "Checked"))
                .then(new PremiumGranted("acc_1", "operator", Optional.of("Checked"), NOW));
        assertTrue(premium.state().hasPremium());
        premium.when(new GrantPremium("operator", "Checked")).thenNothingChanges();
        premium.when(new EndPremium("operator", "Checked"))
                .then(new PremiumEnded("acc_1", "operator", Optional.of("Checked"), NOW));
        given(AGGREGATE, OPENED).when(new EndPremium("operator", "Checked")).thenNothingChanges();
        var suspended = premium.when(new Suspend("acc_admin", "fraud")).then(SUSPENDED_NOW, allEnded(1));
        assertTrue(suspended.state().hasPremium());
        suspended.when(new GrantPremium("operator", "Checked")).thenRejected(SUSPENDED);
        suspended
                .when(new LiftSuspension("acc_admin", "Checked"))
                .then(new SuspensionLifted("acc_1", "acc_admin", Optional.of("Checked"), NOW))
                .when(new GrantPremium("operator", "Checked"))
                .thenNothingChanges();
        suspended
                .when(new EndPremium("operator", "Checked"))
                .then(new PremiumEnded("acc_1", "operator", Optional.of("Checked"), NOW))
                .when(new EndPremium("operator", "Checked"))
                .thenNothingChanges();
        given(AGGREGATE).when(new GrantPremium("operator", "Checked")).thenRejected(NOT_REGISTERED);
    }

    @Test
    void hasPasswordHashFromItsOpeningOn() {
        assertTrue(AGGREGATE.initialState().passwordHashForLogIn().isEmpty());
        for (var events : List.of(List.of(OPENED), List.of(OPENED, SUSPENDED_NOW)))
            assertEquals(
                    HASH,
                    given(AGGREGATE, events.toArray(AccountEvent[]::new))
                            .state()
                            .passwordHashForLogIn()
                            .orElseThrow());
    }

    /** For random commands: generations count up one by one, and no device is added while it is known. */
    @Property
    void generationsCountUpAndDevicesAreAddedOnce(@ForAll("sequences") List<Step<AccountCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        var devices = new HashSet<String>();
        int generation = 0;
        for (var event : result.journal()) {
            if (event instanceof AllSessionsEnded e) assertEquals(++generation, e.generation());
            if (event instanceof DeviceAdded e) {
                assertEquals(devices.isEmpty(), e.isFirst());
                assertTrue(devices.add(e.deviceHash()));
            }
        }
        assertEquals(generation, result.state().findLogins().generation());
    }

    @Provide
    Arbitrary<List<Step<AccountCommand>>> sequences() {
        return CommandSequence.random(COMMANDS, Duration.ZERO, Duration.ofSeconds(6));
    }

    static final List<AccountCommand> COMMANDS = List.of(
            open(),
            logIn(0, "d1", "Firefox"),
            logIn(0, "d2", "Phone"),
            logIn(1, "d2", "Phone"),
            new LogIn("another hash", 0, "d1", "Firefox", NETWORK),
            new ReportReusedToken("s1"),
            new LogOutEverywhere(0),
            new LogOutEverywhere(1),
            new Suspend("acc_admin", "fraud"),
            new Suspend("acc_1", "by mistake"),
            new LiftSuspension("acc_admin", "Checked"),
            new GrantAdmin("operator", "Checked"),
            new RevokeAdmin("operator", "Checked"),
            new RevokeAdmin(ANN.id(), "Checked"),
            new GrantPremium("operator", "Checked"),
            new EndPremium("operator", "Checked"));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of(), Duration.ZERO, Duration.ofSeconds(6));
    }
}
