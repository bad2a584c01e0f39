package io.guildhall.projections.process;

import static io.guildhall.projections.process.UserActions.newId;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.contact.ContactEvidence;
import io.guildhall.domain.contact.Contacts;
import io.guildhall.domain.contact.ContactsCommand.RequestConversation;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.ContractCommand.AcceptRefund;
import io.guildhall.domain.contract.ContractCommand.RequestRefund;
import io.guildhall.domain.contract.ContractCommand.Split;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.SilencePeriod;
import io.guildhall.domain.dataexport.DataExports;
import io.guildhall.domain.dataexport.DataExportsCommand.RecordFailed;
import io.guildhall.domain.dataexport.DataExportsCommand.RecordFinished;
import io.guildhall.domain.dataexport.DataExportsCommand.RequestExport;
import io.guildhall.domain.discrepancy.DiscrepancyEvent;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand.DropCharge;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.domain.handle.Handle;
import io.guildhall.domain.handle.HandleCommand;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.review.Ratings;
import io.guildhall.domain.review.Review;
import io.guildhall.domain.review.ReviewCommand;
import io.guildhall.domain.review.Side;
import io.guildhall.domain.room.Room;
import io.guildhall.port.PaymentGateway.AccountStatus;
import io.guildhall.projections.Process;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every process handles its events again after everything else has happened, as when an operator sets positions back:
 * no aggregate changes, no second mail is sent, and the payment provider gets no new call. {@link HireReplayTest} does
 * the same with hires that fail.
 */
class ReplayTest {
    private final LossyProcesses lossy = new LossyProcesses();
    private ProcessFixture fixture;
    private UserActions users;
    private final String client = newId("acc");

    @BeforeEach
    void open() throws Exception {
        fixture = new ProcessFixture(lossy);
        users = new UserActions(fixture);
    }

    @AfterEach
    void close() {
        new MoneyAudit(fixture).verify();
        fixture.close();
    }

    @Test
    void eventsThatAreHandledAgainChangeNothing() {
        long seed = System.nanoTime();
        System.out.println("ReplayTest seed " + seed);
        registerAccount();
        hireByInvite();
        startConversation();
        acceptBySilence();
        refundAndReview();
        splitByAdmin();
        chargeTwice();
        resumeHeldRelease();
        refundHeldRelease();
        cancelContract();
        var waiting = List.of(fundAgainAfterADrop(), fundAgainAfterASuspension());
        replayAll(new Random(seed));
        for (var contract : waiting) {
            users.confirmCharge(contract, 1);
            users.awaitFunded(contract, 1);
        }
    }

    private void registerAccount() {
        var email = ProcessFixture.address(client);
        var account = users.register("Ann", email);
        users.verify(account, email);
        exportData(account);
        changeHandle(account);
    }

    private void exportData(String account) {
        fixture.execute(DataExports.AGGREGATE, account, new RequestExport(account, "exp_1"));
        fixture.execute(DataExports.AGGREGATE, account, new RecordFinished(account, "exp_1"));
        fixture.execute(DataExports.AGGREGATE, account, new RequestExport(account, "exp_2"));
        fixture.execute(DataExports.AGGREGATE, account, new RecordFailed(account, "exp_2"));
    }

    /** To another handle, and back after the time limit: the first change must not be repeated. */
    private void changeHandle(String account) {
        var first = ((Profile.Created) fixture.state(Profile.AGGREGATE, account)).handle();
        changeHandle(account, "annie");
        changeHandle(account, first);
    }

    private void changeHandle(String account, String handle) {
        fixture.advanceClock(Profile.HANDLE_CHANGE_INTERVAL);
        fixture.execute(Handle.AGGREGATE, Handle.id(handle), new HandleCommand.Reserve(account, handle));
        Await.until(() ->
                assertThat(fixture.state(Handle.AGGREGATE, Handle.id(handle))).isInstanceOf(Handle.Owned.class));
    }

    private void hireByInvite() {
        var job = users.postJob(client);
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        users.awaitContract(users.acceptInvite(freelancer, users.invite(client, freelancer, job, 500)));
    }

    private void startConversation() {
        var other = newId("acc");
        var evidence = new ContactEvidence(ContactEvidence.Kind.PROFILE, other);
        fixture.execute(
                Contacts.AGGREGATE,
                client,
                new RequestConversation(client, other, newId("msg"), evidence, Optional.of("Hello")));
        var room = Room.conversationId(client, other);
        Await.until(() -> assertThat(fixture.state(Room.AGGREGATE, room))
                .isInstanceOfSatisfying(
                        Room.Open.class, it -> assertThat(it.messageCount()).isEqualTo(1)));
    }

    private String funded(String freelancer) {
        var contract = users.hireForNewJob(client, freelancer, 1_000);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        return contract;
    }

    private void awaitEnded(String contract, Class<?> phase) {
        Await.until(
                () -> assertThat(fixture.state(Contract.AGGREGATE, contract)).isInstanceOf(phase));
    }

