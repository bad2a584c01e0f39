package io.guildhall.projections.process;

import static io.guildhall.Await.result;
import static io.guildhall.projections.process.UserActions.newId;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.actors.Outcome;
import io.guildhall.adapter.sandbox.SandboxFaults;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.port.PaymentGateway.AccountStatus;
import io.guildhall.projections.audit.Auditor;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Many concurrent contracts with every kind of payment failure: each is completed or cancelled, and the money is
 * accounted for to the cent.
 */
class MoneyStormTest {
    private static final int CONTRACTS = 24;
    private static final Set<String> FAILING =
            Set.of("pm_card_declined", "pm_card_declinedThenSucceeds", "pm_card_wrongAmount");
    private static final List<String> CARDS = List.of(
            "pm_card_visa",
            "pm_card_late",
            "pm_card_lost",
            "pm_card_authenticationRequired",
            "pm_card_declined",
            "pm_card_declinedThenSucceeds",
            "pm_card_chargedTwice",
            "pm_card_wrongAmount");

    @Test
    void everyContractEndsAndMoneyIsAccountedFor() throws Exception {
        long seed = System.nanoTime();
        System.out.println("MoneyStormTest seed " + seed);
        try (var fixture = new ProcessFixture();
                var auditor = fixture.startAuditor("node-1")) {
            var scenarios = IntStream.range(0, CONTRACTS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> new Scenario(fixture, new UserActions(fixture), new Random(seed + i)).run(),
                            task -> Thread.ofVirtual().start(task)))
                    .toList();
            long kept = scenarios.stream().mapToLong(CompletableFuture::join).sum();
            // The deadlines that abandon unconfirmed charges are due now, and find nothing to abandon.
            fixture.advanceClock(ProcessFixture.CONFIRMATION_WINDOW.plusSeconds(1));
            Await.until(() -> assertThat(fixture.queryNumber(
                            "SELECT count(*) FROM deadline WHERE kind LIKE 'escrow%' OR kind LIKE 'discrepancy%'"))
                    .isZero());
            Await.until(() -> assertThat(fixture.queryNumber("""
                    SELECT (SELECT count(*) FROM sandbox.payment_intent WHERE settled_at IS NULL)
                         + (SELECT count(*) FROM sandbox.webhook_delivery WHERE delivered_at IS NULL)
                    """)).isZero());
            awaitReturnedSurplus(fixture);
            new MoneyAudit(fixture).verify();
            assertThat(new MoneyAudit(fixture).platformFees()).isEqualTo(kept);
            verifyWithTheAuditor(fixture, auditor);
        }
    }

    /** All surplus is known and was sent back: there is nothing else to find. */
    private static void verifyWithTheAuditor(ProcessFixture fixture, Auditor auditor) {
        long id = result(auditor.request());
        Await.until(() -> assertThat(fixture.queryNumber(
                        "SELECT count(*) FROM audit_run WHERE id = ? AND finished_at IS NOT NULL", id))
                .isOne());
        assertThat(fixture.queryNumber("SELECT max(differences) FROM audit_run"))
                .isZero();
        assertThat(fixture.queryNumber("SELECT count(*) FROM audit_movement WHERE state <> 'CONFIRMED'"))
                .isZero();
        assertThat(fixture.queryNumber("SELECT count(*) FROM audit_finding")).isZero();
    }

    private static void awaitReturnedSurplus(ProcessFixture fixture) {
        Await.until(() -> assertThat(fixture.queryNumber("""
                SELECT (SELECT count(*) FROM event_journal WHERE event_ser_manifest = 'discrepancy.reported')
                     - (SELECT count(*) FROM event_journal WHERE event_ser_manifest = 'discrepancy.returned')
                """)).isZero());
    }

    /** What a split leaves for the freelancer and the fee, in cents. */
    private static final int MIN_RELEASE = 20;

    private record Scenario(ProcessFixture fixture, UserActions users, Random chance) {
        /** @return what the platform keeps at the provider: the fee, and what was settled outside the provider */
        long run() {
            var client = newId("acc");
            var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
            var provider = ((PayoutAccount.Open) fixture.state(PayoutAccount.AGGREGATE, freelancer)).providerId();
            var job = users.postJob(client);
            long amount = 50L + chance.nextInt(20_000);
            var contract = users.hire(client, job, users.propose(freelancer, client, job, amount));
            if (chance.nextInt(5) == 0) return cancel(client, contract);
            fund(client, contract);
            if (chance.nextInt(4) == 0) return settleRefusedPayout(client, freelancer, provider, contract, amount);
            disturbPayout(provider);
            long refund = chance.nextInt(3) == 0 ? 1L + chance.nextInt((int) amount - MIN_RELEASE) : 0;
            if (refund == 0) users.deliver(client, freelancer, contract, 1);
            else
                fixture.execute(
                        Contract.AGGREGATE,
                        contract,
                        new ContractCommand.Split(newId("acc"), 1, refund, amount - refund, "half was done"));
            if (chance.nextBoolean()) users.setPayoutStatus(freelancer, provider, AccountStatus.VERIFIED);
            else result(fixture.provider.completeOnboarding(provider, AccountStatus.VERIFIED));
            users.awaitEscrow(contract, 1, refund == 0 ? Escrow.Released.class : Escrow.Split.class);
            Await.until(() ->
                    assertThat(fixture.state(Contract.AGGREGATE, contract)).isInstanceOf(Contract.Completed.class));
            return UserActions.usd(amount - refund)
                    .share(ProcessFixture.FEE_BASIS_POINTS)
                    .amount();
        }

        /**
         * The freelancer's account stays restricted. An admin divides the money, and an operator settles outside what the
         * provider still refuses.
         *
         * @return what the platform keeps at the provider
         */
        private long settleRefusedPayout(
                String client, String freelancer, String provider, String contract, long amount) {
            users.setPayoutStatus(freelancer, provider, AccountStatus.RESTRICTED);
            boolean isCardClosed = chance.nextBoolean();
            if (isCardClosed) users.refuseRefunds(contract);
            users.deliver(client, freelancer, contract, 1);
            users.awaitStalledRelease(contract);
            users.awaitReleaseMarkedAsStalled(contract);
            long refund = chance.nextBoolean() ? amount : 1L + chance.nextInt((int) amount - MIN_RELEASE);
            fixture.execute(
                    Contract.AGGREGATE,
                    contract,
                    new ContractCommand.Split(newId("acc"), 1, refund, amount - refund, "the account was closed"));
            users.awaitEscrow(contract, 1, Escrow.Refunding.class, Escrow.Refunded.class, Escrow.Splitting.class);
            if (isCardClosed) {
                users.awaitStalledRefund(contract);
                settleOutside(contract, new EscrowCommand.SettleRefundOutside("operator", "by hand"));
            }
            if (refund < amount) {
                users.awaitStalledRelease(contract);
                settleOutside(contract, new EscrowCommand.SettleTransferOutside("operator", "by hand"));
            }
            users.awaitEscrow(contract, 1, refund < amount ? Escrow.Split.class : Escrow.Refunded.class);
            Await.until(() -> assertThat(fixture.state(Contract.AGGREGATE, contract))
                    .isInstanceOfAny(Contract.Completed.class, Contract.Cancelled.class));
            return (isCardClosed ? refund : 0) + amount - refund;
        }

        private void settleOutside(String contract, EscrowCommand command) {
            fixture.execute(Escrow.AGGREGATE, Escrow.id(contract, 1), command);
        }

        private long cancel(String client, String contract) {
            users.fund(client, contract, 1, chance.nextBoolean() ? "pm_card_late" : "pm_card_authenticationRequired");
            fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.Cancel(client, "changed my mind"));
            Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                    .isInstanceOfAny(Escrow.Refunded.class, Escrow.Cancelled.class, Escrow.Funding.class));
            confirmIfPending(contract);
            Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                    .isInstanceOfAny(Escrow.Refunded.class, Escrow.Cancelled.class));
            return 0;
        }

        /** A payer who does not know of the cancellation confirms the charge. */
        private void confirmIfPending(String contract) {
            if (fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)) instanceof Escrow.Funding it
                    && !it.clientSecret().isEmpty())
                result(fixture.provider.confirmAuthentication(it.charge().detail(), it.clientSecret()));
        }

        private void fund(String client, String contract) {
            while (true) {
                var card = CARDS.get(chance.nextInt(CARDS.size()));
                var requested = fixture.attempt(
                        Escrow.AGGREGATE, Escrow.id(contract, 1), new EscrowCommand.Fund(client, card, newId("req")));
                // The late success of a declined card.
                if (requested instanceof Outcome.Rejected) break;
                if (card.equals("pm_card_authenticationRequired")) confirmUnlessHeld(contract);
                if (!FAILING.contains(card)) break;
                users.awaitEscrow(contract, 1, Escrow.Open.class, Escrow.Held.class);
                if (fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)) instanceof Escrow.Held) break;
            }
            users.awaitFunded(contract, 1);
        }

        /** The late success of an earlier card can be first. */
        private void confirmUnlessHeld(String contract) {
            Await.until(() -> {
                switch (fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1))) {
                    case Escrow.Funding funding ->
                        assertThat(funding.clientSecret()).isNotEmpty();
                    case Escrow other -> assertThat(other).isInstanceOf(Escrow.Held.class);
                }
            });
            confirmIfPending(contract);
        }

        private void disturbPayout(String provider) {
            switch (chance.nextInt(4)) {
                case 0 -> SandboxFaults.delayReplies(fixture.database, provider);
                case 1 -> SandboxFaults.loseReplies(fixture.database, provider);
                case 2 -> result(fixture.provider.completeOnboarding(provider, AccountStatus.RESTRICTED));
                default -> {}
            }
        }
    }
}
