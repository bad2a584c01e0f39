package io.guildhall.projections.process;

import static io.guildhall.Await.result;
import static io.guildhall.projections.process.UserActions.newId;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.adapter.sandbox.SandboxFaults;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.domain.escrow.PendingCall;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.port.PaymentGateway.AccountStatus;
import io.guildhall.port.PaymentGateway.Change.PaymentChanged;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.Movement;
import io.guildhall.port.PaymentGateway.PaymentResult.Succeeded;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Payments over real entities, a real database and the provider's own records. */
class PaymentsTest {
    private static ProcessFixture fixture;
    private static UserActions users;
    private final String client = newId("acc");

    @BeforeAll
    static void open() throws Exception {
        fixture = new ProcessFixture();
        users = new UserActions(fixture);
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @AfterEach
    void auditMoney() {
        new MoneyAudit(fixture).verify();
    }

    @Test
    void acceptsAnotherCardAfterDeclinedCharge() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 500);
        users.fund(client, contract, 1, "pm_card_declined");
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Open.class, it -> assertThat(it.attempts()).isOne()));
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
    }

    @Test
    void abandonsUnconfirmedChargeSoThatItCannotSucceedLater() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 500);
        var escrow = Escrow.id(contract, 1);
        users.fund(client, contract, 1, "pm_card_authenticationRequired");
        var waiting = Await.value(() -> {
            var funding = (Escrow.Funding) fixture.state(Escrow.AGGREGATE, escrow);
            assertThat(funding.clientSecret()).isNotEmpty();
            assertThat(fixture.queryNumber(
                            "SELECT count(*) FROM deadline WHERE entity_id = ? AND kind = ?",
                            escrow,
                            "escrow-charge-abandon"))
                    .isOne();
            return funding;
        });
        fixture.advanceClock(ProcessFixture.CONFIRMATION_WINDOW.plusSeconds(1));
        users.awaitEscrow(contract, 1, Escrow.Open.class);
        assertThat(result(
                        fixture.provider.confirmAuthentication(waiting.charge().detail(), waiting.clientSecret())))
                .isFalse();
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
    }

    /**
     * Twelve slow charges spread over all slices: a quick charge that starts after them is held before the last of
     * them.
     */
    @Test
    void slowChargesDelayNoOtherCharge() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var slow = IntStream.range(0, 12)
                .mapToObj(_ -> users.hireForNewJob(client, freelancer, 100))
                .toList();
        var quick = users.hireForNewJob(client, freelancer, 100);
        for (var contract : slow) users.fund(client, contract, 1, "pm_card_late");
        users.fund(client, quick, 1, "pm_card_visa");
        users.awaitFunded(quick, 1);
        for (var contract : slow) users.awaitFunded(contract, 1);
        assertThat(heldAt(quick))
                .isLessThan(slow.stream().mapToLong(this::heldAt).max().orElseThrow());
    }

    private long heldAt(String contract) {
        return fixture.queryNumber(
                "SELECT ordering FROM event_journal WHERE persistence_id = ? AND event_ser_manifest = 'escrow.money-held'",
                "escrow|" + Escrow.id(contract, 1));
    }

    @Test
    void chargesOnceAfterProviderWasUnreachable() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 700);
        fixture.gateway.disconnect();
        users.fund(client, contract, 1, "pm_card_visa");
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Funding.class,
                        it -> assertThat(it.charge().status()).isEqualTo(PendingCall.Status.UNKNOWN)));
        fixture.gateway.reconnect();
        users.awaitFunded(contract, 1);
        assertThat(fixture.queryNumber(
                        "SELECT count(*) FROM sandbox.payment_intent WHERE subject = ?", Escrow.id(contract, 1)))
                .isOne();
    }

    /**
     * Once the key has expired, a repeat could charge twice. A call that the provider does not know by then was never
     * received.
     */
    @Test
    void doesNotRepeatChargeAfterKeyHasExpired() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 700);
        var escrow = Escrow.id(contract, 1);
        fixture.gateway.disconnect();
        users.fund(client, contract, 1, "pm_card_visa");
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, escrow))
                .isInstanceOfSatisfying(
                        Escrow.Funding.class,
                        it -> assertThat(it.charge().status()).isEqualTo(PendingCall.Status.UNKNOWN)));
        fixture.gateway.setKeyLife(Duration.ZERO);
        fixture.gateway.reconnect();
        users.awaitEscrow(contract, 1, Escrow.Open.class);
        fixture.gateway.setKeyLife(Duration.ofDays(1));
        assertThat(fixture.queryNumber("SELECT count(*) FROM sandbox.payment_intent WHERE subject = ?", escrow))
                .isZero();
    }

    @Test
    void paysRestrictedAccountOnceItIsVerifiedAgain() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var contract = users.hireForNewJob(client, freelancer, 1_000);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        var provider = ((PayoutAccount.Open) fixture.state(PayoutAccount.AGGREGATE, freelancer)).providerId();
        users.setPayoutStatus(freelancer, provider, AccountStatus.RESTRICTED);
        users.deliver(client, freelancer, contract, 1);
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Releasing.class,
                        it -> assertThat(it.transfer().detail()).isEqualTo("insufficient_capabilities_for_transfer")));
        users.setPayoutStatus(freelancer, provider, AccountStatus.VERIFIED);
        users.awaitEscrow(contract, 1, Escrow.Released.class);
        Await.until(
                () -> assertThat(fixture.state(Contract.AGGREGATE, contract)).isInstanceOf(Contract.Completed.class));
    }

    @Test
    void paysOnceWhenTransferIsLostOrLate() {
        for (boolean late : new boolean[] {true, false}) {
            var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
            var provider = ((PayoutAccount.Open) fixture.state(PayoutAccount.AGGREGATE, freelancer)).providerId();
            if (late) SandboxFaults.delayReplies(fixture.database, provider);
            else SandboxFaults.loseReplies(fixture.database, provider);
            var contract = users.hireForNewJob(client, freelancer, 2_000);
            users.fund(client, contract, 1, "pm_card_visa");
            users.awaitFunded(contract, 1);
            users.deliver(client, freelancer, contract, 1);
            users.awaitEscrow(contract, 1, Escrow.Released.class);
            assertThat(fixture.queryNumber("SELECT sum(amount) FROM sandbox.balance_entry WHERE account = ?", provider))
                    .isEqualTo(1_900);
        }
    }

    @Test
    void refundsMoneyThatArrivesAfterCancellation() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 800, 900);
        users.fund(client, contract, 1, "pm_card_late");
        Await.until(() -> assertThat(fixture.queryNumber(
                        "SELECT count(*) FROM sandbox.payment_intent WHERE subject = ?", Escrow.id(contract, 1)))
                .isOne());
        fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.Cancel(client, "no longer needed"));
        users.awaitEscrow(contract, 1, Escrow.Refunded.class);
        users.awaitEscrow(contract, 2, Escrow.Cancelled.class);
        assertThat(fixture.queryNumber("SELECT count(*) FROM sandbox.refund WHERE subject = ?", Escrow.id(contract, 1)))
                .isOne();
    }

    @Test
    void abandonsUnconfirmedChargeWhenContractIsCancelled() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 800);
        users.fund(client, contract, 1, "pm_card_authenticationRequired");
        Await.until(() -> assertThat(fixture.queryNumber(
                        "SELECT count(*) FROM deadline WHERE entity_id = ? AND kind = ?",
                        Escrow.id(contract, 1),
                        "escrow-charge-abandon"))
                .isOne());
        fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.Cancel(client, "no longer needed"));
        users.awaitEscrow(contract, 1, Escrow.Cancelled.class);
        assertThat(fixture.queryNumber(
                        "SELECT count(*) FROM sandbox.payment_intent WHERE subject = ? AND status = 'canceled'",
                        Escrow.id(contract, 1)))
                .isOne();
    }

    @Test
    void lateSuccessOfDeclinedChargeFundsTheMilestone() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 500);
        users.fund(client, contract, 1, "pm_card_declinedThenSucceeds");
        users.awaitEscrow(contract, 1, Escrow.Open.class);
        users.awaitFunded(contract, 1);
    }

    /** The client has used another card in the meantime: the second payment is sent back. */
    @Test
    void sendsBackTheSecondOfTwoPayments() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 500);
        users.fund(client, contract, 1, "pm_card_declinedThenSucceeds");
        users.awaitEscrow(contract, 1, Escrow.Open.class);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        awaitReturned(contract, 500);
    }

    @Test
    void sendsBackWhatACardWasChargedTwice() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 500);
        users.fund(client, contract, 1, "pm_card_chargedTwice");
        users.awaitFunded(contract, 1);
        awaitReturned(contract, 500);
        Await.until(() -> assertThat(fixture.alarms).contains(Report.Kind.SECOND_PAYMENT));
    }

    @Test
    void sendsBackAWrongAmountAndAcceptsAnotherCard() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 500);
        users.fund(client, contract, 1, "pm_card_wrongAmount");
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Open.class, it -> assertThat(it.attempts()).isOne()));
        awaitReturned(contract, 499);
        Await.until(() -> assertThat(fixture.alarms).contains(Report.Kind.WRONG_AMOUNT));
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
    }

    @Test
    void raisesOneAlarmForAClaimAndClosesItWhenItComesTrue() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 500);
        var escrow = Escrow.id(contract, 1);
        users.fund(client, contract, 1, "pm_card_authenticationRequired");
        var waiting = Await.value(() -> {
            var funding = (Escrow.Funding) fixture.state(Escrow.AGGREGATE, escrow);
            assertThat(funding.clientSecret()).isNotEmpty();
            return funding;
        });
        var reference = waiting.charge().detail();
        var claim = new PaymentChanged(
                Movement.CHARGE,
                reference,
                new InstructionId(escrow + "/charge/1", escrow, 1),
                new Succeeded(reference, UserActions.usd(500)));
        for (int i = 0; i < 3; i++) fixture.handle(claim);
        var report = new Report(
                Report.Kind.FALSE_REPORT,
                Report.Movement.CHARGE,
                escrow,
                1,
                reference,
                UserActions.usd(500),
                Optional.empty(),
                Optional.empty());
        var id = Discrepancy.id(report);
        assertThat(fixture.state(Discrepancy.AGGREGATE, id)).isInstanceOf(Discrepancy.Waiting.class);
        result(fixture.provider.confirmAuthentication(reference, waiting.clientSecret()));
        Await.until(() -> assertThat(fixture.state(Discrepancy.AGGREGATE, id)).isInstanceOf(Discrepancy.Closed.class));
        assertThat(fixture.alarms)
                .filteredOn(it -> it == Report.Kind.FALSE_REPORT)
                .hasSize(1);
    }

    /** The client does not have the money: an operator must find another way. */
    @Test
    void recordsRefundThatFailsAfterItHadSucceeded() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 500);
        users.fund(client, contract, 1, "pm_card_refundFails");
        users.awaitFunded(contract, 1);
        fixture.execute(
                Contract.AGGREGATE, contract, new ContractCommand.Split(newId("acc"), 1, 500, 0, "not delivered"));
        users.awaitEscrow(contract, 1, Escrow.Refunded.class);
        Await.until(() -> assertThat(fixture.alarms).contains(Report.Kind.REVERSED));
        var refund = ((Escrow.Refunded) fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1))).refundId();
        var report = new Report(
                Report.Kind.REVERSED,
                Report.Movement.REFUND,
                Escrow.id(contract, 1),
                1,
                refund,
                UserActions.usd(500),
                Optional.empty(),
                Optional.empty());
        Await.until(() -> assertThat(fixture.state(Discrepancy.AGGREGATE, Discrepancy.id(report)))
                .isInstanceOfSatisfying(
                        Discrepancy.Waiting.class,
                        it -> assertThat(it.report().amount()).isEqualTo(UserActions.usd(500))));
    }

    private void awaitReturned(String contract, long amount) {
        Await.until(() -> assertThat(fixture.queryNumber("""
                        SELECT count(*) FROM sandbox.refund r JOIN sandbox.payment_intent p ON p.id = r.payment
                         WHERE p.subject = ? AND r.subject LIKE 'dsc%' AND r.status = 'succeeded' AND r.amount = ?
                        """, Escrow.id(contract, 1), amount))
                .isOne());
        Await.until(() -> assertThat(fixture.queryNumber("""
                SELECT (SELECT count(*) FROM event_journal WHERE event_ser_manifest = 'discrepancy.return-started')
                     - (SELECT count(*) FROM event_journal WHERE event_ser_manifest = 'discrepancy.returned')
                """)).isZero());
    }

    @Test
    void replacesUnconfirmedCardByAnotherImmediately() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 500);
        users.fund(client, contract, 1, "pm_card_authenticationRequired");
        var waiting = Await.value(() -> {
            var funding = (Escrow.Funding) fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1));
            assertThat(funding.clientSecret()).isNotEmpty();
            return funding;
        });
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        assertThat(result(
                        fixture.provider.confirmAuthentication(waiting.charge().detail(), waiting.clientSecret())))
                .isFalse();
    }

    /** The escrow has not heard of the cancellation yet when it is asked to charge. */
    @Test
    void chargesNothingAfterCancellation() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var contract = users.hireForNewJob(client, freelancer, 500);
        fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.Cancel(client, "changed my mind"));
        var unheard = Escrow.id(contract, 2);
        var deal = new EscrowDeal(contract, 2, "B", client, freelancer, UserActions.usd(500), 500);
        fixture.execute(Escrow.AGGREGATE, unheard, new EscrowCommand.Open(deal));
        fixture.execute(Escrow.AGGREGATE, unheard, new EscrowCommand.Fund(client, "pm_card_visa", "req_1"));
        users.awaitEscrow(contract, 2, Escrow.Cancelled.class);
        assertThat(fixture.queryNumber("SELECT count(*) FROM sandbox.payment_intent WHERE subject = ?", unheard))
                .isZero();
    }

    @Test
    void recordsNoEventWhilePolledAccountStaysUnverified() {
        var freelancer = users.createFreelancer(AccountStatus.PENDING);
        var runs =
                "SELECT coalesce(max(attempts), 0) FROM deadline WHERE kind = 'payout-account-check' AND entity_id = ?";
        for (int run = 1; run <= 3; run++) {
            fixture.advanceClock(Duration.ofDays(2));
            long before = fixture.queryNumber(runs, freelancer);
            Await.until(() -> assertThat(fixture.queryNumber(runs, freelancer)).isGreaterThan(before));
        }
        assertThat(fixture.queryNumber(
                        "SELECT count(*) FROM event_journal WHERE persistence_id = ?", "payout-account|" + freelancer))
                .as("requested and opened")
                .isEqualTo(2);
    }

    @Test
    void stopsRetryingRefusedPayoutUntilTheAccountIsVerified() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var contract = users.hireForNewJob(client, freelancer, 1_000);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        users.setPayoutStatus(freelancer, AccountStatus.RESTRICTED);
        users.deliver(client, freelancer, contract, 1);
        Await.until(() -> {
            fixture.advanceClock(Duration.ofHours(1));
            assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                    .isInstanceOfSatisfying(
                            Escrow.Releasing.class,
                            it -> assertThat(it.transfer().status()).isEqualTo(PendingCall.Status.STALLED));
        });
        fixture.advanceClock(Duration.ofDays(30));
        assertThat(fixture.queryNumber(
                        "SELECT count(*) FROM event_journal WHERE persistence_id = ? AND event_ser_manifest = 'escrow.release-failed'",
                        "escrow|" + Escrow.id(contract, 1)))
                .isEqualTo(10);
        users.setPayoutStatus(freelancer, AccountStatus.VERIFIED);
        users.awaitEscrow(contract, 1, Escrow.Released.class);
    }
}
