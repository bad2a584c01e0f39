package io.guildhall.projections.process;

import static io.guildhall.Await.result;
import static io.guildhall.projections.process.UserActions.newId;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand.AcceptRefund;
import io.guildhall.domain.contract.ContractCommand.Cancel;
import io.guildhall.domain.contract.ContractCommand.RequestRefund;
import io.guildhall.domain.contract.ContractCommand.Split;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.Milestone.Status;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand.Fund;
import io.guildhall.domain.escrow.EscrowCommand.RetryTransfer;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.domain.escrow.EscrowRejection;
import io.guildhall.domain.escrow.PendingCall;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteEvent;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.kernel.Correlation;
import io.guildhall.port.PaymentGateway.AccountStatus;
import io.guildhall.projections.Deadline;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.DeadlineResult;
import io.guildhall.projections.process.contract.SuspensionProcess;
import io.guildhall.projections.store.Deadlines;
import io.guildhall.testing.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a suspension does to hires, charges and releases that are under way. */
class SuspensionsTest {
    private static final LossyProcesses PROCESSES = new LossyProcesses();
    private static ProcessFixture fixture;
    private static UserActions users;
    private final String client = newId("acc");
    private String freelancer;

    @BeforeAll
    static void open() throws Exception {
        fixture = new ProcessFixture(PROCESSES);
        users = new UserActions(fixture);
    }

