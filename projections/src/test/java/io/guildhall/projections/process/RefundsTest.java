package io.guildhall.projections.process;

import static io.guildhall.Await.result;
import static io.guildhall.projections.process.UserActions.newId;
import static io.guildhall.projections.process.UserActions.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.ContractCommand.AcceptRefund;
import io.guildhall.domain.contract.ContractCommand.RequestRefund;
import io.guildhall.domain.contract.ContractCommand.Split;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.contract.EscrowRules;
import io.guildhall.domain.contract.HeldMoney;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.contract.SilencePeriod;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowCommand.Recipient;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.port.PaymentGateway.AccountStatus;
import io.guildhall.projections.Process;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Refunds, splits and silence over real entities, a real database and the provider's own records. */
class RefundsTest {
    private static ProcessFixture fixture;
    private static UserActions users;
    private final String client = newId("acc");
    private String freelancer = "";

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

    /** A contract of one milestone whose money is held. */
    private String funded(long amount) {
        freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var contract = newId("ctr");
        var deal = new Deal(
                Optional.empty(),
                Optional.empty(),
                Optional.of("inv_1"),
                client,
                freelancer,
                "A logo",
                usd(amount),
                ProcessFixture.FEE_BASIS_POINTS,
                Deal.RULES_VERSION);
        var milestones = List.of(Milestone.pending(1, "All of it", usd(amount), 7));
        fixture.execute(
                Contract.AGGREGATE,
                contract,
                new ContractCommand.Create(deal, milestones, Optional.of(EscrowRules.STANDARD)));
        users.awaitEscrow(contract, 1, Escrow.Open.class);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        return contract;
    }

    private static HeldMoney money(String contract) {
        return fixture.state(Contract.AGGREGATE, contract)
                .findDetails()
                .orElseThrow()
                .held(1);
    }

    private static void awaitContract(String contract, Class<?> phase) {
        Await.until(
                () -> assertThat(fixture.state(Contract.AGGREGATE, contract)).isInstanceOf(phase));
    }

    private static void awaitTold(String contract, int... warnings) {
        Await.until(() -> assertThat(money(contract).silence().orElseThrow().told())
                .extracting(SilencePeriod.Warning::days)
                .containsExactly(Arrays.stream(warnings).boxed().toArray(Integer[]::new)));
    }

    private static long paidOut(String freelancer) {
        var provider = ((PayoutAccount.Open) fixture.state(PayoutAccount.AGGREGATE, freelancer)).providerId();
        return fixture.queryNumber(
                "SELECT coalesce(sum(amount), 0) FROM sandbox.balance_entry WHERE account = ?", provider);
    }

    private static long refunded(String contract) {
        return fixture.queryNumber(
                "SELECT coalesce(sum(amount), 0) FROM sandbox.refund WHERE subject = ? AND status = 'succeeded'",
                Escrow.id(contract, 1));
    }

    private static long mails(String account, String subject) {
        return result(fixture.mailer.sentTo(Optional.of(ProcessFixture.address(account)), 100)).stream()
                .filter(it -> it.mail().subject().contains(subject))
                .count();
    }

    @Test
    void hirePinsTheConfiguredRules() {
        var contract = users.hireForNewJob(client, users.createFreelancer(AccountStatus.VERIFIED), 1_000);
        var details = fixture.state(Contract.AGGREGATE, contract).findDetails().orElseThrow();
        assertThat(details.rules()).contains(EscrowRules.STANDARD);
        assertThat(details.deal().rulesVersion()).isEqualTo(2);
    }

    @Test
    void agreedPartIsRefundedAndTheRestReleased() {
        var contract = funded(1_000);
        fixture.execute(Contract.AGGREGATE, contract, new RequestRefund(client, 1, Optional.of(400L), "too late"));
        Await.until(() -> assertThat(mails(freelancer, "asks for a refund")).isOne());
        fixture.execute(Contract.AGGREGATE, contract, new AcceptRefund(freelancer, 1, 1));
        awaitContract(contract, Contract.Completed.class);
        assertThat(refunded(contract)).isEqualTo(400);
        assertThat(paidOut(freelancer)).isEqualTo(570);
        Await.until(() -> assertThat(mails(client, "was refunded")).isOne());
    }

