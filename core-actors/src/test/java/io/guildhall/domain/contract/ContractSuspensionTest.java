package io.guildhall.domain.contract;

import static io.guildhall.domain.contract.Contract.AGGREGATE;
import static io.guildhall.domain.contract.ContractRejection.*;
import static io.guildhall.domain.contract.ContractTest.*;
import static io.guildhall.domain.contract.RefundTest.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;

import io.guildhall.domain.contract.ContractCommand.*;
import io.guildhall.domain.contract.ContractEvent.*;
import io.guildhall.domain.contract.HeldMoney.SettlementDecision.Method;
import io.guildhall.given.Given;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContractSuspensionTest {
    private static final ContractEvent RELEASE_HELD = new ReleaseHeld(DEAL, 1, "Part 1", usd(60), NOW),
            RELEASE_RESUMED = new ReleaseResumed(DEAL, 1, "Part 1", usd(60), NOW),
            PARTY_SUSPENDED = new PartySuspended(DEAL, FREELANCER, 2, NOW),
            PARTY_REINSTATED = new PartyReinstated(DEAL, FREELANCER, NOW);

    private static Given<Contract, ContractCommand, ContractEvent, ContractRejection> accepted() {
        return given(AGGREGATE, CREATED, FUNDED, SUBMITTED, ACCEPTED);
    }

    @Test
    void releaseWaitsUntilTheSuspensionIsLifted() {
        accepted()
                .whileSuspended(FREELANCER)
                .when(new HoldRelease(1))
                .then(RELEASE_HELD)
                .when(new HoldRelease(1))
                .thenNothingChanges()
                .when(new ResumeRelease(1))
                .thenRejected(COUNTERPART_SUSPENDED)
                .whileSuspended()
                .when(new ResumeRelease(1))
                .then(RELEASE_RESUMED)
                .when(new ResumeRelease(1))
                .thenNothingChanges()
                .when(new MarkPaid(1))
                .then(PAID);
    }

    @Test
    void adminRefundsOrReleasesHeldRelease() {
        var held =
                accepted().whileSuspended(FREELANCER).when(new HoldRelease(1)).then(RELEASE_HELD);
        var refund = decision(60, Method.ADMIN, ADMIN, "never worked");
        held.when(new Split(ADMIN, 1, 60, 0, "never worked"))
                .then(decided(refund))
                .when(new ResumeRelease(1))
                .thenNothingChanges()
                .when(new MarkSettled(1))
                .then(settled(refund));
        var release = decision(0, Method.ADMIN, ADMIN, "good work");
        held.when(new Split(ADMIN, 1, 0, 60, "good work"))
                .then(decided(release))
                .when(new MarkPaid(1))
                .then(PAID);
        held.when(new Split(CLIENT, 1, 60, 0, "mine")).thenRejected(OWN_CONTRACT);
        held.when(new Split(ADMIN, 1, 60, 1, "too much")).thenRejected(INVALID_AMOUNT);
    }

    @Test
    void adminDoesNotDecideOnOtherAcceptedWork() {
        accepted().when(new Split(ADMIN, 1, 60, 0, "so")).thenRejected(ALREADY_ACCEPTED);
        accepted()
                .when(new HoldRelease(1))
                .then(RELEASE_HELD)
                .when(new ResumeRelease(1))
                .then(RELEASE_RESUMED)
                .when(new Split(ADMIN, 1, 60, 0, "so"))
                .thenRejected(ALREADY_ACCEPTED);
    }

    @Test
    void holdsOnlyTheReleaseOfAcceptedWork() {
        for (var other : new ContractEvent[][] {{CREATED}, {CREATED, FUNDED}, {CREATED, FUNDED, SUBMITTED}})
            given(AGGREGATE, other).when(new HoldRelease(1)).thenNothingChanges();
        given(AGGREGATE, CREATED, FUNDED, SUBMITTED, ACCEPTED, PAID)
                .when(new HoldRelease(1))
                .thenNothingChanges();
    }

    /** Otherwise the parties could agree on a small refund, so that the rest is paid without a review. */
    @Test
    void partialRefundIsNotAgreedWhileItWouldPayASuspendedFreelancer() {
        given(AGGREGATE, CREATED, FUNDED, REQUESTED)
                .whileSuspended(FREELANCER)
                .when(new AcceptRefund(FREELANCER, 1, 1))
                .thenRejected(CALLER_SUSPENDED);
        var offer = new RefundRequest(1, FREELANCER, usd(20), "no time", NOW);
        given(AGGREGATE, CREATED, FUNDED, new RefundRequested(DEAL, 1, "Part 1", offer, NOW))
                .whileSuspended(FREELANCER)
                .when(new AcceptRefund(CLIENT, 1, 1))
                .thenRejected(COUNTERPART_SUSPENDED)
                .whileSuspended(CLIENT)
                .when(new AcceptRefund(CLIENT, 1, 1))
                .then(decided(decision(20, Method.AGREED, CLIENT, "no time")));
    }

    @Test
    void fullRefundIsAgreedWithASuspendedFreelancer() {
        var request = new RefundRequest(1, CLIENT, usd(60), "suspended", NOW);
        given(AGGREGATE, CREATED, FUNDED)
                .whileSuspended(FREELANCER)
                .when(new RequestRefund(CLIENT, 1, Optional.empty(), "suspended"))
                .then(new RefundRequested(DEAL, 1, "Part 1", request, NOW))
                .when(new AcceptRefund(FREELANCER, 1, 1))
                .then(decided(decision(60, Method.AGREED, FREELANCER, "suspended")));
    }

    @Test
    void notesEachSuspensionOnceWhileTheContractRuns() {
        for (var running : new ContractEvent[][] {{CREATED}, {CREATED, FUNDED}})
            given(AGGREGATE, running)
                    .when(new NoteStanding(FREELANCER, false))
                    .thenNothingChanges()
                    .when(new NoteStanding(FREELANCER, true))
                    .then(PARTY_SUSPENDED)
                    .when(new NoteStanding(FREELANCER, true))
                    .thenNothingChanges()
                    .when(new NoteStanding(FREELANCER, false))
                    .then(PARTY_REINSTATED)
                    .when(new NoteStanding(FREELANCER, false))
                    .thenNothingChanges();
        given(AGGREGATE, CREATED).when(new NoteStanding(STRANGER, true)).thenRejected(NOT_YOURS);
        given(AGGREGATE, CREATED, CANCELLED)
                .when(new NoteStanding(FREELANCER, true))
                .thenNothingChanges();
    }

    /** The client gets 20; the escrow reports that it withholds the rest. */
    private static Given<Contract, ContractCommand, ContractEvent, ContractRejection> withheldPart() {
        return given(
                        AGGREGATE,
                        CREATED,
                        FUNDED,
                        REQUESTED,
                        decided(decision(20, Method.AGREED, FREELANCER, "too late")))
                .whileSuspended(FREELANCER)
                .when(new HoldRelease(1))
                .then(new ReleaseHeld(DEAL, 1, "Part 1", usd(40), NOW))
                .when(new HoldRelease(1))
                .thenNothingChanges();
    }

    @Test
    void adminReleasesTheWaitingPartAsAgreed() {
        var held = withheldPart();
        var confirmed = decision(20, Method.ADMIN, ADMIN, "reviewed");
        held.when(new Split(ADMIN, 1, 60, 0, "never worked")).thenRejected(ALREADY_SETTLED);
        held.when(new Split(ADMIN, 1, 20, 40, "reviewed"))
                .then(decided(confirmed))
                .when(new Split(ADMIN, 1, 20, 40, "reviewed"))
                .thenNothingChanges()
                .when(new HoldRelease(1))
                .thenNothingChanges()
                .when(new MarkSettled(1))
                .then(settled(confirmed));
    }

    @Test
    void waitingPartIsReleasedWhenTheSuspensionIsLifted() {
        withheldPart()
                .when(new ResumeRelease(1))
                .thenRejected(COUNTERPART_SUSPENDED)
                .whileSuspended()
                .when(new ResumeRelease(1))
                .then(new ReleaseResumed(DEAL, 1, "Part 1", usd(40), NOW))
                .when(new Split(ADMIN, 1, 20, 40, "reviewed"))
                .thenRejected(ALREADY_SETTLED)
                .when(new MarkSettled(1))
                .then(settled(decision(20, Method.AGREED, FREELANCER, "too late")));
    }

    /** The provider has refused it before the suspension. */
    @Test
    void resumedReleaseCanStallAgain() {
        var stalled = new ReleaseStalled(DEAL, 1, "Part 1", usd(60), NOW);
        accepted()
                .when(new MarkReleaseStalled(1))
                .then(stalled)
                .when(new HoldRelease(1))
                .then(RELEASE_HELD)
                .when(new ResumeRelease(1))
                .then(RELEASE_RESUMED)
                .when(new MarkReleaseStalled(1))
                .then(stalled);
    }
}
