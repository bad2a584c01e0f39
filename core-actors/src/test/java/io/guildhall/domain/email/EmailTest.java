package io.guildhall.domain.email;

import static io.guildhall.domain.email.Email.AGGREGATE;
import static io.guildhall.domain.email.EmailRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static io.guildhall.testing.AccountBuilder.anAccount;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.account.AccountOwner;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.email.EmailCommand.*;
import io.guildhall.domain.email.EmailEvent.*;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EmailTest {
    static final String MAIL = "ann@example.com";
    static final AccountOwner ANN = anAccount("acc_1").owner(),
            MALLORY = anAccount("acc_2").named("Mallory").owner();
    static final Instant SOON = NOW.plusSeconds(60), LATER = NOW.plus(Email.LINK_MAIL_INTERVAL);
    static final Instant A_DAY_LATER = NOW.plus(Email.LINK_LIFETIME), A_WEEK_LATER = NOW.plus(Duration.ofDays(7));
    static final EmailEvent REGISTERED = new Registered(ANN, "h1", "n1", true, NOW),
            VERIFIED = new Verified(ANN, "h1", "n1", NOW),
            KEPT = new Kept("acc_1", A_WEEK_LATER, NOW);

    static Register register(String account, int number) {
        return anAccount(account).register("h" + number, "n" + number);
    }

    static Verify verify(String nonce) {
        return new Verify(nonce, Optional.empty());
    }

    static Verify verify(String nonce, String hash) {
        return new Verify(nonce, Optional.of(hash));
    }

    @Test
    void belongsToTheRegistrationWhoseLinkIsFollowed() {
        var owned = given(AGGREGATE)
                .when(register("acc_1", 1))
                .then(REGISTERED)
                .when(verify("n1"))
                .then(VERIFIED);
        assertEquals(Optional.of("acc_1"), owned.state().owner());
        owned.when(verify("n1")).thenNothingChanges();
        owned.when(verify("n2")).thenRejected(LINK_EXPIRED);
        given(AGGREGATE).when(verify("n1")).thenRejected(LINK_EXPIRED);
        given(AGGREGATE, REGISTERED).when(register("acc_1", 1)).thenNothingChanges();
    }

    @Test
    void rejectsRegistrationAsAdminOrWithoutRoleWhetherItHasAnOwnerOrNot() {
        var asAdmin = anAccount("acc_2").withRoles(Role.CLIENT, Role.ADMIN).register("h2", "n2");
        var withoutRole = anAccount("acc_2").withRoles().register("h2", "n2");
        for (var phase : List.of(given(AGGREGATE), given(AGGREGATE, REGISTERED, VERIFIED))) {
            phase.when(asAdmin).thenRejected(ROLE_NOT_SELF_ASSIGNABLE);
            phase.when(withoutRole).thenRejected(NO_ROLE);
        }
    }

    @Test
    void linkExpiresAfterADay() {
        var verified = new Verified(ANN, "h1", "n1", A_DAY_LATER);
        given(AGGREGATE, REGISTERED).when(verify("n1"), A_DAY_LATER).then(verified);
        given(AGGREGATE, REGISTERED)
                .when(verify("n1"), A_DAY_LATER.plusMillis(1))
                .thenRejected(LINK_EXPIRED);
    }

    /**
     * A stranger registers the address a moment before its owner, who expects an e-mail, and gets only that of the
     * stranger's registration: its link does not verify the account with the stranger's password.
     */
    @Test
    void passwordDecidesBetweenSeveralRegistrations() {
        var strangers = new Registered(MALLORY, "h1", "n1", true, NOW);
        var both = given(AGGREGATE, strangers)
                .when(register("acc_1", 2), SOON)
                .then(new Registered(ANN, "h2", "n2", false, SOON));
        both.when(verify("n1"), SOON).thenRejected(PASSWORD_NEEDED);
        both.when(verify("n1", "h3"), SOON).thenRejected(LINK_EXPIRED);
        both.when(verify("n3", "h2"), SOON).thenRejected(LINK_EXPIRED);
        both.when(verify("n1", "h2"), SOON)
                .then(new Verified(ANN, "h2", "n1", SOON))
                .when(verify("n1", "h2"), SOON)
                .thenNothingChanges();
        both.when(verify("n2", "h2"), SOON).then(new Verified(ANN, "h2", "n2", SOON));
        var afterExpiry = A_DAY_LATER.plusSeconds(1);
        both.when(verify("n2"), afterExpiry).then(new Verified(ANN, "h2", "n2", afterExpiry));
    }

    @Test
    void getsOneMailInTenMinutesAboutRegistrations() {
        given(AGGREGATE, REGISTERED)
                .when(register("acc_2", 2), LATER.minusMillis(1))
                .then(new Registered(anAccount("acc_2").owner(), "h2", "n2", false, LATER.minusMillis(1)))
                .when(register("acc_3", 3), LATER)
                .then(new Registered(anAccount("acc_3").owner(), "h3", "n3", true, LATER))
                .when(register("acc_4", 4), LATER)
                .then(new Registered(anAccount("acc_4").owner(), "h4", "n4", false, LATER));
    }

    /** Otherwise a user with an account could hold back the only link that opens the owner's account. */
    @Test
    void reservationDoesNotPauseTheMailOfARegistration() {
        given(AGGREGATE)
                .when(new Reserve("acc_2", MAIL, "n0"))
                .then(new Reserved("acc_2", MAIL, "n0", NOW))
                .when(register("acc_1", 1))
                .then(REGISTERED)
                .when(new Reserve("acc_2", MAIL, "n2"), SOON)
                .then(new RequestIgnored("n2", SOON));
    }

    @Test
    void strangersCannotPushOutARegistration() {
        var full = given(AGGREGATE, REGISTERED);
        for (int i = 2; i <= Email.MAX_PENDING; i++)
            full = full.when(register("acc_2", i), SOON)
                    .then(new Registered(anAccount("acc_2").owner(), "h" + i, "n" + i, false, SOON));
        full.when(register("acc_2", 6), A_DAY_LATER)
                .then(new RequestIgnored("n6", A_DAY_LATER))
                .when(verify("n1", "h1"), A_DAY_LATER)
                .then(new Verified(ANN, "h1", "n1", A_DAY_LATER));
        var expired = A_DAY_LATER.plusMillis(1);
        full.when(register("acc_2", 6), expired)
                .then(new Registered(anAccount("acc_2").owner(), "h6", "n6", true, expired));
    }

    @Test
    void tellsTheOwnerOfRepeatedRegistrationsOncePerHour() {
        var later = NOW.plus(Email.REPEAT_MAIL_INTERVAL);
        given(AGGREGATE, REGISTERED, VERIFIED)
                .when(register("acc_2", 2))
                .then(new RegistrationRepeated("acc_1", MAIL, "n2", NOW))
                .when(register("acc_2", 2))
                .thenNothingChanges()
                .when(register("acc_2", 3), later.minusMillis(1))
                .then(new RequestIgnored("n3", later.minusMillis(1)))
                .when(new Reserve("acc_3", MAIL, "n4"), later)
                .then(new RegistrationRepeated("acc_1", MAIL, "n4", later));
    }

    @Test
    void accountChangesToAnAddressWithoutAnOwner() {
        var reserved = given(AGGREGATE)
                .when(new Reserve("acc_1", "Ann@example.com", "n1"))
                .then(new Reserved("acc_1", "Ann@example.com", "n1", NOW))
                .when(new Reserve("acc_1", "Ann@example.com", "n1"))
                .thenNothingChanges();
        reserved.when(new Confirm("n2")).thenRejected(LINK_EXPIRED);
        reserved.when(verify("n1")).thenRejected(LINK_EXPIRED);
        reserved.when(new Confirm("n1"), A_DAY_LATER.plusMillis(1)).thenRejected(LINK_EXPIRED);
        var owned = reserved.when(new Confirm("n1"), A_DAY_LATER)
                .then(new Confirmed("acc_1", "Ann@example.com", "n1", A_DAY_LATER));
        owned.when(new Confirm("n1")).thenNothingChanges();
        owned.when(new Confirm("n2")).thenRejected(LINK_EXPIRED);
        owned.when(new Reserve("acc_1", MAIL, "n3")).thenNothingChanges();
    }

    @Test
    void reservationsAreAsLimitedAsRegistrations() {
        var full = given(AGGREGATE);
        var at = NOW;
        for (int i = 1; i <= Email.MAX_PENDING; i++) {
            full = full.when(new Reserve("acc_1", MAIL, "n" + i), at).then(new Reserved("acc_1", MAIL, "n" + i, at));
            full.when(new Reserve("acc_2", MAIL, "x"), at).then(new RequestIgnored("x", at));
            at = at.plus(Email.LINK_MAIL_INTERVAL);
        }
        full.when(new Reserve("acc_1", MAIL, "n6"), at)
                .then(new RequestIgnored("n6", at))
                .when(new Confirm("n1"), at)
                .then(new Confirmed("acc_1", MAIL, "n1", at));
    }

    /** One link of two is followed: the other account gets nothing. */
    @Test
    void addressHasOneOwnerAlsoWhenOneRegistersAndAnotherReserves() {
        var both = given(AGGREGATE, REGISTERED).when(new Reserve("acc_2", MAIL, "n2"), LATER);
        both.then(new Reserved("acc_2", MAIL, "n2", LATER))
                .when(verify("n1"), LATER)
                .then(new Verified(ANN, "h1", "n1", LATER))
                .when(new Confirm("n2"), LATER)
                .thenRejected(LINK_EXPIRED);
        both.then(new Reserved("acc_2", MAIL, "n2", LATER))
                .when(new Confirm("n2"), LATER)
                .then(new Confirmed("acc_2", MAIL, "n2", LATER))
                .when(verify("n1"), LATER)
                .thenRejected(LINK_EXPIRED);
    }

    @Test
    void formerAddressIsKeptAndThenReleased() {
        var kept = given(AGGREGATE, REGISTERED, VERIFIED)
                .when(new Keep("acc_1", A_WEEK_LATER))
                .then(KEPT);
        kept.when(new Keep("acc_1", A_WEEK_LATER)).thenNothingChanges();
        assertEquals(Optional.empty(), kept.state().owner());
        kept.when(register("acc_2", 2), LATER).then(new RequestIgnored("n2", LATER));
        kept.when(new Reserve("acc_2", MAIL, "n2"), LATER).then(new RequestIgnored("n2", LATER));
        kept.when(verify("n1")).thenRejected(LINK_EXPIRED);
        kept.when(new Restore("acc_1"), A_WEEK_LATER)
                .then(new Restored("acc_1", MAIL, A_WEEK_LATER))
                .when(new Restore("acc_1"), A_WEEK_LATER)
                .thenNothingChanges();
        kept.when(new Restore("acc_1"), A_WEEK_LATER.plusMillis(1)).thenRejected(LINK_EXPIRED);
        kept.when(new Release("acc_1"))
                .then(new Released("acc_1", NOW))
                .when(new Release("acc_1"))
                .thenNothingChanges()
                .when(verify("n1"))
                .thenRejected(LINK_EXPIRED)
                .when(register("acc_2", 2))
                .then(new Registered(anAccount("acc_2").owner(), "h2", "n2", true, NOW));
    }

    @Test
    void onlyTheOwnerGivesAnAddressUp() {
        var owned = given(AGGREGATE, REGISTERED, VERIFIED);
        owned.when(new Keep("acc_2", A_WEEK_LATER)).thenRejected(NOT_OWNER);
        owned.when(new Restore("acc_2")).thenRejected(NOT_OWNER);
        owned.when(new Release("acc_2")).thenNothingChanges();
        owned.when(new Release("acc_1")).then(new Released("acc_1", NOW));
        var kept = given(AGGREGATE, REGISTERED, VERIFIED, KEPT);
        kept.when(new Keep("acc_2", A_WEEK_LATER)).thenRejected(NOT_OWNER);
        kept.when(new Restore("acc_2")).thenRejected(NOT_OWNER);
        kept.when(new Release("acc_2")).thenNothingChanges();
        given(AGGREGATE).when(new Keep("acc_1", A_WEEK_LATER)).thenRejected(NOT_OWNER);
        given(AGGREGATE).when(new Restore("acc_1")).thenRejected(NOT_OWNER);
    }

    /** For random commands: each owner has followed a link, or changes back to its own address. */
    @Property
    void addressHasOneOwnerAtATime(@ForAll("sequences") List<Step<EmailCommand>> steps) {
        var owner = Optional.<String>empty();
        var former = Optional.<String>empty();
        var requested = new HashSet<String>();
        for (var event : CommandSequence.run(AGGREGATE, steps).journal()) {
            switch (event) {
                case Registered it -> requested.add(it.person().id());
                case Reserved it -> requested.add(it.accountId());
                case Verified it -> {
                    assertEquals(Optional.empty(), owner.or(former(former)));
                    owner = Optional.of(it.person().id());
                }
                case Confirmed it -> {
                    assertEquals(Optional.empty(), owner.or(former(former)));
                    owner = Optional.of(it.accountId());
                }
                case Kept it -> {
                    assertEquals(Optional.of(it.accountId()), owner);
                    former = owner;
                    owner = Optional.empty();
                }
                case Restored it -> {
                    assertEquals(Optional.of(it.accountId()), former);
                    owner = former;
                    former = Optional.empty();
                }
                case Released it -> {
                    assertEquals(Optional.of(it.accountId()), owner.or(former(former)));
                    owner = Optional.empty();
                    former = Optional.empty();
                }
                case RegistrationRepeated it -> assertEquals(Optional.of(it.accountId()), owner);
                case RequestIgnored _ -> {}
            }
            assertTrue(requested.containsAll(owner.stream().toList()), () -> event + " without a request");
        }
    }

    private static java.util.function.Supplier<Optional<String>> former(Optional<String> account) {
        return () -> account;
    }

    @Provide
    Arbitrary<List<Step<EmailCommand>>> sequences() {
        return CommandSequence.random(COMMANDS, PAUSES);
    }

    static final Duration[] PAUSES = {Duration.ZERO, Email.LINK_MAIL_INTERVAL, Email.REPEAT_MAIL_INTERVAL};

    static final List<EmailCommand> COMMANDS = List.of(
            register("acc_1", 1),
            register("acc_2", 2),
            anAccount("acc_1").withRoles(Role.ADMIN).register("h3", "n3"),
            anAccount("acc_1").withRoles().register("h4", "n4"),
            verify("n1"),
            verify("n2", "h1"),
            new Reserve("acc_3", MAIL, "n5"),
            new Confirm("n5"),
            new Keep("acc_1", NOW.plus(Duration.ofHours(2))),
            new Restore("acc_1"),
            new Release("acc_1"),
            new Release("acc_3"));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of(), Duration.ZERO, Email.LINK_MAIL_INTERVAL);
    }

    @Test
    void idIsThatOfTheCanonicalAddress() {
        assertEquals(Email.id(MAIL), Email.id("Ann@Example.COM"));
        assertEquals(Email.id("ann@b\u00fccher.example"), Email.id("ann@xn--bcher-kva.example"));
        assertNotEquals(Email.id(MAIL), Email.id("anne@example.com"));
    }

    /** These ids are in the journal: if they changed, nobody could log in. */
    @Test
    void idNeverChanges() {
        assertEquals("71d4f55f72fa128dfb468a1a3901507c804b74316488744d769d7f4b16696476", Email.id(MAIL));
    }
}