    @Test
    void agreedWholeRefundCancelsTheContract() {
        var contract = funded(1_000);
        fixture.execute(Contract.AGGREGATE, contract, new RequestRefund(freelancer, 1, Optional.empty(), "no time"));
        fixture.execute(Contract.AGGREGATE, contract, new AcceptRefund(client, 1, 1));
        awaitContract(contract, Contract.Cancelled.class);
        users.awaitEscrow(contract, 1, Escrow.Refunded.class);
        assertThat(refunded(contract)).isEqualTo(1_000);
        assertThat(paidOut(freelancer)).isZero();
    }

    @Test
    void freelancersSilenceRefundsAfterItsWarnings() {
        var contract = funded(1_000);
        fixture.execute(Contract.AGGREGATE, contract, new RequestRefund(client, 1, Optional.empty(), "no answer"));
        fixture.advanceClock(Duration.ofDays(4));
        awaitTold(contract, 3);
        fixture.advanceClock(Duration.ofDays(2));
        awaitTold(contract, 3, 1);
        for (var party : List.of(client, freelancer))
            Await.until(() -> assertThat(mails(party, "will be agreed to")).isEqualTo(2));
        fixture.advanceClock(Duration.ofDays(1));
        awaitContract(contract, Contract.Cancelled.class);
        assertThat(refunded(contract)).isEqualTo(1_000);
    }