    private void acceptBySilence() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var contract = funded(freelancer);
        fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.Submit(freelancer, 1, "done"));
        fixture.advanceClock(Duration.ofDays(7));
        awaitTold(contract, 7);
        fixture.advanceClock(Duration.ofDays(4));
        awaitTold(contract, 7, 3);
        fixture.advanceClock(Duration.ofDays(2));
        awaitTold(contract, 7, 3, 1);
        fixture.advanceClock(Duration.ofDays(1));
        awaitEnded(contract, Contract.Completed.class);
    }

    private void awaitTold(String contract, Integer... warnings) {
        Await.until(() -> assertThat(fixture.state(Contract.AGGREGATE, contract)
                        .findDetails()
                        .orElseThrow()
                        .held(1)
                        .silence()
                        .orElseThrow()
                        .told())
                .extracting(SilencePeriod.Warning::days)
                .containsExactly(warnings));
    }

    private void refundAndReview() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var contract = funded(freelancer);
        fixture.execute(Contract.AGGREGATE, contract, new RequestRefund(client, 1, Optional.of(400L), "too late"));
        fixture.execute(Contract.AGGREGATE, contract, new AcceptRefund(freelancer, 1, 1));
        awaitEnded(contract, Contract.Completed.class);
        review(contract, Side.CLIENT, client);
        review(contract, Side.FREELANCER, freelancer);
    }

    private void review(String contract, Side side, String by) {
        var id = Review.id(contract, side);
        Await.until(() -> assertThat(fixture.state(Review.AGGREGATE, id)).isInstanceOf(Review.Pending.class));
        var ratings = new Ratings(5, 5, 5, 5, 5);
        fixture.execute(Review.AGGREGATE, id, new ReviewCommand.Write(by, ratings, "Pleasant"));
    }

    private void splitByAdmin() {
        var contract = funded(users.createFreelancer(AccountStatus.VERIFIED));
        fixture.execute(Contract.AGGREGATE, contract, new Split("acc_root", 1, 1_000, 0, "Never worked"));
        awaitEnded(contract, Contract.Cancelled.class);
        users.awaitEscrow(contract, 1, Escrow.Refunded.class);
    }

    /** The surplus is sent back. */
    private void chargeTwice() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 700);
        users.fund(client, contract, 1, "pm_card_chargedTwice");
        users.awaitFunded(contract, 1);
        Await.until(() ->
                assertThat(lossy.reactions).anyMatch(it -> it.recorded().event() instanceof DiscrepancyEvent.Returned));
    }

    /** @return the contract, whose release waits because the freelancer is suspended */
    private String heldRelease(String freelancer) {
        var contract = funded(freelancer);
        users.suspend(freelancer);
        users.deliver(client, freelancer, contract, 1);
        Await.until(() -> assertThat(fixture.state(Contract.AGGREGATE, contract)
                        .findDetails()
                        .orElseThrow()
                        .held(1)
                        .release()
                        .isHeld())
                .isTrue());
        return contract;
    }

    private void resumeHeldRelease() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var contract = heldRelease(freelancer);
        users.liftSuspension(freelancer);
        users.awaitEscrow(contract, 1, Escrow.Released.class);
    }

    private void refundHeldRelease() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var contract = heldRelease(freelancer);
        fixture.execute(Contract.AGGREGATE, contract, new Split("acc_root", 1, 1_000, 0, "Never worked"));
        users.awaitEscrow(contract, 1, Escrow.Refunded.class);
        users.liftSuspension(freelancer);
    }

    private void cancelContract() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 500);
        users.fund(client, contract, 1, "pm_card_authenticationRequired");
        users.awaitConfirmable(contract, 1);
        fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.Cancel(client, "No longer needed"));
        users.awaitEscrow(contract, 1, Escrow.Cancelled.class);
    }

    /** @return the contract, which has a charge that the client can confirm */
    private String fundAgainAfterADrop() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 500);
        users.fund(client, contract, 1, "pm_card_authenticationRequired");
        users.awaitConfirmable(contract, 1);
        fixture.execute(Escrow.AGGREGATE, Escrow.id(contract, 1), new DropCharge(client));
        users.awaitEscrow(contract, 1, Escrow.Open.class);
        users.fund(client, contract, 1, "pm_card_authenticationRequired");
        users.awaitConfirmable(contract, 1);
        return contract;
    }

    /** @return the contract, which has a charge that the client can confirm */
    private String fundAgainAfterASuspension() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var contract = users.hireForNewJob(client, freelancer, 500);
        users.fund(client, contract, 1, "pm_card_authenticationRequired");
        users.awaitConfirmable(contract, 1);
        users.suspend(freelancer);
        users.awaitEscrow(contract, 1, Escrow.Open.class);
        awaitSuspended(contract, freelancer);
        users.liftSuspension(freelancer);
        awaitSuspended(contract);
        users.fund(client, contract, 1, "pm_card_authenticationRequired");
        users.awaitConfirmable(contract, 1);
        return contract;
    }

    private void awaitSuspended(String contract, String... accounts) {
        Await.until(() -> assertThat(fixture.state(Contract.AGGREGATE, contract)
                        .findDetails()
                        .orElseThrow()
                        .suspended())
                .containsExactly(accounts));
    }

    private void replayAll(Random random) {
        awaitSettled();
        var reactions = new ArrayList<>(lossy.reactions);
        assertThat(reactions.stream().map(LossyProcesses.Reaction::process).distinct())
                .as("processes with an event")
                .containsExactlyInAnyOrderElementsOf(
                        fixture.processes().stream().map(Process::name).toList());
        var before = effects();
        Collections.shuffle(reactions, random);
        for (var reaction : reactions) {
            Await.result(reaction.again().get());
            assertThat(effects())
                    .as("%s of %s again", reaction.recorded(), reaction.process())
                    .isEqualTo(before);
        }
        awaitSettled();
        assertThat(effects()).isEqualTo(before);
    }

    private void awaitSettled() {
        Await.until(() -> {
            assertThat(fixture.eventsBehind()).as("events still to handle").isZero();
            assertThat(fixture.queryNumber(
                            "SELECT count(*) FROM deadline WHERE due_at <= ?", Timestamp.from(fixture.clock.instant())))
                    .as("deadlines still to handle")
                    .isZero();
            assertThat(fixture.queryNumber("SELECT count(*) FROM sandbox.webhook_delivery WHERE delivered_at IS NULL"))
                    .as("webhooks still to deliver")
                    .isZero();
            assertThat(fixture.queryNumber(
                            "SELECT count(*) FROM notification_delivery WHERE due_at <= ?",
                            Timestamp.from(fixture.clock.instant())))
                    .as("notifications still to deliver")
                    .isZero();
            assertThat(fixture.queryNumber(
                            "SELECT count(*) FROM mail_queue WHERE status = 'WAITING' AND due_at <= ?",
                            Timestamp.from(fixture.clock.instant())))
                    .as("mails still to send")
                    .isZero();
        });
    }

    /** All effects of processes: events, mails, and changes at the provider. */
    private List<Object> effects() {
        return List.of(
                fixture.queryNumber("SELECT count(*) FROM event_journal"),
                fixture.queryNumber("SELECT count(*) FROM mail_outbox"),
                List.copyOf(fixture.gateway.changes));
    }

    @Test
    void droppedChargeThatIsHandledAgainLeavesTheNewerOneAlone() {
        var contract = fundAgainAfterADrop();
        awaitSettled();
        repeat("payment", EscrowEvent.FundingDropped.class);
        assertCanBeConfirmed(contract);
    }

    /** Whatever has made its deadline due, such as a change of the escrow that was undone. */
    @Test
    void chargeThatCanBeConfirmedIsNotAbandoned() {
        var contract = fundAgainAfterADrop();
        var escrow = Escrow.id(contract, 1);
        Await.until(() -> assertThat(fixture.queryNumber("""
                WITH changed AS (UPDATE deadline SET due_at = ?, generation = generation + 1
                                  WHERE kind = 'escrow-charge-abandon' AND entity_id = ? RETURNING 1)
                SELECT count(*) FROM changed""", Timestamp.from(fixture.clock.instant()), escrow))
                .isOne());
        assertCanBeConfirmed(contract);
    }

    private void assertCanBeConfirmed(String contract) {
        awaitSettled();
        assertThat(users.awaitConfirmable(contract, 1).charge().attempt()).isEqualTo(2);
        users.confirmCharge(contract, 1);
        users.awaitFunded(contract, 1);
    }

    /** The acceptance is handled again before the decision, which came later and after it. */
    @Test
    void acceptanceThatIsHandledAgainAfterAnAdminHasDecidedReleasesNothing() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var contract = heldRelease(freelancer);
        lossy.isLost = (_, recorded) -> recorded.event() instanceof ContractEvent.SettlementDecided;
        fixture.execute(Contract.AGGREGATE, contract, new Split("acc_root", 1, 1_000, 0, "Never worked"));
        users.liftSuspension(freelancer);
        awaitSettled();
        repeat("payout", ContractEvent.MilestoneAccepted.class);
        awaitSettled();
        assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1))).isInstanceOf(Escrow.Held.class);
        lossy.isLost = (_, _) -> false;
        repeat("payout", ContractEvent.SettlementDecided.class);
        users.awaitEscrow(contract, 1, Escrow.Refunded.class);
    }

    private void repeat(String process, Class<?> event) {
        var reactions = lossy.reactions.stream()
                .filter(it -> it.process().equals(process)
                        && event.isInstance(it.recorded().event()))
                .toList();
        assertThat(reactions).isNotEmpty();
        for (var reaction : reactions) Await.result(reaction.again().get());
    }
}
