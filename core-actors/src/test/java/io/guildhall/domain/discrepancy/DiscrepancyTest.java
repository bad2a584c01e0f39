package io.guildhall.domain.discrepancy;

import static io.guildhall.domain.discrepancy.Discrepancy.AGGREGATE;
import static io.guildhall.domain.discrepancy.DiscrepancyRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.discrepancy.DiscrepancyCommand.*;
import io.guildhall.domain.discrepancy.DiscrepancyEvent.*;
import io.guildhall.domain.discrepancy.Report.Kind;
import io.guildhall.domain.discrepancy.Report.Movement;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import io.guildhall.kernel.Money;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DiscrepancyTest {
    static final Money AMOUNT = new Money(4_321, "USD"), CENT = new Money(1, "USD");
    static final Report SECOND = report(Kind.SECOND_PAYMENT, Movement.CHARGE),
            UNKNOWN = report(Kind.UNKNOWN_PAYMENT, Movement.CHARGE);
    static final DiscrepancyEvent REPORTED = new Reported(SECOND, NOW),
            RETURNING_1 = new ReturnStarted(SECOND, 1, NOW),
            FAILED = new ReturnFailed(SECOND, 1, "closed", NOW),
            RETURNED = new Returned(SECOND, "re_1", NOW);

    static Report report(Kind kind, Movement movement) {
        return new Report(kind, movement, "esc_1-1", 1, "pi_1", AMOUNT, Optional.empty(), Optional.empty());
    }

    @Test
    void sendsBackWhatTheClientPaidTooMuch() {
        for (var kind : List.of(Kind.SECOND_PAYMENT, Kind.WRONG_AMOUNT)) {
            var report = report(kind, Movement.CHARGE);
            given(AGGREGATE)
                    .when(new RecordReport(report))
                    .then(new Reported(report, NOW), new ReturnStarted(report, 1, NOW))
                    .when(new RecordReport(report))
                    .thenNothingChanges()
                    .when(new RecordReturned(1, "re_1", AMOUNT))
                    .then(new Returned(report, "re_1", NOW))
                    .when(new RecordReport(report))
                    .thenNothingChanges();
        }
    }

    @Test
    void leavesEverythingElseToAnOperator() {
        for (var movement : Movement.values())
            for (var kind : Kind.values()) {
                if (movement == Movement.CHARGE && (kind == Kind.SECOND_PAYMENT || kind == Kind.WRONG_AMOUNT)) continue;
                var report = report(kind, movement);
                given(AGGREGATE).when(new RecordReport(report)).then(new Reported(report, NOW));
            }
    }

    @Test
    void operatorSendsBackOrCloses() {
        var waiting = given(AGGREGATE, new Reported(UNKNOWN, NOW));
        waiting.when(new Retry())
                .then(new ReturnStarted(UNKNOWN, 1, NOW))
                .when(new Retry())
                .thenNothingChanges();
        waiting.when(new Close("operator", "ours"))
                .then(new Closed(UNKNOWN, "operator", "ours", NOW))
                .when(new Close("operator", "ours"))
                .thenNothingChanges()
                .when(new RecordReport(UNKNOWN))
                .thenNothingChanges();
        for (var report : List.of(
                report(Kind.FALSE_REPORT, Movement.CHARGE),
                report(Kind.REVERSED, Movement.CHARGE),
                report(Kind.SECOND_PAYMENT, Movement.REFUND)))
            given(AGGREGATE, new Reported(report, NOW)).when(new Retry()).thenRejected(NOT_RETURNABLE);
        given(AGGREGATE, REPORTED, RETURNING_1).when(new Close("operator", "")).thenRejected(RETURNING);
        given(AGGREGATE, REPORTED, RETURNING_1, FAILED)
                .when(new Close("operator", "by hand"))
                .then(new Closed(SECOND, "operator", "by hand", NOW))
                .when(new RecordReturned(1, "re_1", AMOUNT))
                .thenRejected(SECOND_PAYMENT);
    }

    @Test
    void retriesRefusedReturnAndStallsAfterTenAttempts() {
        given(AGGREGATE, REPORTED, RETURNING_1)
                .when(new RecordReturnUnknown(1))
                .then(new ReturnUnknown(SECOND, 1, NOW))
                .when(new RecordReturnUnknown(1))
                .thenNothingChanges()
                .when(new Retry())
                .thenNothingChanges()
                .when(new RecordReturnFailed(1, "closed"))
                .then(FAILED)
                .when(new Retry())
                .then(new ReturnStarted(SECOND, 2, NOW))
                .when(new RecordReturned(1, "re_1", AMOUNT))
                .then(RETURNED)
                .when(new RecordReturned(2, "re_2", AMOUNT))
                .thenRejected(SECOND_PAYMENT);
        given(AGGREGATE, REPORTED, new ReturnStarted(SECOND, 10, NOW))
                .when(new RecordReturnFailed(10, "closed"))
                .then(new ReturnFailed(SECOND, 10, "closed", NOW), new ReturnStalled(SECOND, 10, "closed", NOW))
                .when(new Retry())
                .then(new ReturnStarted(SECOND, 11, NOW));
    }

    @Test
    void rejectsUnfittingReturns() {
        given(AGGREGATE).when(new Retry()).thenRejected(NOT_REPORTED);
        var returning = given(AGGREGATE, REPORTED, RETURNING_1);
        returning.when(new RecordReturned(1, "re_1", CENT)).thenRejected(WRONG_AMOUNT);
        returning.when(new RecordReturned(2, "re_1", AMOUNT)).thenRejected(NO_SUCH_ATTEMPT);
        given(AGGREGATE, REPORTED).when(new RecordReturned(1, "re_1", AMOUNT)).thenRejected(NO_SUCH_ATTEMPT);
    }

    @Test
    void knowsWhichPaymentHasSentItBack() {
        assertEquals(
                Optional.of(AMOUNT),
                given(AGGREGATE, REPORTED, RETURNING_1, RETURNED).state().returnedBy("re_1"));
        assertEquals(
                Optional.empty(),
                given(AGGREGATE, REPORTED, RETURNING_1, RETURNED).state().returnedBy("re_2"));
        assertEquals(
                Optional.empty(),
                given(AGGREGATE, REPORTED, RETURNING_1).state().returnedBy("re_1"));
    }

    @Test
    void isTheSameForTheSamePayment() {
        assertEquals(Discrepancy.id(SECOND), Discrepancy.id(UNKNOWN));
        assertNotEquals(Discrepancy.id(SECOND), Discrepancy.id(report(Kind.FALSE_REPORT, Movement.CHARGE)));
        assertNotEquals(Discrepancy.id(SECOND), Discrepancy.id(report(Kind.REVERSED, Movement.CHARGE)));
        assertNotEquals(Discrepancy.id(SECOND), Discrepancy.id(report(Kind.SECOND_PAYMENT, Movement.REFUND)));
    }

    @Test
    void eachFalseClaimIsADiscrepancyOfItsOwn() {
        var claim = report(Kind.FALSE_REPORT, Movement.CHARGE);
        assertEquals(Discrepancy.id(claim), Discrepancy.id(report(Kind.FALSE_REPORT, Movement.CHARGE)));
        var others = List.of(
                falseClaim("esc_1-2", 1, AMOUNT), falseClaim("esc_1-1", 2, AMOUNT), falseClaim("esc_1-1", 1, CENT));
        for (var other : others) assertNotEquals(Discrepancy.id(claim), Discrepancy.id(other));
    }

    @Test
    void eachFindingOfTheAuditorIsADiscrepancyOfItsOwn() {
        var ids = Stream.of(Kind.MISSING_PAYMENT, Kind.OTHER_AMOUNT, Kind.OUT_OF_BALANCE, Kind.UNKNOWN_PAYMENT)
                .map(kind -> Discrepancy.id(report(kind, Movement.CHARGE)))
                .distinct();
        assertEquals(4, ids.count());
    }

    private static Report falseClaim(String subject, int attempt, Money amount) {
        return new Report(
                Kind.FALSE_REPORT,
                Movement.CHARGE,
                subject,
                attempt,
                "pi_1",
                amount,
                Optional.empty(),
                Optional.empty());
    }

    /** For random commands: the money is sent back at most once, and not after it was written off. */
    @Property
    void sendsMoneyBackOnce(@ForAll("sequences") List<Step<DiscrepancyCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        int ends = result.events(Returned.class).size()
                + result.events(Closed.class).size();
        assertTrue(ends <= 1, () -> result.journal().toString());
        var attempts = result.events(ReturnStarted.class).stream()
                .map(ReturnStarted::attempt)
                .toList();
        for (int i = 0; i < attempts.size(); i++) assertEquals(i + 1, attempts.get(i));
    }

    @Provide
    Arbitrary<List<Step<DiscrepancyCommand>>> sequences() {
        return CommandSequence.random(COMMANDS);
    }

    static final List<DiscrepancyCommand> COMMANDS = List.of(
            new RecordReport(SECOND),
            new RecordReport(UNKNOWN),
            new RecordReport(report(Kind.FALSE_REPORT, Movement.CHARGE)),
            new RecordReturned(1, "re_1", AMOUNT),
            new RecordReturned(2, "re_2", AMOUNT),
            new RecordReturned(1, "re_1", CENT),
            new RecordReturnFailed(1, "closed"),
            new RecordReturnFailed(10, "closed"),
            new RecordReturnUnknown(1),
            new Retry(),
            new Close("operator", "by hand"));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, REACHABLE, Set.of());
    }

    private static final List<DiscrepancyCommand> REACHABLE = Stream.concat(
                    COMMANDS.stream(), IntStream.rangeClosed(2, 9).mapToObj(it -> new RecordReturnFailed(it, "closed")))
            .toList();
}