    @Test
    void clientsSilenceAcceptsAfterItsWarnings() {
        var contract = funded(1_000);
        fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.Submit(freelancer, 1, "done"));
        fixture.advanceClock(Duration.ofDays(7));
        awaitTold(contract, 7);
        fixture.advanceClock(Duration.ofDays(4));
        awaitTold(contract, 7, 3);
        fixture.advanceClock(Duration.ofDays(2));
        awaitTold(contract, 7, 3, 1);
        fixture.advanceClock(Duration.ofDays(1));
        awaitContract(contract, Contract.Completed.class);
        assertThat(paidOut(freelancer)).isEqualTo(950);
    }

    /** The client's address is not known, so the client cannot be warned. */
    @Test
    void silenceDoesNotCountBeforeTheWarningsWereTold() {
        var contract = funded(1_000);
        fixture.unknown.add(client);
        fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.Submit(freelancer, 1, "done"));
        fixture.advanceClock(Duration.ofDays(15));
        awaitTriesToTell(contract, 1);
        fixture.advanceClock(Duration.ofDays(15));
        awaitTriesToTell(contract, 2);
        assertThat(money(contract).silence().orElseThrow().told()).isEmpty();
        fixture.unknown.remove(client);
        fixture.advanceClock(Duration.ofHours(1));
        awaitTold(contract, 7);
        // The client has the days that the warning announced.
        fixture.advanceClock(Duration.ofDays(4));
        awaitTold(contract, 7, 3);
        fixture.advanceClock(Duration.ofDays(2));
        awaitTold(contract, 7, 3, 1);
        fixture.advanceClock(Duration.ofDays(1));
        awaitContract(contract, Contract.Completed.class);
    }

    private static void awaitTriesToTell(String contract, int tries) {
        Await.until(() -> assertThat(fixture.queryNumber("""
                        SELECT coalesce(max(attempts), 0) FROM deadline
                         WHERE kind = 'contract-silence-warning' AND entity_id = ? AND claimed_until IS NULL
                        """, contract)).isGreaterThanOrEqualTo(tries));
    }

    /** The release fails, so that the node stops between the two movements. */
    @Test
    void splitContinuesAfterACrashBetweenItsMovements() {
        var contract = funded(1_000);
        var provider = ((PayoutAccount.Open) fixture.state(PayoutAccount.AGGREGATE, freelancer)).providerId();
        users.setPayoutStatus(freelancer, provider, AccountStatus.RESTRICTED);
        fixture.execute(Contract.AGGREGATE, contract, new Split(newId("acc"), 1, 300, 700, "most was done"));
        awaitRefundedPart(contract);
        fixture.stop();
        fixture.start(UnaryOperator.<Process>identity());
        users.setPayoutStatus(freelancer, provider, AccountStatus.VERIFIED);
        awaitContract(contract, Contract.Completed.class);
        assertThat(refunded(contract)).isEqualTo(300);
        assertThat(paidOut(freelancer)).isEqualTo(665);
    }

    @Test
    void refusedPayoutOfASplitIsRedirectedToTheClient() {
        var contract = funded(1_000);
        var provider = ((PayoutAccount.Open) fixture.state(PayoutAccount.AGGREGATE, freelancer)).providerId();
        users.setPayoutStatus(freelancer, provider, AccountStatus.RESTRICTED);
        fixture.execute(Contract.AGGREGATE, contract, new Split(newId("acc"), 1, 300, 700, "most was done"));
        users.awaitEscrow(contract, 1, Escrow.Splitting.class);
        users.awaitStalledRelease(contract);
        awaitRefundedPart(contract);
        redirect(contract, Recipient.CLIENT);
        fixture.stop();
        fixture.start(UnaryOperator.<Process>identity());
        awaitContract(contract, Contract.Cancelled.class);
        assertThat(refunded(contract)).isEqualTo(1_000);
        assertThat(paidOut(freelancer)).isZero();
        assertThat(money(contract).settlement().orElseThrow().reason()).isEqualTo("the account is closed");
        // A verified account gets nothing of it.
        users.setPayoutStatus(freelancer, provider, AccountStatus.VERIFIED);
        Await.until(() -> assertThat(fixture.queryNumber(
                        "SELECT count(*) FROM deadline WHERE entity_id = ?", Escrow.id(contract, 1)))
                .isZero());
        assertThat(paidOut(freelancer)).isZero();
    }

    @Test
    void refusedRefundOfASplitIsRedirectedToTheFreelancer() {
        var contract = funded(1_000);
        users.refuseRefunds(contract);
        fixture.execute(Contract.AGGREGATE, contract, new Split(newId("acc"), 1, 300, 700, "most was done"));
        users.awaitEscrow(contract, 1, Escrow.Splitting.class);
        users.awaitStalledRefund(contract);
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Splitting.class,
                        it -> assertThat(it.transferId()).isPresent()));
        redirect(contract, Recipient.FREELANCER);
        awaitContract(contract, Contract.Completed.class);
        assertThat(refunded(contract)).isZero();
        assertThat(paidOut(freelancer)).isEqualTo(665 + 285);
        assertThat(fixture.state(Contract.AGGREGATE, contract)
                        .findDetails()
                        .orElseThrow()
                        .milestone(1)
                        .orElseThrow()
                        .status())
                .isEqualTo(Milestone.Status.PAID);
    }

    private static void awaitRefundedPart(String contract) {
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Splitting.class, it -> assertThat(it.refundId()).isPresent()));
    }

    private static void redirect(String contract, Recipient to) {
        fixture.execute(
                Escrow.AGGREGATE,
                Escrow.id(contract, 1),
                new EscrowCommand.Redirect(newId("acc"), to, "the account is closed"));
    }

    @Test
    void unknownOutcomesOfASplitAreSettledOnce() {
        var contract = funded(1_000);
        fixture.gateway.disconnect();
        fixture.execute(Contract.AGGREGATE, contract, new Split(newId("acc"), 1, 300, 700, "most was done"));
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(Escrow.Splitting.class, it -> {
                    assertThat(it.refund().status().name()).isEqualTo("UNKNOWN");
                    assertThat(it.transfer().status().name()).isEqualTo("UNKNOWN");
                }));
        fixture.gateway.reconnect();
        awaitContract(contract, Contract.Completed.class);
        assertThat(refunded(contract)).isEqualTo(300);
        assertThat(paidOut(freelancer)).isEqualTo(665);
        assertThat(fixture.queryNumber("SELECT count(*) FROM sandbox.refund WHERE subject = ?", Escrow.id(contract, 1)))
                .isOne();
    }
}
