package io.guildhall.domain.handle;

import static io.guildhall.domain.handle.Handle.AGGREGATE;
import static io.guildhall.domain.handle.HandleRejection.RESERVED;
import static io.guildhall.domain.handle.HandleRejection.TAKEN;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.handle.HandleCommand.Cancel;
import io.guildhall.domain.handle.HandleCommand.Claim;
import io.guildhall.domain.handle.HandleCommand.Confirm;
import io.guildhall.domain.handle.HandleCommand.Redirect;
import io.guildhall.domain.handle.HandleCommand.Reserve;
import io.guildhall.domain.handle.HandleEvent.Cancelled;
import io.guildhall.domain.handle.HandleEvent.Claimed;
import io.guildhall.domain.handle.HandleEvent.Confirmed;
import io.guildhall.domain.handle.HandleEvent.Redirected;
import io.guildhall.domain.handle.HandleEvent.Reserved;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandleTest {
    private static final Instant UNTIL = NOW.plus(Handle.REDIRECT_PERIOD);
    private static final Instant LATER = NOW.plusSeconds(1);

    @Test
    void belongsToFirstClaimant() {
        given(AGGREGATE)
                .when(new Claim("acc_1", "ann"))
                .then(new Claimed("acc_1", "ann", NOW))
                .when(new Claim("acc_1", "ann"))
                .thenNothingChanges()
                .when(new Reserve("acc_1", "ann"))
                .thenNothingChanges()
                .when(new Claim("acc_2", "ann"))
                .thenRejected(TAKEN)
                .when(new Reserve("acc_2", "ann"))
                .thenRejected(TAKEN);
    }

    @Test
    void isReservedUntilTheProfileHasIt() {
        given(AGGREGATE)
                .when(new Reserve("acc_1", "ann"))
                .then(new Reserved("acc_1", "ann", NOW))
                .when(new Reserve("acc_1", "ann"))
                .thenNothingChanges()
                .when(new Reserve("acc_2", "ann"))
                .thenRejected(TAKEN)
                .when(new Confirm("acc_1", LATER))
                .thenNothingChanges()
                .when(new Confirm("acc_1", NOW))
                .then(new Confirmed(NOW))
                .when(new Cancel("acc_1", NOW))
                .thenNothingChanges();
    }

    @Test
    void isFreeAfterTheReservationIsCancelled() {
        given(AGGREGATE, new Reserved("acc_1", "ann", NOW))
                .when(new Cancel("acc_2", NOW))
                .thenNothingChanges()
                .when(new Cancel("acc_1", NOW))
                .then(new Cancelled(NOW))
                .when(new Claim("acc_2", "ann"))
                .then(new Claimed("acc_2", "ann", NOW));
    }

    @Test
    void formerHandleIsNotGivenToAnotherAccount() {
        given(AGGREGATE, new Claimed("acc_1", "ann", NOW))
                .when(new Redirect("acc_2", LATER, UNTIL))
                .thenNothingChanges()
                .when(new Redirect("acc_1", LATER, UNTIL))
                .then(new Redirected(UNTIL, NOW))
                .when(new Claim("acc_2", "ann"))
                .thenRejected(TAKEN)
                .when(new Reserve("acc_2", "ann"))
                .thenRejected(TAKEN)
                .when(new Reserve("acc_1", "ann"))
                .then(new Reserved("acc_1", "ann", NOW))
                .when(new Cancel("acc_1", NOW))
                .then(new Cancelled(NOW))
                .when(new Claim("acc_2", "ann"))
                .thenRejected(TAKEN);
    }

    /** A repeated event of the first change, after the account has taken its handle back. */
    @Test
    void redirectOfAnEarlierChangeChangesNothing() {
        given(
                        AGGREGATE,
                        new Claimed("acc_1", "ann", NOW),
                        new Redirected(UNTIL, NOW),
                        new Reserved("acc_1", "ann", NOW.plusSeconds(9)),
                        new Confirmed(NOW))
                .when(new Redirect("acc_1", LATER, UNTIL))
                .thenNothingChanges();
    }

    @ParameterizedTest
    @CsvSource({"paypal, paypa1", "mary, rnary", "g00gle, google", "ann-ll, ann-1l"})
    void handlesThatLookAlikeAreOneEntity(String handle, String other) {
        assertEquals(Handle.id(handle), Handle.id(other));
        given(AGGREGATE, new Claimed("acc_1", handle, NOW))
                .when(new Claim("acc_2", other))
                .thenRejected(TAKEN)
                .when(new Reserve("acc_1", other))
                .thenRejected(TAKEN);
    }

    /** The ids are stored: they must not change with the library. */
    @Test
    void idsAreStable() {
        assertEquals(
                "cc3fa874b4f23b6bd9b26d62a04b53d4fb9f089bf47be8f3c3a9f46ec34fd92b",
                Handle.id("abcdefghijklmnopqrstuvwxyz-0123456789"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin",
                "support",
                "api",
                "www",
                "guildhall",
                "adrnin",
                "ann-support",
                "guildhall-team",
                "theguildhall",
                "rne",
                "g1gs-admin"
            })
    void reservedHandlesAreGivenToNoAccount(String handle) {
        given(AGGREGATE)
                .when(new Claim("acc_1", handle))
                .thenRejected(RESERVED)
                .when(new Reserve("acc_1", handle))
                .thenRejected(RESERVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann-meyer", "user-2", "helping-hand", "apis"})
    void otherHandlesAreNotReserved(String handle) {
        assertFalse(ReservedHandles.contains(handle));
    }

    @ParameterizedTest
    @CsvSource({
        "Łukasz Żółć, 1, lukasz-zolc",
        "Jürgen Groß, 1, jurgen-gross",
        "李小龙, 1, li-xiao-long",
        "Дмитрий, 1, dmitrij",
        "محمد علي, 1, mhmd-ly",
        "Ann Meyer, 1, ann-meyer",
        "Ann Meyer, 2, ann-meyer-2",
        "  Zoë   O'Brien-Núñez!, 1, zoe-o-brien-nunez",
        "İris, 1, iris",
        "ﬁne, 1, fine",
        "😀😀, 1, user",
        "'', 3, user-3",
        "--, 1, user",
        "Admin, 1, user",
        "Guildhall Support, 2, user-2",
        "'../../etc', 1, etc",
        "abcdefghijklmnopqrstuvwxyzabcdefgh, 1, abcdefghijklmnopqrstuvwxyzabcd",
        "abcdefghijklmnopqrstuvwxyzabcdefgh, 12, abcdefghijklmnopqrstuvwxyza-12",
        "abcdefghijklmnopqrstuvwxyzabc defgh, 1, abcdefghijklmnopqrstuvwxyzabc",
        "abcdefghijklmnopqrstuvwxyza cdefgh, 2, abcdefghijklmnopqrstuvwxyza-2"
    })
    void isMadeOfANameInLatinLetters(String name, int n, String handle) {
        assertEquals(handle, Handle.candidate(name, n));
    }

    @Property
    void candidatesAreSafeAndShort(@ForAll String name, @ForAll @IntRange(min = 1, max = 99_999) int n) {
        var handle = Handle.candidate(name, n);
        assertTrue(Handle.isWellFormed(handle), handle);
        assertTrue(Handle.id(handle).matches("[0-9a-f]{64}"), handle);
        assertNotEquals(Handle.id(handle), Handle.id(Handle.candidate(name, n + 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "a--b", "a-", "A", "a|b", "ä", "а", "abcdefghijklmnopqrstuvwxyzabcde"})
    void otherTextsAreNotHandles(String text) {
        assertFalse(Handle.isWellFormed(text));
    }

    /** Whatever happens: once a profile has had the handle, no other account gets it. */
    @Property
    void belongsToOneAccountOnceAProfileHasHadIt(@ForAll("sequences") List<Step<HandleCommand>> steps) {
        var owners = new HashSet<String>();
        var state = AGGREGATE.initialState();
        for (var event : CommandSequence.run(AGGREGATE, steps).journal()) {
            state = AGGREGATE.evolve().apply(state, event);
            switch (state) {
                case Handle.Owned it -> owners.add(it.accountId());
                case Handle.Redirecting it -> owners.add(it.accountId());
                case Handle.Reserved _ -> {}
                case Handle.Free _ -> assertTrue(owners.isEmpty());
            }
        }
        assertFalse(owners.size() > 1, owners.toString());
    }

    @Provide
    Arbitrary<List<Step<HandleCommand>>> sequences() {
        return CommandSequence.random(COMMANDS, Duration.ofSeconds(1));
    }

    static final List<HandleCommand> COMMANDS = List.of(
            new Claim("acc_1", "ann"),
            new Claim("acc_2", "ann"),
            new Claim("acc_2", "admin"),
            new Reserve("acc_1", "ann"),
            new Reserve("acc_2", "ann"),
            new Confirm("acc_1", NOW),
            new Confirm("acc_2", LATER),
            new Cancel("acc_1", NOW),
            new Cancel("acc_2", LATER),
            new Redirect("acc_1", LATER, UNTIL),
            new Redirect("acc_2", LATER, UNTIL));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of());
    }
}
