package io.guildhall.domain.contract;

import static io.guildhall.domain.contract.Contract.AGGREGATE;
import static io.guildhall.domain.contract.ContractRejection.*;
import static io.guildhall.domain.contract.ContractTest.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.guildhall.domain.contract.ContractCommand.*;
import io.guildhall.domain.contract.ContractEvent.*;
import io.guildhall.domain.contract.HeldMoney.SettlementDecision;
import io.guildhall.domain.contract.HeldMoney.SettlementDecision.Method;
import io.guildhall.domain.escrow.Settlement;
import io.guildhall.given.Given;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Refund requests and splits of a milestone of 60 cents, in a contract of two milestones without silence. */
class RefundTest {
    static final String ADMIN = "acc_admin";
    static final RefundRequest BY_CLIENT = new RefundRequest(1, CLIENT, usd(20), "too late", NOW),
            BY_FREELANCER = new RefundRequest(1, FREELANCER, usd(60), "no time", NOW);
    static final ContractEvent REQUESTED = new RefundRequested(DEAL, 1, "Part 1", BY_CLIENT, NOW),
            OFFERED = new RefundRequested(DEAL, 1, "Part 1", BY_FREELANCER, NOW);

    static SettlementDecision decision(long refund, Method method, String by, String reason) {
        return new SettlementDecision(Settlement.refunding(usd(refund), usd(60)), method, by, reason);
    }

    static ContractEvent decided(SettlementDecision decision) {
        return new SettlementDecided(DEAL, 1, "Part 1", decision, NOW);
    }

    static ContractEvent settled(SettlementDecision decision) {
        return new MilestoneSettled(DEAL, 1, "Part 1", decision, NOW);
    }

    private static Given<Contract, ContractCommand, ContractEvent, ContractRejection> funded() {
        return given(AGGREGATE, CREATED, FUNDED);
    }

    private static Milestone.Status status(Contract contract) {
        return contract.findDetails()
                .flatMap(it -> it.milestone(1))
                .orElseThrow()
                .status();
    }

    @Test
    void clientRequestsPartAndFreelancerAgrees() {
        var agreed = decision(20, Method.AGREED, FREELANCER, "too late");
        var split = funded().when(new RequestRefund(CLIENT, 1, Optional.of(20L), "too late"))
                .then(REQUESTED)
                .when(new RequestRefund(CLIENT, 1, Optional.of(20L), "too late"))
                .thenNothingChanges()
                .when(new AcceptRefund(FREELANCER, 1, 1))
                .then(decided(agreed))
                .when(new AcceptRefund(FREELANCER, 1, 1))
                .thenNothingChanges()
                .when(new Split(ADMIN, 1, 10, 50, "fair"))
                .thenRejected(ALREADY_SETTLED)
                .when(new ContractCommand.Submit(FREELANCER, 1, "done"))
                .thenRejected(ALREADY_SETTLED)
                .when(new MarkSettled(1))
                .then(settled(agreed))
                .when(new MarkSettled(1))
                .thenNothingChanges();
        assertEquals(Milestone.Status.SPLIT, status(split.state()));
    }

    @Test
    void freelancerOffersEverythingAndClientAgrees() {
        var agreed = decision(60, Method.AGREED, CLIENT, "no time");
        var refunded = funded().when(new RequestRefund(FREELANCER, 1, Optional.empty(), "no time"))
                .then(OFFERED)
                .when(new AcceptRefund(CLIENT, 1, 1))
                .then(decided(agreed))
                .when(new MarkSettled(1))
                .then(settled(agreed));
        assertEquals(Milestone.Status.REFUNDED, status(refunded.state()));
        refunded.when(new Cancel(CLIENT, "the rest too"))
                .then(new Cancelled(DEAL, CLIENT, "the rest too", 2, NOW))
                .when(new MarkSettled(1))
                .thenNothingChanges();
    }

    @Test
    void thereIsOneOpenRequestForAMilestone() {
        given(AGGREGATE, CREATED, FUNDED, REQUESTED)
                .when(new RequestRefund(CLIENT, 1, Optional.of(30L), "too late"))
                .thenRejected(REFUND_REQUESTED)
                .when(new RequestRefund(FREELANCER, 1, Optional.of(20L), "too late"))
                .thenRejected(REFUND_REQUESTED)
                .when(new AcceptRefund(FREELANCER, 1, 2))
                .thenRejected(NO_SUCH_REQUEST);
    }

    @Test
    void declinedOrWithdrawnRequestCanBeFollowedByAnother() {
        given(AGGREGATE, CREATED, FUNDED, REQUESTED)
                .when(new DeclineRefund(FREELANCER, 1, 1, "half is done"))
                .then(new RefundDeclined(DEAL, 1, "Part 1", BY_CLIENT, "half is done", NOW))
                .when(new AcceptRefund(FREELANCER, 1, 1))
                .thenRejected(NO_SUCH_REQUEST)
                .when(new RequestRefund(CLIENT, 1, Optional.of(10L), "please"))
                .then(new RefundRequested(
                        DEAL, 1, "Part 1", new RefundRequest(2, CLIENT, usd(10), "please", NOW), NOW));
        given(AGGREGATE, CREATED, FUNDED, REQUESTED)
                .when(new WithdrawRefund(CLIENT, 1, 1))
                .then(new RefundWithdrawn(DEAL, 1, "Part 1", BY_CLIENT, NOW))
                .when(new WithdrawRefund(CLIENT, 1, 1))
                .thenRejected(NO_SUCH_REQUEST);
    }

