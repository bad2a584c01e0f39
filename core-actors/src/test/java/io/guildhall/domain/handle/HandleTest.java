package io.guildhall.domain.handle;

import static io.guildhall.domain.handle.Handle.AGGREGATE;
import static io.guildhall.domain.handle.HandleRejection.TAKEN;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.handle.HandleCommand.Claim;
import io.guildhall.domain.handle.HandleEvent.Claimed;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
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

class HandleTest {
    @Test
    void belongsToFirstClaimant() {
        given(AGGREGATE)
                .when(new Claim("acc_1"))
                .then(new Claimed("acc_1", NOW))
                .when(new Claim("acc_1"))
                .thenNothingChanges()
                .when(new Claim("acc_2"))
                .thenRejected(TAKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "Ann Meyer, 1, ann-meyer",
        "Ann Meyer, 2, ann-meyer-2",
        "  Zoë   O'Brien-Núñez!, 1, zoe-o-brien-nunez",
        "İris, 1, iris",
        "ﬁne, 1, fine",
        "李小龙, 1, member",
        "'', 3, member-3",
        "--, 1, member",
        "'../../etc', 1, etc",
        "abcdefghijklmnopqrstuvwxyzabcdefgh, 1, abcdefghijklmnopqrstuvwxyzabcd",
        "abcdefghijklmnopqrstuvwxyzabcdefgh, 12, abcdefghijklmnopqrstuvwxyza-12",
        "abcdefghijklmnopqrstuvwxyzabc defgh, 1, abcdefghijklmnopqrstuvwxyzabc",
        "abcdefghijklmnopqrstuvwxyza cdefgh, 2, abcdefghijklmnopqrstuvwxyza-2"
    })
    void isMadeOfANameInPlainLetters(String name, int n, String handle) {
        assertEquals(handle, Handle.candidate(name, n));
    }

    @Property
    void candidatesAreSafeAndShort(@ForAll String name, @ForAll @IntRange(min = 1, max = 99_999) int n) {
        var handle = Handle.candidate(name, n);
        assertTrue(handle.matches("[a-z0-9]+(-[a-z0-9]+)*"), handle);
        assertTrue(handle.length() <= Handle.MAX_LENGTH, handle);
        assertNotEquals(handle, Handle.candidate(name, n + 1));
    }

    @Property
    void isClaimedOnce(@ForAll("sequences") List<Step<HandleCommand>> steps) {
        assertTrue(CommandSequence.run(AGGREGATE, steps).journal().size() <= 1);
    }

    @Provide
    Arbitrary<List<Step<HandleCommand>>> sequences() {
        return CommandSequence.random(COMMANDS);
    }

    static final List<HandleCommand> COMMANDS = List.of(new Claim("acc_1"), new Claim("acc_2"));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of());
    }
}
