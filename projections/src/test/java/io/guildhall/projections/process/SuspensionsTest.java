package io.guildhall.projections.process;

import static io.guildhall.projections.process.UserActions.mint;
import static io.guildhall.testing.AccountBuilder.anAccount;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountAddress;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.account.AccountCommand.LiftSuspension;
import io.guildhall.domain.account.AccountCommand.Suspend;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand.Split;
import io.guildhall.domain.contract.Milestone.Status;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand.Fund;
import io.guildhall.domain.escrow.EscrowRejection;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteEvent;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.port.PaymentGateway.AccountStatus;
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
    private final String client = mint("acc");
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

    private static String email(String account) {
        return account + "@example.org";
    }

    /** Suspends the account, which this node knows at once. */
    private static void suspend(String account) {
        fixture.suspended.add(account);
        execute(account, anAccount(account).withEmail(email(account)).register("hash", "nonce"));
        execute(account, new AccountCommand.Verify("nonce"));
        execute(account, new Suspend("acc_root", "Fraud"));
    }

    private static void lift(String account) {
        fixture.suspended.remove(account);
        execute(account, new LiftSuspension("acc_root"));
    }

    private static void execute(String account, AccountCommand command) {
        fixture.execute(Account.AGGREGATE, AccountAddress.fromEmail(email(account)), command);
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
        Await.until(() -> assertThat(details(contract).held(1).isReleaseHeld()).isTrue());
    }

    /** @return the contract, whose milestone is accepted while the freelancer is suspended */
    private String acceptedOfSuspended() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        suspend(freelancer);
        users.deliver(client, freelancer, contract, 1);
        awaitHeld(contract);
        assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1))).isInstanceOf(Escrow.Held.class);
        return contract;
    }

    @Test
    void heldReleaseGoesOnWhenTheSuspensionIsLifted() {
        var contract = acceptedOfSuspended();
        lift(freelancer);
        awaitMilestone(contract, Status.PAID);
        users.awaitEscrow(contract, 1, Escrow.Released.class);
    }

    @Test
    void adminRefundsAHeldRelease() {
        var contract = acceptedOfSuspended();
        fixture.execute(Contract.AGGREGATE, contract, new Split("acc_root", 1, 10_000, 0, "Never worked"));
        awaitMilestone(contract, Status.REFUNDED);
        users.awaitEscrow(contract, 1, Escrow.Refunded.class);
        lift(freelancer);
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
        suspend(freelancer);
        Await.until(() -> assertThat(details(contract).suspended()).containsExactly(freelancer));
        lift(freelancer);
        Await.until(() -> assertThat(details(contract).suspended()).isEmpty());
    }

    /** The suspension is known when the contract is created. */
    @Test
    void contractThatIsCreatedDuringASuspensionNotesIt() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        suspend(client);
        Await.until(() -> assertThat(details(contract).suspended()).containsExactly(client));
    }

    @Test
    void nothingIsFundedWithASuspendedFreelancer() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        suspend(freelancer);
        var fund = new Fund(client, "pm_card_visa", mint("req"));
        assertThat(fixture.attempt(Escrow.AGGREGATE, Escrow.id(contract, 1), fund))
                .isEqualTo(new Outcome.Rejected<>(EscrowRejection.COUNTERPART_SUSPENDED));
    }

    @Test
    void chargeThatWaitsForAConfirmationIsDropped() {
        var contract = users.hireForNewJob(client, freelancer, 10_000);
        users.fund(client, contract, 1, "pm_card_authenticationRequired");
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Funding.class,
                        it -> assertThat(it.clientSecret()).isNotEmpty()));
        suspend(freelancer);
        users.awaitEscrow(contract, 1, Escrow.Open.class);
    }

    @Test
    void hireThatASuspensionOvertakesIsUndone() {
        var job = users.postJob(client);
        var proposal = users.propose(freelancer, client, job, 10_000);
        suspendBefore("hiring", JobEvent.FillingStarted.class);
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, mint("ctr"), 500));
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
    void orderThatASuspensionOvertakesIsUndone() {
        var order = users.order(client, freelancer, 4_000);
        suspendBefore("inviting", InviteEvent.Accepted.class);
        var contract = users.acceptInvite(freelancer, order);
        Await.until(() -> assertThat(fixture.state(Invite.AGGREGATE, order))
                .isInstanceOfSatisfying(
                        Invite.Pending.class,
                        it -> assertThat(it.lastFailure()).contains(AcceptanceFailure.ACCOUNT_SUSPENDED)));
        assertThat(fixture.state(Contract.AGGREGATE, contract)).isInstanceOf(Contract.NotCreated.class);
        PROCESSES.isLost = (_, _) -> false;
        fixture.suspended.remove(freelancer);
        users.awaitContract(users.acceptInvite(freelancer, order));
    }
}