    @Test
    void onlyTheOtherPartyAnswersAndOnlyTheRequesterWithdraws() {
        var requested = given(AGGREGATE, CREATED, FUNDED, REQUESTED);
        requested.when(new AcceptRefund(CLIENT, 1, 1)).thenRejected(OTHER_PARTY_ONLY);
        requested.when(new DeclineRefund(CLIENT, 1, 1, "no")).thenRejected(OTHER_PARTY_ONLY);
        requested.when(new WithdrawRefund(FREELANCER, 1, 1)).thenRejected(OTHER_PARTY_ONLY);
        requested.when(new AcceptRefund(STRANGER, 1, 1)).thenRejected(NOT_YOURS);
        requested.when(new RequestRefund(STRANGER, 1, Optional.empty(), "me")).thenRejected(NOT_YOURS);
        given(AGGREGATE, CREATED, CANCELLED)
                .when(new AcceptRefund(STRANGER, 1, 1))
                .thenRejected(NOT_YOURS);
    }

    @Test
    void requestsAmountsThatAreHeldOnly() {
        for (long amount : new long[] {0, -1, 61, Long.MIN_VALUE, Long.MAX_VALUE})
            funded().when(new RequestRefund(CLIENT, 1, Optional.of(amount), "more"))
                    .thenRejected(INVALID_AMOUNT);
        given(AGGREGATE, CREATED)
                .when(new RequestRefund(CLIENT, 1, Optional.empty(), "early"))
                .thenRejected(NOT_FUNDED);
        given(AGGREGATE, CREATED, FUNDED, SUBMITTED, ACCEPTED)
                .when(new RequestRefund(CLIENT, 1, Optional.empty(), "late"))
                .thenRejected(ALREADY_ACCEPTED);
    }

    @Test
    void workIsNotAcceptedWhileARefundIsRequested() {
        given(AGGREGATE, CREATED, FUNDED, SUBMITTED, REQUESTED)
                .when(new Accept(CLIENT, 1))
                .thenRejected(REFUND_REQUESTED)
                .when(new WithdrawRefund(CLIENT, 1, 1))
                .then(new RefundWithdrawn(DEAL, 1, "Part 1", BY_CLIENT, NOW))
                .when(new Accept(CLIENT, 1))
                .then(ACCEPTED);
    }

    @Test
    void adminSplitsHeldMoneyInWhateverStatus() {
        var split = decision(25, Method.ADMIN, ADMIN, "half was done");
        for (var history : new ContractEvent[][] {
            {CREATED, FUNDED},
            {CREATED, FUNDED, SUBMITTED},
            {CREATED, FUNDED, SUBMITTED, CHANGES},
            {CREATED, FUNDED, REQUESTED}
        })
            given(AGGREGATE, history)
                    .when(new Split(ADMIN, 1, 25, 35, "half was done"))
                    .then(decided(split))
                    .when(new Split(ADMIN, 1, 25, 35, "half was done"))
                    .thenNothingChanges()
                    .when(new Split(ADMIN, 1, 26, 34, "half was done"))
                    .thenRejected(ALREADY_SETTLED)
                    .when(new AcceptRefund(FREELANCER, 1, 1))
                    .thenRejected(ALREADY_SETTLED)
                    .when(new MarkSettled(1))
                    .then(settled(split));
    }

    @Test
    void adminSplitsARefusedRelease() {
        var split = decision(25, Method.ADMIN, ADMIN, "the account was closed");
        var stalled = given(AGGREGATE, CREATED, FUNDED, SUBMITTED, ACCEPTED)
                .when(new MarkReleaseStalled(1))
                .then(new ReleaseStalled(DEAL, 1, "Part 1", usd(60), NOW))
                .when(new MarkReleaseStalled(1))
                .thenNothingChanges();
        stalled.when(new Split(ADMIN, 1, 0, 60, "pay again")).thenRejected(ALREADY_ACCEPTED);
        stalled.when(new Split(ADMIN, 1, 25, 34, "a cent less")).thenRejected(INVALID_AMOUNT);
        stalled.when(new RequestRefund(CLIENT, 1, Optional.empty(), "me")).thenRejected(ALREADY_ACCEPTED);
        var decided = stalled.when(new Split(ADMIN, 1, 25, 35, "the account was closed"))
                .then(decided(split))
                .when(new Split(ADMIN, 1, 25, 35, "the account was closed"))
                .thenNothingChanges()
                .when(new MarkReleaseStalled(1))
                .thenNothingChanges();
        decided.when(new MarkSettled(1)).then(settled(split));
        stalled.when(new MarkPaid(1)).then(PAID);
    }

