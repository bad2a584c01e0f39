package io.guildhall.projections.process;

import static io.guildhall.Await.result;
import static io.guildhall.projections.process.UserActions.newId;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.ContractCommand.Split;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowCommand.SettleRefundOutside;
import io.guildhall.domain.escrow.EscrowCommand.SettleTransferOutside;
import io.guildhall.domain.escrow.PendingCall;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.port.PaymentGateway.AccountStatus;
import io.guildhall.projections.audit.Auditor;
import io.guildhall.projections.store.Sql;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Payouts and refunds that the provider refuses at every attempt: admins and operators settle them in another way. */
class StalledPaymentsTest {
    private static final String ADMIN = newId("acc");
    private static ProcessFixture fixture;
    private static UserActions users;
    private static Auditor auditor;
    private final String client = newId("acc");
    private String freelancer = "";

    @BeforeAll
    static void open() throws Exception {
        fixture = new ProcessFixture();
        users = new UserActions(fixture);
        auditor = fixture.startAuditor("node-1");
    }

    @AfterAll
    static void close() throws Exception {
        auditor.close();
        fixture.close();
    }

    @BeforeEach
    void register() {
        freelancer = users.createFreelancer(AccountStatus.VERIFIED);
    }

    @AfterEach
    void auditMoney() {
        new MoneyAudit(fixture).verify();
    }

    private String funded(long amount) {
        var contract = users.hireForNewJob(client, freelancer, amount);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        return contract;
    }

    /** Accepted work that the provider refuses to pay. */
    private String refused(long amount) {
        var contract = funded(amount);
        setPayoutStatus(AccountStatus.RESTRICTED);
        users.deliver(client, freelancer, contract, 1);
        users.awaitStalledRelease(contract);
        users.awaitReleaseMarkedAsStalled(contract);
        return contract;
    }

    private void setPayoutStatus(AccountStatus status) {
        users.setPayoutStatus(freelancer, provider(), status);
    }

    private String provider() {
        return ((PayoutAccount.Open) fixture.state(PayoutAccount.AGGREGATE, freelancer)).providerId();
    }

    private void split(String contract, long refund, long release) {
        fixture.execute(Contract.AGGREGATE, contract, new Split(ADMIN, 1, refund, release, "the account was closed"));
    }

    private static void awaitContract(String contract, Class<?> phase) {
        Await.until(
                () -> assertThat(fixture.state(Contract.AGGREGATE, contract)).isInstanceOf(phase));
    }

    private long paidOut() {
        return fixture.queryNumber(
                "SELECT coalesce(sum(amount), 0) FROM sandbox.balance_entry WHERE account = ?", provider());
    }

    private static long refunded(String contract) {
        return fixture.queryNumber(
                "SELECT coalesce(sum(amount), 0) FROM sandbox.refund WHERE subject = ? AND status = 'succeeded'",
                Escrow.id(contract, 1));
    }

    /** No deadline of an abandoned call remains. */
    private static void awaitNoDeadlines(String contract) {
        Await.until(() -> assertThat(fixture.queryNumber(
                        "SELECT count(*) FROM deadline WHERE entity_id = ? AND kind IN ('escrow-transfer', 'escrow-refund')",
                        Escrow.id(contract, 1)))
                .isZero());
    }

    @Test
    void adminRefundsARefusedRelease() {
        var contract = refused(1_000);
        split(contract, 1_000, 0);
        awaitContract(contract, Contract.Cancelled.class);
        assertThat(refunded(contract)).isEqualTo(1_000);
        awaitNoDeadlines(contract);
        // The account is verified too late.
        setPayoutStatus(AccountStatus.VERIFIED);
        assertThat(paidOut()).isZero();
    }

    @Test
    void adminSplitsARefusedRelease() {
        var contract = refused(1_000);
        split(contract, 600, 400);
        Await.until(() -> assertThat(refunded(contract)).isEqualTo(600));
        setPayoutStatus(AccountStatus.VERIFIED);
        awaitContract(contract, Contract.Completed.class);
        assertThat(paidOut()).isEqualTo(380);
        awaitNoDeadlines(contract);
    }

    @Test
    void lateSuccessOfAnAbandonedReleaseIsADiscrepancy() throws Exception {
        var contract = refused(1_000);
        split(contract, 1_000, 0);
        awaitContract(contract, Contract.Cancelled.class);
        succeedLate(Escrow.id(contract, 1));
        result(auditor.request());
        Await.until(() -> assertThat(fixture.queryNumber(
                        "SELECT count(*) FROM discrepancy WHERE subject = ? AND kind = 'SECOND_PAYMENT'",
                        Escrow.id(contract, 1)))
                .isOne());
        Await.until(() -> assertThat(fixture.queryNumber("""
                        SELECT coalesce(sum(abs(amount)), 0) FROM ledger_posting
                         WHERE contract_id = ? AND what = 'SURPLUS_MOVED' AND account LIKE 'surplus:%'
                        """, contract)).isEqualTo(950));
    }