    @BeforeEach
    void createFreelancer() {
        freelancer = users.createFreelancer(AccountStatus.VERIFIED);
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @AfterEach
    void auditMoney() {
        PROCESSES.isLost = (_, _) -> false;
        new MoneyAudit(fixture).verify();
    }

    private static Contract.Details details(String contract) {
        return fixture.state(Contract.AGGREGATE, contract).findDetails().orElseThrow();
    }

    private static void awaitMilestone(String contract, Status status) {
        Await.until(
                () -> assertThat(details(contract).milestone(1).orElseThrow().status())
                        .isEqualTo(status));
    }

    private static void awaitHeld(String contract) {
        Await.until(
                () -> assertThat(details(contract).held(1).release().isHeld()).isTrue());
    }

    /** @return the contract, whose milestone is accepted while the freelancer is suspended */
    private String acceptedOfSuspended() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        users.suspend(freelancer);
        users.deliver(client, freelancer, contract, 1);
        awaitHeld(contract);
        assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1))).isInstanceOf(Escrow.Held.class);
        return contract;
    }

    @Test
    void heldReleaseGoesOnWhenTheSuspensionIsLifted() {
        var contract = acceptedOfSuspended();
        users.liftSuspension(freelancer);
        awaitMilestone(contract, Status.PAID);
        users.awaitEscrow(contract, 1, Escrow.Released.class);
    }

    @Test
    void heldReleaseIsTriedEverMoreRarelyDuringTheSuspension() {
        var contract = acceptedOfSuspended();
        var process = new SuspensionProcess(
                fixture.entities,
                new Deadlines(fixture.database, fixture.clock, TestLoops.create()),
                fixture.suspended,
                fixture.clock);
        var kind = new DeadlineKind("contract-release-resume");
        var resume = process.deadlines().get(kind);
        assertThat(Stream.of(0, 3, 100)
                        .map(runs -> result(requireNonNull(resume)
                                .handle(new Deadline(kind.forEntity(contract, 1), runs, Correlation.NONE)))))
                .containsExactly(
                        DeadlineResult.retryAfter(Duration.ofMinutes(10)),
                        DeadlineResult.retryAfter(Duration.ofMinutes(80)),
                        DeadlineResult.retryAfter(Duration.ofDays(1)));
    }

    @Test
    void adminRefundsAHeldRelease() {
        var contract = acceptedOfSuspended();
        fixture.execute(Contract.AGGREGATE, contract, new Split("acc_root", 1, 10_000, 0, "Never worked"));
        awaitMilestone(contract, Status.REFUNDED);
        users.awaitEscrow(contract, 1, Escrow.Refunded.class);
        users.liftSuspension(freelancer);
        users.awaitEscrow(contract, 1, Escrow.Refunded.class);
    }

    @Test
    void adminReleasesAHeldReleaseDuringTheSuspension() {
        var contract = acceptedOfSuspended();
        fixture.execute(Contract.AGGREGATE, contract, new Split("acc_root", 1, 0, 10_000, "Good work"));
        awaitMilestone(contract, Status.PAID);
        users.awaitEscrow(contract, 1, Escrow.Released.class);
    }

    @Test
    void runningContractsNoteASuspensionAndItsEnd() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        users.suspend(freelancer);
        Await.until(() -> assertThat(details(contract).suspended()).containsExactly(freelancer));
        users.liftSuspension(freelancer);
        Await.until(() -> assertThat(details(contract).suspended()).isEmpty());
    }

    /** The suspension is known when the contract is created. */
    @Test
    void contractThatIsCreatedDuringASuspensionNotesIt() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        users.suspend(client);
        Await.until(() -> assertThat(details(contract).suspended()).containsExactly(client));
    }

    private static long deadlines(String kind, String entity) {
        return fixture.queryNumber("SELECT count(*) FROM deadline WHERE kind = ? AND entity_id = ?", kind, entity);
    }

    /** For a minute, the node does not know the state that the account has recorded. */
    @Test
    void runningContractsNoteASuspensionThatTheNodeKnowsLate() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        users.suspendUnknown(freelancer);
        Await.until(() -> assertThat(waits(freelancer)).isGreaterThan(1));
        fixture.advanceClock(Duration.ofMinutes(1));
        Await.until(() -> assertThat(waits(freelancer)).isGreaterThan(2));
        assertThat(details(contract).suspended()).isEmpty();
        fixture.suspended.add(freelancer);
        fixture.advanceClock(Duration.ofMinutes(1));
        Await.until(() -> assertThat(details(contract).suspended()).containsExactly(freelancer));
    }

    /** How often a node was queried before it knew the suspension. */
    private static long waits(String account) {
        return fixture.queryNumber(
                "SELECT coalesce(sum(attempts), 0) FROM deadline WHERE kind = 'suspension-known' AND entity_id = ?",
                account);
    }

    @Test
    void contractsWaitWhileTheSuspensionsAreUnknown() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        fixture.suspended.areKnown = false;
        try {
            users.suspend(freelancer);
            Await.until(() -> assertThat(waits(freelancer)).isGreaterThan(1));
            assertThat(details(contract).suspended()).isEmpty();
        } finally {
            fixture.suspended.areKnown = true;
        }
        Await.until(() -> assertThat(details(contract).suspended()).containsExactly(freelancer));
    }

    @Test
    void deadlinesOfAContractEndWithIt() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        Await.until(() -> assertThat(deadlines("contract-standing", contract)).isEqualTo(2));
        fixture.execute(Contract.AGGREGATE, contract, new Cancel(client, "No time"));
        Await.until(() -> assertThat(deadlines("contract-standing", contract)).isZero());
    }

    @Test
    void nothingIsFundedWithASuspendedFreelancer() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        users.suspend(freelancer);
        var fund = new Fund(client, "pm_card_visa", newId("req"));
        assertThat(fixture.attempt(Escrow.AGGREGATE, Escrow.id(contract, 1), fund))
                .isEqualTo(new Outcome.Rejected<>(EscrowRejection.COUNTERPART_SUSPENDED));
    }

    @Test
    void chargeThatWaitsForAConfirmationIsDropped() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        users.fund(client, contract, 1, "pm_card_authenticationRequired");
        awaitSecret(contract);
        users.suspend(freelancer);
        awaitDeclined(contract, "account-suspended");
    }

    private static void awaitDeclined(String contract, String code) {
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Open.class,
                        it -> assertThat(it.lastDecline())
                                .hasValueSatisfying(
                                        decline -> assertThat(decline.code()).isEqualTo(code))));
    }

    /** The provider's response requires a confirmation after the suspension. */
    @Test
    void chargeThatMustBeConfirmedAfterTheSuspensionIsCancelled() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        suspendBefore("payment", EscrowEvent.ActionRequired.class);
        users.fund(client, contract, 1, "pm_card_authenticationRequired");
        awaitDeclined(contract, "account-suspended");
    }

    /** The event that cancels the escrow is lost: the process queries the contract itself. */
    @Test
    void chargeThatMustBeConfirmedAfterTheCancellationIsCancelled() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        PROCESSES.isLost = (name, recorded) -> {
            if (name.equals("payment") && recorded.event() instanceof EscrowEvent.ActionRequired)
                fixture.execute(Contract.AGGREGATE, contract, new Cancel(client, "No time"));
            return name.equals("hiring") && recorded.event() instanceof ContractEvent.Cancelled;
        };
        users.fund(client, contract, 1, "pm_card_authenticationRequired");
        users.awaitEscrow(contract, 1, Escrow.Cancelled.class);
    }

    @Test
    void suspensionThatIsReadAgainAfterItsEndDropsNothing() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        users.suspend(freelancer);
        Await.until(() -> assertThat(details(contract).suspended()).containsExactly(freelancer));
        users.liftSuspension(freelancer);
        Await.until(() -> assertThat(details(contract).suspended()).isEmpty());
        users.fund(client, contract, 1, "pm_card_authenticationRequired");
        awaitSecret(contract);
        long runs = runsOfCharge(contract);
        PROCESSES.reactions.stream()
                .filter(it -> it.recorded().entityId().equals(contract)
                        && it.recorded().event() instanceof ContractEvent.PartySuspended)
                .forEach(it -> result(it.again().get()));
        Await.until(() -> assertThat(runsOfCharge(contract)).isGreaterThan(runs + 1));
        users.confirmCharge(contract, 1);
        users.awaitFunded(contract, 1);
    }

    private static long runsOfCharge(String contract) {
        return fixture.queryNumber(
                "SELECT sum(attempts) FROM deadline WHERE kind = 'escrow-charge' AND entity_id = ?",
                Escrow.id(contract, 1));
    }

    private static void awaitSecret(String contract) {
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Funding.class,
                        it -> assertThat(it.clientSecret()).isNotEmpty()));
    }

    @Test
    void hireThatASuspensionOvertakesIsUndone() {
        var job = users.postJob(client);
        var proposal = users.propose(freelancer, client, job, 10_000);
        suspendBefore("hiring", JobEvent.FillingStarted.class);
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, newId("ctr"), 500));
        Await.until(() -> assertThat(fixture.state(Job.AGGREGATE, job))
                .isInstanceOfSatisfying(
                        Job.Open.class,
                        it -> assertThat(it.lastFailure())
                                .hasValueSatisfying(
                                        failure -> assertThat(failure.reason()).isEqualTo("account-suspended"))));
        PROCESSES.isLost = (_, _) -> false;
        fixture.suspended.remove(freelancer);
        users.hire(client, job, proposal);
    }

    /** The freelancer is suspended when the process is about to handle such an event. */
    private void suspendBefore(String process, Class<?> event) {
        PROCESSES.isLost = (name, recorded) -> {
            if (name.equals(process) && event.isInstance(recorded.event())) fixture.suspended.add(freelancer);
            return false;
        };
    }

    @Test
    void orderIsUndoneIfASuspensionPrecedesItsHire() {
        var order = users.order(client, freelancer, 4_000);
        suspendBefore("inviting", InviteEvent.Accepted.class);
        var contract = users.acceptInvite(freelancer, order);
        Await.until(() -> assertThat(fixture.state(Invite.AGGREGATE, order))
                .isInstanceOfSatisfying(
                        Invite.Pending.class,
                        it -> assertThat(it.lastFailure())
                                .contains(new Invite.FailedHire(contract, AcceptanceFailure.ACCOUNT_SUSPENDED))));
        assertThat(fixture.state(Contract.AGGREGATE, contract)).isInstanceOf(Contract.NotCreated.class);
        PROCESSES.isLost = (_, _) -> false;
        fixture.suspended.remove(freelancer);
        users.awaitContract(users.acceptInvite(freelancer, order));
    }

    private void setPayoutStatus(AccountStatus status) {
        users.setPayoutStatus(freelancer, payoutAccount(), status);
    }

    private String payoutAccount() {
        return ((PayoutAccount.Open) fixture.state(PayoutAccount.AGGREGATE, freelancer)).providerId();
    }

    private long paidOut() {
        return fixture.queryNumber(
                "SELECT coalesce(sum(amount), 0) FROM sandbox.balance_entry WHERE account = ?", payoutAccount());
    }

    private static void awaitTransfer(String contract, PendingCall.Status status) {
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Releasing.class,
                        it -> assertThat(it.transfer().status()).isEqualTo(status)));
    }

    private String fundedByRestricted() {
        setPayoutStatus(AccountStatus.RESTRICTED);
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        return contract;
    }

    /** @return the contract, whose accepted work the provider could not pay before the freelancer was suspended */
    private String withheld() {
        var contract = fundedByRestricted();
        users.deliver(client, freelancer, contract, 1);
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Releasing.class,
                        it -> assertThat(it.transfer().detail()).contains("insufficient_capabilities")));
        users.suspend(freelancer);
        awaitHeld(contract);
        setPayoutStatus(AccountStatus.VERIFIED);
        fixture.advanceClock(Duration.ofHours(2));
        Await.until(() -> assertThat(fixture.eventsBehind()).isZero());
        return contract;
    }

    @Test
    void refusedReleaseIsNotRepeatedDuringTheSuspension() {
        var contract = withheld();
        assertThat(paidOut()).isZero();
        users.liftSuspension(freelancer);
        awaitMilestone(contract, Status.PAID);
        assertThat(paidOut()).isEqualTo(9_500);
    }

    @Test
    void adminRefundsAReleaseThatWasRefusedBefore() {
        var contract = withheld();
        fixture.execute(Contract.AGGREGATE, contract, new Split("acc_root", 1, 10_000, 0, "Never worked"));
        awaitMilestone(contract, Status.REFUNDED);
        users.liftSuspension(freelancer);
        users.awaitEscrow(contract, 1, Escrow.Refunded.class);
        assertThat(paidOut()).isZero();
    }

    @Test
    void adminReleasesARefusedRelease() {
        var contract = withheld();
        fixture.execute(Contract.AGGREGATE, contract, new Split("acc_root", 1, 0, 10_000, "Good work"));
        awaitMilestone(contract, Status.PAID);
        assertThat(paidOut()).isEqualTo(9_500);
    }

    @Test
    void operatorOrdersAReleaseDuringTheSuspension() {
        var contract = withheld();
        fixture.execute(Escrow.AGGREGATE, Escrow.id(contract, 1), new RetryTransfer(Optional.of("operator")));
        awaitMilestone(contract, Status.PAID);
        assertThat(paidOut()).isEqualTo(9_500);
    }

    @Test
    void transferWaitsWhileTheSuspensionsAreUnknown() {
        var contract = fundedByRestricted();
        users.deliver(client, freelancer, contract, 1);
        awaitTransfer(contract, PendingCall.Status.FAILED);
        fixture.suspended.areKnown = false;
        try {
            awaitTwoRunsOfTransfer(contract);
            setPayoutStatus(AccountStatus.VERIFIED);
            awaitTwoRunsOfTransfer(contract);
            assertThat(paidOut()).isZero();
        } finally {
            fixture.suspended.areKnown = true;
        }
        awaitMilestone(contract, Status.PAID);
    }

    /** Another node can have sent it, and died before it recorded the outcome. */
    @Test
    void releaseThatCanHaveBeenSentIsOnlyQueriedUntilItCanNoLongerArrive() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        fixture.suspended.knownSince = fixture.clock.instant();
        suspendBefore("payment", EscrowEvent.ReleaseStarted.class);
        try {
            users.deliver(client, freelancer, contract, 1);
            awaitTransfer(contract, PendingCall.Status.REQUESTED);
            awaitTwoRunsOfTransfer(contract);
            awaitTransfer(contract, PendingCall.Status.REQUESTED);
        } finally {
            PROCESSES.isLost = (_, _) -> false;
            fixture.suspended.knownSince = Instant.EPOCH;
        }
        awaitHeld(contract);
        assertThat(paidOut()).isZero();
    }

    /** It may still reach the provider: it is neither repeated nor abandoned. */
    @Test
    void releaseWithUnknownOutcomeIsOnlyQueriedDuringTheSuspension() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        fixture.gateway.disconnect();
        try {
            users.deliver(client, freelancer, contract, 1);
            awaitTransfer(contract, PendingCall.Status.UNKNOWN);
            users.suspend(freelancer);
        } finally {
            fixture.gateway.reconnect();
        }
        awaitTwoRunsOfTransfer(contract);
        awaitTransfer(contract, PendingCall.Status.UNKNOWN);
        assertThat(paidOut()).isZero();
        users.liftSuspension(freelancer);
        awaitMilestone(contract, Status.PAID);
    }

    /** The first of them may have started before. */
    private static void awaitTwoRunsOfTransfer(String contract) {
        long runs = runsOfTransfer(contract);
        Await.until(() -> assertThat(runsOfTransfer(contract)).isGreaterThan(runs + 1));
    }

    private static long runsOfTransfer(String contract) {
        return fixture.queryNumber(
                "SELECT sum(attempts) FROM deadline WHERE kind = 'escrow-transfer' AND entity_id = ?",
                Escrow.id(contract, 1));
    }

    /** @return the contract, of which the client has got 4,000; the provider could not pay the rest */
    private String splitByAgreement() {
        var contract = fundedByRestricted();
        fixture.execute(
                Contract.AGGREGATE, contract, new RequestRefund(client, 1, Optional.of(4_000L), "Half was done"));
        fixture.execute(Contract.AGGREGATE, contract, new AcceptRefund(freelancer, 1, 1));
        users.awaitEscrow(contract, 1, Escrow.Splitting.class);
        users.suspend(freelancer);
        awaitHeld(contract);
        setPayoutStatus(AccountStatus.VERIFIED);
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Splitting.class, it -> assertThat(it.refundId()).isPresent()));
        assertThat(paidOut()).isZero();
        return contract;
    }

    @Test
    void agreedSplitDoesNotPayTheFreelancerUntilTheSuspensionIsLifted() {
        var contract = splitByAgreement();
        users.liftSuspension(freelancer);
        awaitMilestone(contract, Status.SPLIT);
        assertThat(paidOut()).isEqualTo(5_700);
    }

    @Test
    void adminReleasesThePartOfAnAgreedSplit() {
        var contract = splitByAgreement();
        fixture.execute(Contract.AGGREGATE, contract, new Split("acc_root", 1, 4_000, 6_000, "Good work"));
        awaitMilestone(contract, Status.SPLIT);
        assertThat(paidOut()).isEqualTo(5_700);
    }
}
