package io.guildhall.domain.contract;

import static io.guildhall.domain.contract.Contract.AGGREGATE;
import static io.guildhall.domain.contract.ContractRejection.*;
import static io.guildhall.domain.contract.ContractTest.*;
import static io.guildhall.domain.contract.RefundTest.BY_CLIENT;
import static io.guildhall.domain.contract.RefundTest.OFFERED;
import static io.guildhall.domain.contract.RefundTest.REQUESTED;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.guildhall.domain.contract.ContractCommand.*;
import io.guildhall.domain.contract.ContractEvent.*;
import io.guildhall.domain.contract.HeldMoney.SettlementDecision;
import io.guildhall.domain.contract.HeldMoney.SettlementDecision.Method;
import io.guildhall.domain.contract.SilencePeriod.Kind;
import io.guildhall.domain.contract.SilencePeriod.Warning;
import io.guildhall.domain.escrow.Settlement;
import io.guildhall.given.Given;
import io.guildhall.kernel.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilenceTest {
    static final ContractEvent WITH_RULES = new Created(DEAL, PARTS, Optional.of(EscrowRules.STANDARD), NOW);
    static final SilencePeriod ACCEPTANCE = new SilencePeriod(1, Kind.ACCEPTANCE, NOW, 14, List.of(7, 3, 1), List.of());
    static final SilencePeriod REFUND = new SilencePeriod(1, Kind.REFUND, NOW, 7, List.of(3, 1), List.of());
    static final ContractEvent STARTED = started(ACCEPTANCE), REFUND_STARTED = started(REFUND);

    static ContractEvent started(SilencePeriod period) {
        return new SilenceStarted(DEAL, 1, "Part 1", period, period.startedAt());
    }

    private static Instant day(double day) {
        return NOW.plusSeconds((long) (day * 86_400));
    }

    private static ContractEvent issued(SilencePeriod period, int days, double day) {
        return new WarningIssued(DEAL, 1, "Part 1", period, days, day(day));
    }

    private static ContractEvent told(SilencePeriod before, int days, double day) {
        return new WarningTold(DEAL, 1, "Part 1", before.withTold(new Warning(days, day(day))), days, day(day));
    }

    private static SilencePeriod sendAllWarnings(SilencePeriod period) {
        for (int days : period.warningDays()) period = period.withTold(new Warning(days, day(period.days() - days)));
        return period;
    }

    private static Given<Contract, ContractCommand, ContractEvent, ContractRejection> submitted() {
        return given(AGGREGATE, WITH_RULES, FUNDED, SUBMITTED, STARTED);
    }

    @Test
    void acceptsSubmittedWorkAfterAllWarningsWereTold() {
        var first = ACCEPTANCE.withTold(new Warning(7, day(7)));
        var second = first.withTold(new Warning(3, day(11)));
        given(AGGREGATE, WITH_RULES, FUNDED)
                .when(new ContractCommand.Submit(FREELANCER, 1, "done"))
                .then(SUBMITTED, STARTED)
                .when(new IssueWarning(1, 1, 7), day(6.9))
                .thenRejected(NOT_DUE)
                .when(new IssueWarning(1, 1, 3), day(11))
                .thenRejected(NOT_DUE)
                .when(new IssueWarning(1, 1, 7), day(7))
                .then(issued(ACCEPTANCE, 7, 7))
                .when(new IssueWarning(1, 1, 7), day(7))
                .thenNothingChanges()
                .when(new RecordWarningTold(1, 1, 3), day(7))
                .thenRejected(NOT_DUE)
                .when(new RecordWarningTold(1, 1, 7), day(7))
                .then(told(ACCEPTANCE, 7, 7))
                .when(new RecordWarningTold(1, 1, 7), day(8))
                .thenNothingChanges()
                .when(new IssueWarning(1, 1, 3), day(11))
                .then(issued(first, 3, 11))
                .when(new RecordWarningTold(1, 1, 3), day(11))
                .then(told(first, 3, 11))
                .when(new IssueWarning(1, 1, 1), day(13))
                .then(issued(second, 1, 13))
                .when(new EndSilence(1, 1), day(14))
                .thenRejected(NOT_DUE)
                .when(new RecordWarningTold(1, 1, 1), day(13))
                .then(told(second, 1, 13))
                .when(new EndSilence(1, 1), day(13.9))
                .thenRejected(NOT_DUE)
                .when(new EndSilence(1, 1), day(14))
                .then(new AcceptedBySilence(DEAL, 1, "Part 1", usd(60), day(14)))
                .when(new EndSilence(1, 1), day(14))
                .thenNothingChanges()
                .when(new MarkPaid(1))
                .then(PAID);
    }

    @Test
    void neverAcceptsWithoutWarnings() {
        submitted().when(new EndSilence(1, 1), day(1_000)).thenRejected(NOT_DUE);
        given(AGGREGATE, WITH_RULES, FUNDED, SUBMITTED, STARTED, issued(ACCEPTANCE, 7, 7))
                .when(new EndSilence(1, 1), day(1_000))
                .thenRejected(NOT_DUE);
    }

    /** The party has as much time after each warning as it announced. */
    @Test
    void lateWarningMovesTheEnd() {
        var late = ACCEPTANCE.withTold(new Warning(7, day(12)));
        assertEquals(day(14), ACCEPTANCE.endsAt());
        assertEquals(day(7), ACCEPTANCE.nextStepAt());
        assertEquals(day(19), late.endsAt());
        assertEquals(day(16), late.nextStepAt());
        var all = late.withTold(new Warning(3, day(16))).withTold(new Warning(1, day(20)));
        assertEquals(day(21), all.nextStepAt());
        given(AGGREGATE, WITH_RULES, FUNDED, SUBMITTED, started(all))
                .when(new EndSilence(1, 1), day(20.9))
                .thenRejected(NOT_DUE)
                .when(new EndSilence(1, 1), day(21))
                .then(new AcceptedBySilence(DEAL, 1, "Part 1", usd(60), day(21)));
    }

    @Test
    void freelancersSilenceAgreesToTheClientsRequest() {
        var agreed = new SettlementDecision(Settlement.refunding(usd(20), usd(60)), Method.SILENCE, CLIENT, "too late");
        given(AGGREGATE, WITH_RULES, FUNDED)
                .when(new RequestRefund(CLIENT, 1, Optional.of(20L), "too late"))
                .then(REQUESTED, REFUND_STARTED)
                .when(new EndSilence(1, 1), day(7))
                .thenRejected(NOT_DUE);
        given(AGGREGATE, WITH_RULES, FUNDED, REQUESTED, started(sendAllWarnings(REFUND)))
                .when(new EndSilence(1, 1), day(6.9))
                .thenRejected(NOT_DUE)
                .when(new EndSilence(1, 1), day(7))
                .then(new SettlementDecided(DEAL, 1, "Part 1", agreed, day(7)))
                .when(new AcceptRefund(FREELANCER, 1, 1))
                .thenRejected(ALREADY_SETTLED);
    }

    @Test
    void clientsSilenceNeverAgreesToAnOffer() {
        given(AGGREGATE, WITH_RULES, FUNDED)
                .when(new RequestRefund(FREELANCER, 1, Optional.empty(), "no time"))
                .then(OFFERED)
                .when(new EndSilence(1, 1), day(1_000))
                .thenNothingChanges();
    }

    @Test
    void workIsNotAcceptedBySilenceWhileARefundIsRequested() {
        given(AGGREGATE, WITH_RULES, FUNDED, SUBMITTED, started(sendAllWarnings(ACCEPTANCE)))
                .when(new RequestRefund(CLIENT, 1, Optional.of(20L), "too late"))
                .then(REQUESTED, started(SECOND_REFUND))
                .when(new EndSilence(1, 1), day(1_000))
                .thenNothingChanges();
    }

    private static final SilencePeriod SECOND_REFUND =
            new SilencePeriod(2, Kind.REFUND, NOW, 7, List.of(3, 1), List.of());

    /** A contract whose client requests a refund on this day of the acceptance period. */
    private static Given<Contract, ContractCommand, ContractEvent, ContractRejection> requested(
            SilencePeriod acceptance, double day) {
        var request = new RefundRequest(1, CLIENT, usd(20), "too late", day(day));
        return given(
                AGGREGATE,
                WITH_RULES,
                FUNDED,
                SUBMITTED,
                started(acceptance),
                new RefundRequested(DEAL, 1, "Part 1", request, day(day)),
                started(new SilencePeriod(2, Kind.REFUND, day(day), 7, List.of(3, 1), List.of())));
    }

    private static void resumes(SilencePeriod acceptance, double requestedOn, int days, Integer... warnings) {
        var request = new RefundRequest(1, CLIENT, usd(20), "too late", day(requestedOn));
        var closedOn = requestedOn + 2;
        var resumed = new SilencePeriod(3, Kind.ACCEPTANCE, day(closedOn), days, List.of(warnings), List.of());
        requested(acceptance, requestedOn)
                .when(new WithdrawRefund(CLIENT, 1, 1), day(closedOn))
                .then(new RefundWithdrawn(DEAL, 1, "Part 1", request, day(closedOn)), started(resumed));
        requested(acceptance, requestedOn)
                .when(new DeclineRefund(FREELANCER, 1, 1, "it is done"), day(closedOn))
                .then(new RefundDeclined(DEAL, 1, "Part 1", request, "it is done", day(closedOn)), started(resumed));
    }

    @Test
    void closedRequestLeavesTheRestOfTheAcceptancePeriod() {
        resumes(ACCEPTANCE, 2, 12, 7, 3, 1);
        resumes(ACCEPTANCE.withTold(new Warning(7, day(7))), 9.5, 5, 3, 1);
        resumes(sendAllWarnings(ACCEPTANCE), 13.9, 1, 1);
        // The end has passed, and nothing has happened yet.
        resumes(sendAllWarnings(ACCEPTANCE), 20, 1, 1);
    }

    /** Its days start when it is sent. */
    @Test
    void dueWarningThatWasNotSentLeavesItsDays() {
        resumes(ACCEPTANCE, 20, 7, 7, 3, 1);
        resumes(ACCEPTANCE.withTold(new Warning(7, day(7))), 13, 3, 3, 1);
    }

    @Test
    void submissionAnswersARefundRequest() {
        var whole = new SilencePeriod(3, Kind.ACCEPTANCE, day(6), 14, List.of(7, 3, 1), List.of());
        var better = new WorkSubmitted(DEAL, 1, "Part 1", "better", day(6));
        var answered = given(AGGREGATE, WITH_RULES, FUNDED, SUBMITTED, STARTED, REQUESTED, started(SECOND_REFUND))
                .when(new ContractCommand.Submit(FREELANCER, 1, "better"), day(6))
                .then(new RefundDeclined(DEAL, 1, "Part 1", BY_CLIENT, "better", day(6)), better, started(whole));
        answered.when(new EndSilence(1, 2), day(1_000)).thenNothingChanges();
        answered.when(new EndSilence(1, 3), day(1_000)).thenRejected(NOT_DUE);
        given(AGGREGATE, WITH_RULES, FUNDED, OFFERED)
                .when(new ContractCommand.Submit(FREELANCER, 1, "better"), day(6))
                .then(
                        new RefundWithdrawn(DEAL, 1, "Part 1", RefundTest.BY_FREELANCER, day(6)),
                        better,
                        started(new SilencePeriod(1, Kind.ACCEPTANCE, day(6), 14, List.of(7, 3, 1), List.of())));
    }

    @Test
    void eachPartyRequestsALimitedNumberOfRefunds() {
        var rules = new EscrowRules(14, List.of(1), 7, List.of(1), Optional.of(1));
        given(AGGREGATE, new Created(DEAL, PARTS, Optional.of(rules), NOW), FUNDED, OFFERED)
                .when(new WithdrawRefund(FREELANCER, 1, 1))
                .then(new RefundWithdrawn(DEAL, 1, "Part 1", RefundTest.BY_FREELANCER, NOW))
                .when(new RequestRefund(FREELANCER, 1, Optional.empty(), "no time"))
                .thenRejected(REQUEST_LIMIT_REACHED);
        var client = given(AGGREGATE, new Created(DEAL, PARTS, Optional.of(rules), NOW), FUNDED, REQUESTED);
        client.when(new RequestRefund(CLIENT, 1, Optional.of(20L), "too late")).thenNothingChanges();
        client.when(new WithdrawRefund(CLIENT, 1, 1))
                .then(new RefundWithdrawn(DEAL, 1, "Part 1", BY_CLIENT, NOW))
                .when(new RequestRefund(CLIENT, 1, Optional.of(20L), "too late"))
                .thenRejected(REQUEST_LIMIT_REACHED)
                .when(new RequestRefund(FREELANCER, 1, Optional.empty(), "no time"))
                .then(new RefundRequested(
                        DEAL, 1, "Part 1", new RefundRequest(2, FREELANCER, usd(60), "no time", NOW), NOW));
    }

    /** Contracts without a limit have the standard one. */
    @Test
    void contractsOfOldRulesHaveALimitToo() {
        var contract = given(AGGREGATE, CREATED, FUNDED).state();
        int requests = 0;
        while (contract.decide(new RequestRefund(CLIENT, 1, Optional.of(20L), "too late"), NOW)
                instanceof Decision.Accepted<ContractEvent, ContractRejection>(var events)) {
            for (var event : events) contract = contract.evolve(event);
            contract = contract.evolve(new RefundWithdrawn(
                    DEAL, 1, "Part 1", new RefundRequest(++requests, CLIENT, usd(20), "too late", NOW), NOW));
        }
        assertEquals(EscrowRules.STANDARD.refundRequestLimit(), requests);
    }

    @Test
    void aReactionEndsThePeriodAndANewSubmissionStartsAnother() {
        var second = new SilencePeriod(2, Kind.ACCEPTANCE, NOW, 14, List.of(7, 3, 1), List.of());
        submitted()
                .when(new RequestChanges(CLIENT, 1, "more oak"))
                .then(CHANGES)
                .when(new IssueWarning(1, 1, 7), day(7))
                .thenNothingChanges()
                .when(new ContractCommand.Submit(FREELANCER, 1, "done"))
                .then(SUBMITTED, started(second))
                .when(new IssueWarning(1, 1, 7), day(7))
                .thenNothingChanges()
                .when(new IssueWarning(1, 2, 7), day(7))
                .then(issued(second, 7, 7));
        submitted()
                .when(new ContractCommand.Submit(FREELANCER, 1, "done better"))
                .then(new WorkSubmitted(DEAL, 1, "Part 1", "done better", NOW), started(second));
        submitted()
                .when(new Accept(CLIENT, 1))
                .then(ACCEPTED)
                .when(new EndSilence(1, 1), day(1_000))
                .thenNothingChanges();
    }

    /** Contracts that were signed under version 1 of the rules. */
    @Test
    void silenceDoesNotCountWithoutRules() {
        given(AGGREGATE, CREATED, FUNDED)
                .when(new ContractCommand.Submit(FREELANCER, 1, "done"))
                .then(SUBMITTED)
                .when(new EndSilence(1, 1), day(1_000))
                .thenNothingChanges();
    }

    @Test
    void rulesArePinnedAtSigning() {
        var rules = new EscrowRules(4, List.of(2), 3, List.of(1), Optional.empty());
        given(AGGREGATE)
                .when(new Create(DEAL, PARTS, Optional.of(rules)))
                .then(new Created(DEAL, PARTS, Optional.of(rules), NOW))
                .when(new Create(DEAL, PARTS, Optional.of(EscrowRules.STANDARD)))
                .thenNothingChanges()
                .when(new MarkFunded(1))
                .then(FUNDED)
                .when(new ContractCommand.Submit(FREELANCER, 1, "done"))
                .then(SUBMITTED, started(new SilencePeriod(1, Kind.ACCEPTANCE, NOW, 4, List.of(2), List.of())));
    }

    @Test
    void rulesAreBounded() {
        for (var wrong : List.of(List.<Integer>of(), List.of(14), List.of(3, 7), List.of(3, 3), List.of(1, 0)))
            assertThrows(
                    IllegalArgumentException.class, () -> new EscrowRules(14, wrong, 7, List.of(1), Optional.empty()));
        for (int days : new int[] {0, -1, 1, 366})
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new EscrowRules(14, List.of(1), days, List.of(1), Optional.empty()));
        assertEquals(
                Duration.ofDays(365).toDays(),
                new EscrowRules(365, List.of(1), 2, List.of(1), Optional.empty()).acceptanceDays());
    }
}