    /** The provider reports a refusal, and pays after all. */
    private void succeedLate(String escrow) throws SQLException {
        try (var connection = fixture.database.getConnection()) {
            assertThat(Sql.update(
                            connection,
                            "UPDATE sandbox.transfer SET status = 'paid', error_code = NULL WHERE subject = ? AND attempt = 1",
                            escrow))
                    .isOne();
            Sql.update(connection, """
                    INSERT INTO sandbox.balance_entry (movement, account, amount, currency)
                    SELECT id, x.account, x.amount, 'USD' FROM sandbox.transfer,
                           LATERAL (VALUES ('platform', -amount), (destination, amount)) AS x (account, amount)
                     WHERE subject = ? AND attempt = 1
                    """, escrow);
        }
    }

    @Test
    void decisionWaitsForAPaymentInProgressAndFollowsItsRefusal() {
        var contract = refused(1_000);
        retryWithoutReply(contract);
        split(contract, 600, 400);
        awaitPostponed(contract);
        fixture.gateway.reconnect();
        Await.until(() -> assertThat(refunded(contract)).isEqualTo(600));
        setPayoutStatus(AccountStatus.VERIFIED);
        awaitContract(contract, Contract.Completed.class);
        assertThat(paidOut()).isEqualTo(380);
        awaitNoDeadlines(contract);
    }

    @Test
    void successOfAPaymentInProgressPreventsTheDecision() {
        var contract = refused(1_000);
        retryWithoutReply(contract);
        split(contract, 600, 400);
        awaitPostponed(contract);
        setPayoutStatus(AccountStatus.VERIFIED);
        fixture.gateway.reconnect();
        awaitContract(contract, Contract.Completed.class);
        users.awaitEscrow(contract, 1, Escrow.Released.class);
        assertThat(paidOut()).isEqualTo(950);
        assertThat(refunded(contract)).isZero();
        awaitNoDeadlines(contract);
    }

    private static void retryWithoutReply(String contract) {
        fixture.gateway.disconnect();
        fixture.execute(Escrow.AGGREGATE, Escrow.id(contract, 1), new EscrowCommand.RetryTransfer());
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Releasing.class,
                        it -> assertThat(it.transfer().status()).isEqualTo(PendingCall.Status.UNKNOWN)));
    }

    private static void awaitPostponed(String contract) {
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Releasing.class, it -> assertThat(it.next()).isPresent()));
    }

    @Test
    void operatorSettlesARefusedRefundOutside() {
        var contract = funded(1_000);
        users.refuseRefunds(contract);
        split(contract, 1_000, 0);
        users.awaitStalledRefund(contract);
        settleOutside(contract, new SettleRefundOutside("operator", "by bank transfer"));
        awaitContract(contract, Contract.Cancelled.class);
        awaitNoDeadlines(contract);
        assertThat(writtenOff(contract)).isEqualTo(1_000);
    }

    @Test
    void operatorSettlesARefusedReleaseOutside() {
        var contract = refused(1_000);
        settleOutside(contract, new SettleTransferOutside("operator", "by bank transfer"));
        awaitContract(contract, Contract.Completed.class);
        awaitNoDeadlines(contract);
        assertThat(writtenOff(contract)).isEqualTo(950);
        assertThat(fixture.attempt(
                        Contract.AGGREGATE, contract, new ContractCommand.Split(ADMIN, 1, 1_000, 0, "too late")))
                .isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void operatorSettlesBothPartsOfASplitOutside() {
        var contract = funded(1_000);
        users.refuseRefunds(contract);
        setPayoutStatus(AccountStatus.RESTRICTED);
        split(contract, 300, 700);
        users.awaitStalledRefund(contract);
        users.awaitStalledRelease(contract);
        settleOutside(contract, new SettleRefundOutside("operator", "by bank transfer"));
        settleOutside(contract, new SettleTransferOutside("operator", "by cheque"));
        awaitContract(contract, Contract.Completed.class);
        awaitNoDeadlines(contract);
        assertThat(writtenOff(contract)).isEqualTo(965);
    }

    private static void settleOutside(String contract, EscrowCommand command) {
        fixture.execute(Escrow.AGGREGATE, Escrow.id(contract, 1), command);
    }

    private static long writtenOff(String contract) {
        return Await.value(() -> {
            long amount = fixture.queryNumber(
                    "SELECT coalesce(-sum(amount), 0) FROM ledger_posting WHERE contract_id = ? AND account = 'write-offs'",
                    contract);
            assertThat(amount).isPositive();
            return amount;
        });
    }
}
