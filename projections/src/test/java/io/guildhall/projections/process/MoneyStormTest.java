package io.guildhall.projections.process;

import static io.guildhall.Await.answer;
import static io.guildhall.projections.process.UserActions.mint;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.port.PaymentGateway.AccountStatus;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Many concurrent contracts with every kind of payment failure: each is completed or cancelled, and the money is
 * accounted for to the cent.
 */
class MoneyStormTest {
    private static final int CONTRACTS = 24;
    private static final List<String> CARDS = List.of(
            "pm_card_visa", "pm_card_late", "pm_card_lost", "pm_card_authenticationRequired", "pm_card_declined");

    @Test
    void everyContractEndsAndMoneyIsAccountedFor() throws Exception {
        long seed = System.nanoTime();
        System.out.println("MoneyStormTest seed " + seed);
        try (var fixture = new ProcessFixture()) {
            var scenarios = IntStream.range(0, CONTRACTS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> new Scenario(fixture, new UserActions(fixture), new Random(seed + i)).run(),
                            task -> Thread.ofVirtual().start(task)))
                    .toList();
            long fees = scenarios.stream().mapToLong(CompletableFuture::join).sum();
            // The deadlines that abandon unconfirmed charges are due now, and find nothing to abandon.
            fixture.advanceClock(ProcessFixture.CONFIRMATION_WINDOW.plusSeconds(1));
            Await.until(() -> assertThat(fixture.queryNumber("SELECT count(*) FROM deadline WHERE kind LIKE 'escrow%'"))
                    .isZero());
            new MoneyAudit(fixture).verify();
            assertThat(new MoneyAudit(fixture).platformFees()).isEqualTo(fees);
        }
    }

    private record Scenario(ProcessFixture fixture, UserActions users, Random chance) {
        /** @return the fee that the platform earns */
        long run() {
            var client = mint("acc");
            var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
            var provider = ((PayoutAccount.Open) fixture.state(PayoutAccount.AGGREGATE, freelancer)).providerId();
            var job = users.postJob(client);
            long amount = 1L + chance.nextInt(20_000);
            var contract = users.hire(client, job, users.propose(freelancer, client, job, amount));
            if (chance.nextInt(5) == 0) return cancel(client, contract);
            fund(client, contract);
            disturbPayout(provider);
            users.deliver(client, freelancer, contract, 1);
            if (chance.nextBoolean()) users.setStanding(freelancer, provider, AccountStatus.VERIFIED);
            else answer(fixture.provider.completeOnboarding(provider, AccountStatus.VERIFIED));
            users.awaitEscrow(contract, 1, Escrow.Released.class);
            Await.until(() ->
                    assertThat(fixture.state(Contract.AGGREGATE, contract)).isInstanceOf(Contract.Completed.class));
            return UserActions.usd(amount)
                    .share(ProcessFixture.FEE_BASIS_POINTS)
                    .amount();
        }

        private long cancel(String client, String contract) {
            users.fund(client, contract, 1, chance.nextBoolean() ? "pm_card_late" : "pm_card_authenticationRequired");
            fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.Cancel(client, "changed my mind"));
            Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                    .isInstanceOfAny(Escrow.Refunded.class, Escrow.CalledOff.class, Escrow.Funding.class));
            confirmIfPending(contract);
            Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                    .isInstanceOfAny(Escrow.Refunded.class, Escrow.CalledOff.class));
            return 0;
        }

        /** A payer who does not know of the cancellation confirms the charge. */
        private void confirmIfPending(String contract) {
            if (fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)) instanceof Escrow.Funding it
                    && !it.clientSecret().isEmpty())
                answer(fixture.provider.confirmAuthentication(it.charge().detail(), it.clientSecret()));
        }

        private void fund(String client, String contract) {
            while (true) {
                var card = CARDS.get(chance.nextInt(CARDS.size()));
                users.fund(client, contract, 1, card);
                if (card.equals("pm_card_authenticationRequired")) users.confirmCharge(contract, 1);
                if (!card.equals("pm_card_declined")) {
                    users.awaitFunded(contract, 1);
                    return;
                }
                users.awaitEscrow(contract, 1, Escrow.Open.class);
            }
        }

        private void disturbPayout(String provider) {
            switch (chance.nextInt(4)) {
                case 0 -> answer(fixture.provider.delayReplies(provider));
                case 1 -> answer(fixture.provider.loseReplies(provider));
                case 2 -> answer(fixture.provider.completeOnboarding(provider, AccountStatus.RESTRICTED));
                default -> {}
            }
        }
    }
}
