package io.guildhall.domain.hire;

import static io.guildhall.domain.hire.Hire.AGGREGATE;
import static io.guildhall.domain.hire.HireRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.contract.EscrowRules;
import io.guildhall.domain.hire.HireCommand.*;
import io.guildhall.domain.hire.HireEvent.*;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import io.guildhall.kernel.Money;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HireTest {
    static final String CLIENT = "acc_client", FREELANCER = "acc_freelancer";
    static final Duration LIMIT = Duration.ofMinutes(15);
    static final Money PRICE = new Money(100, "USD");
    static final HireTerms TERMS = new HireTerms(FREELANCER, PRICE, List.of(new MilestoneTerms("All of it", PRICE, 3)));

    static final Start BY_PROPOSAL = start(HireSource.proposal("prp_1-a", 2), Optional.of("job_1"), Optional.empty()),
            BY_INVITE = start(HireSource.invite("inv_1-a", 1), Optional.of("job_1"), Optional.of(TERMS)),
            BY_ORDER = start(HireSource.order("inv_2", 1), Optional.empty(), Optional.of(TERMS));
    static final HireEvent STARTED = new Started(details(BY_PROPOSAL), Optional.empty(), NOW),
            AGREED = new Agreed(details(BY_PROPOSAL), TERMS, NOW),
            SUCCEEDED = new Succeeded(details(BY_PROPOSAL), TERMS, NOW),
            REFUSED = new Failed(details(BY_PROPOSAL), HireFailure.REFUSED, "already-withdrawn", NOW);

    static Start start(HireSource source, Optional<String> job, Optional<HireTerms> terms) {
        return new Start(source, job, CLIENT, "A boat", 500, terms, LIMIT, Optional.of(EscrowRules.STANDARD));
    }

    static HireDetails details(Start start) {
        return new HireDetails(start.source(), start.jobId(), CLIENT, "A boat", 500, NOW.plus(LIMIT), start.rules());
    }

    @Test
    void succeedsOnceProposalAgreesAndContractExists() {
        given(AGGREGATE)
                .when(BY_PROPOSAL)
                .then(STARTED)
                .when(BY_PROPOSAL)
                .thenNothingChanges()
                .when(new Complete())
                .thenRejected(NOT_AGREED)
                .when(new Agree(TERMS))
                .then(AGREED)
                .when(new Agree(TERMS))
                .thenNothingChanges()
                .when(new Complete())
                .then(SUCCEEDED)
                .when(new Complete())
                .thenNothingChanges();
    }

    @Test
    void inviteHasItsTermsFromTheStart() {
        var hire = given(AGGREGATE).when(BY_INVITE).then(new Started(details(BY_INVITE), Optional.of(TERMS), NOW));
        assertEquals(Optional.of(TERMS), hire.state().findTerms());
    }

    @Test
    void orderHasItsTermsFromTheStart() {
        given(AGGREGATE)
                .when(BY_ORDER)
                .then(new Started(details(BY_ORDER), Optional.of(TERMS), NOW))
                .when(new Agree(TERMS))
                .then(new Agreed(details(BY_ORDER), TERMS, NOW));
    }

    @Test
    void firstOutcomeIsFinal() {
        given(AGGREGATE, STARTED)
                .when(new Refuse("already-withdrawn"))
                .then(REFUSED)
                .when(new Refuse("changed-meanwhile"))
                .thenNothingChanges()
                .when(new TimeOut())
                .thenNothingChanges()
                .when(BY_PROPOSAL)
                .thenNothingChanges()
                .when(new Agree(TERMS))
                .thenRejected(ALREADY_FAILED)
                .when(new Complete())
                .thenRejected(ALREADY_FAILED);
        for (var hire : List.of(given(AGGREGATE, STARTED, AGREED), given(AGGREGATE, STARTED, AGREED, SUCCEEDED))) {
            hire.when(new Refuse("already-withdrawn")).thenNothingChanges();
            hire.when(BY_PROPOSAL).thenNothingChanges();
            hire.when(new TimeOut(), NOW.plus(LIMIT)).thenNothingChanges();
        }
    }

    @Test
    void failsAtItsDeadlineUnlessAgreedOn() {
        var hire = given(AGGREGATE, STARTED);
        hire.when(new TimeOut(), NOW.plus(LIMIT).minusMillis(1)).thenRejected(NOT_DUE);
        hire.when(new TimeOut(), NOW.plus(LIMIT))
                .then(new Failed(details(BY_PROPOSAL), HireFailure.TIMED_OUT, "timed-out", NOW.plus(LIMIT)));
    }

    @Test
    void rejectsEverythingBeforeItsStart() {
        for (var command : List.of(new Agree(TERMS), new Refuse(""), new TimeOut(), new Complete()))
            given(AGGREGATE).when(command).thenRejected(NOT_STARTED);
    }

    /** For random commands: one outcome, and the terms and the deadline stay as they were pinned. */
    @Property
    void hasOneOutcome(@ForAll("sequences") List<Step<HireCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        int failed = result.events(Failed.class).size();
        assertTrue(failed + result.events(Agreed.class).size() <= 1);
        assertTrue(failed + result.events(Succeeded.class).size() <= 1);
        assertTrue(result.journal().stream().map(HireEvent::hire).distinct().count() <= 1);
    }

    @Provide
    Arbitrary<List<Step<HireCommand>>> sequences() {
        return CommandSequence.random(COMMANDS, Duration.ofMinutes(4));
    }

    static final List<HireCommand> COMMANDS = List.of(
            BY_PROPOSAL,
            BY_INVITE,
            BY_ORDER,
            new Agree(TERMS),
            new Refuse("already-withdrawn"),
            new TimeOut(),
            new Complete());

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of(), Duration.ZERO, LIMIT);
    }
}