    @Test
    void lateSuccessOfARefusedReleasePreventsTheSplit() {
        var paid = given(
                        AGGREGATE,
                        CREATED,
                        FUNDED,
                        SUBMITTED,
                        ACCEPTED,
                        new ReleaseStalled(DEAL, 1, "Part 1", usd(60), NOW),
                        decided(decision(25, Method.ADMIN, ADMIN, "the account was closed")))
                .when(new MarkPaid(1))
                .then(PAID);
        var details = paid.state().findDetails().orElseThrow();
        assertEquals(Milestone.Status.PAID, status(paid.state()));
        assertEquals(Optional.empty(), details.held(1).settlement());
    }

    @Test
    void adminReleasesEverything() {
        var paid = given(AGGREGATE, CREATED, FUNDED)
                .when(new Split(ADMIN, 1, 0, 60, "it was delivered"))
                .then(decided(decision(0, Method.ADMIN, ADMIN, "it was delivered")))
                .when(new MarkPaid(1))
                .then(PAID);
        assertEquals(Milestone.Status.PAID, status(paid.state()));
    }

    @Test
    void recordsARedirectedPartOnce() {
        var split = decision(25, Method.AGREED, FREELANCER, "half of it");
        var toClient = decision(60, Method.ADMIN, ADMIN, "account closed");
        var redirect = new RecordRedirect(1, toClient.settlement(), ADMIN, "account closed");
        given(AGGREGATE, CREATED, FUNDED, decided(split))
                .when(redirect)
                .then(decided(toClient))
                .when(redirect)
                .thenNothingChanges()
                .when(new MarkSettled(1))
                .then(settled(toClient))
                .when(redirect)
                .thenNothingChanges();
        var toFreelancer = decision(0, Method.ADMIN, ADMIN, "card closed");
        var paid = given(AGGREGATE, CREATED, FUNDED, decided(split), decided(toFreelancer))
                .when(new MarkSettled(1))
                .then(PAID);
        assertEquals(Milestone.Status.PAID, status(paid.state()));
        funded().when(redirect).thenRejected(NOT_SETTLED);
    }

    @Test
    void splitAddsUpAndIsNotMadeByAParty() {
        for (long[] amounts : new long[][] {
            {60, 60},
            {0, 0},
            {61, -1},
            {-1, 61},
            {20, 39},
            {Long.MAX_VALUE, Long.MIN_VALUE},
            {Long.MAX_VALUE, Long.MAX_VALUE}
        }) funded().when(new Split(ADMIN, 1, amounts[0], amounts[1], "so")).thenRejected(INVALID_AMOUNT);
        funded().when(new Split(CLIENT, 1, 60, 0, "mine")).thenRejected(OWN_CONTRACT);
        funded().when(new Split(FREELANCER, 1, 0, 60, "mine")).thenRejected(OWN_CONTRACT);
        given(AGGREGATE, CREATED).when(new Split(ADMIN, 1, 60, 0, "so")).thenRejected(NOT_FUNDED);
        given(AGGREGATE, CREATED, FUNDED, SUBMITTED, ACCEPTED)
                .when(new Split(ADMIN, 1, 60, 0, "so"))
                .thenRejected(ALREADY_ACCEPTED);
    }

    @Test
    void contractEndsWithItsLastMilestone() {
        var refund = decision(60, Method.AGREED, FREELANCER, "too late");
        var second = new ContractEvent[] {
            CREATED, FUNDED, decided(refund), settled(refund), new MilestoneFunded(DEAL, 2, "Part 2", usd(40), NOW)
        };
        var all = new SettlementDecision(Settlement.refunding(usd(40), usd(40)), Method.AGREED, FREELANCER, "this too");
        given(AGGREGATE, second)
                .when(new Cancel(CLIENT, "no"))
                .thenRejected(ALREADY_FUNDED)
                .when(new RequestRefund(CLIENT, 2, Optional.empty(), "this too"))
                .then(new RefundRequested(
                        DEAL, 2, "Part 2", new RefundRequest(1, CLIENT, usd(40), "this too", NOW), NOW))
                .when(new AcceptRefund(FREELANCER, 2, 1))
                .then(new SettlementDecided(DEAL, 2, "Part 2", all, NOW))
                .when(new MarkSettled(2))
                .then(
                        new MilestoneSettled(DEAL, 2, "Part 2", all, NOW),
                        new Cancelled(DEAL, FREELANCER, "this too", 2, NOW));
        given(AGGREGATE, second)
                .when(new ContractCommand.Submit(FREELANCER, 2, "done"))
                .then(new WorkSubmitted(DEAL, 2, "Part 2", "done", NOW))
                .when(new Accept(CLIENT, 2))
                .then(new MilestoneAccepted(DEAL, 2, "Part 2", usd(40), NOW))
                .when(new MarkPaid(2))
                .then(new MilestonePaid(DEAL, 2, "Part 2", usd(40), NOW), new Completed(DEAL, NOW));
    }
}
