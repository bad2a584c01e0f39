package io.guildhall.projections.process;

import static io.guildhall.Await.answer;
import static io.guildhall.projections.process.Players.mint;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.port.PaymentGateway.Standing;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many contracts at once whose payments go wrong in every way there is: each ends, and no cent is made or lost. */
class MoneyStormTest {
    private static final int CONTRACTS = 24;
    private static final List<String> CARDS = List.of(
            "pm_card_visa", "pm_card_late", "pm_card_lost", "pm_card_authenticationRequired", "pm_card_declined");

    @Test
    void everyContractEndsAndTheBooksAgree() throws Exception {
        long seed = System.nanoTime();
        System.out.println("storm seed " + seed);
        try (var house = new House(UnaryOperator.identity())) {
            var stories = IntStream.range(0, CONTRACTS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> new Story(house, new Players(house), new Random(seed + i)).play(),
                            task -> Thread.ofVirtual().start(task)))
                    .toList();
            long fees = stories.stream().mapToLong(CompletableFuture::join).sum();
            // What would have given up the charges that were confirmed in time finds nothing to do.
            house.letPass(House.CONFIRMATION.plusSeconds(1));
            Await.until(() -> assertThat(house.number("SELECT count(*) FROM deadline WHERE kind LIKE 'escrow%'"))
                    .isZero());
            new Books(house).agree();
            assertThat(new Books(house).platform()).isEqualTo(fees);
        }
    }

    private record Story(House house, Players people, Random chance) {
        /** What the platform has earned by it. */
        long play() {
            var client = mint("acc");
            var freelancer = people.freelancer(Standing.VERIFIED);
            var provider = ((PayoutAccount.Open) house.state(PayoutAccount.AGGREGATE, freelancer)).providerId();
            var job = people.job(client);
            long amount = 1 + chance.nextInt(20_000);
            var contract = people.hires(client, job, people.proposes(freelancer, client, job, amount));
            if (chance.nextInt(5) == 0) return cancels(client, contract);
            funds(client, contract);
            payoutGoesWrong(provider);
            people.delivers(client, freelancer, contract, 1);
            if (chance.nextBoolean()) people.stand(freelancer, provider, Standing.VERIFIED);
            else answer(house.provider.completeOnboarding(provider, Standing.VERIFIED));
            people.awaitEscrow(contract, 1, Escrow.Released.class);
            Await.until(
                    () -> assertThat(house.state(Contract.AGGREGATE, contract)).isInstanceOf(Contract.Completed.class));
            return Players.usd(amount).share(House.FEE).amount();
        }

        private long cancels(String client, String contract) {
            people.funds(client, contract, 1, chance.nextBoolean() ? "pm_card_late" : "pm_card_authenticationRequired");
            house.done(Contract.AGGREGATE, contract, new ContractCommand.Cancel(client, "changed my mind"));
            Await.until(() -> assertThat(house.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                    .isInstanceOfAny(Escrow.Refunded.class, Escrow.CalledOff.class, Escrow.Funding.class));
            confirmOrGiveUp(contract);
            Await.until(() -> assertThat(house.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                    .isInstanceOfAny(Escrow.Refunded.class, Escrow.CalledOff.class));
            return 0;
        }

        /** A payer who did not hear of the cancellation confirms all the same. */
        private void confirmOrGiveUp(String contract) {
            if (house.state(Escrow.AGGREGATE, Escrow.id(contract, 1)) instanceof Escrow.Funding it
                    && !it.clientSecret().isEmpty())
                answer(house.provider.confirmAuthentication(it.charge().detail(), it.clientSecret()));
        }

        private void funds(String client, String contract) {
            while (true) {
                var card = CARDS.get(chance.nextInt(CARDS.size()));
                people.funds(client, contract, 1, card);
                if (card.equals("pm_card_authenticationRequired")) people.confirms(contract, 1);
                if (!card.equals("pm_card_declined")) {
                    people.awaitFunded(contract, 1);
                    return;
                }
                people.awaitEscrow(contract, 1, Escrow.Open.class);
            }
        }

        private void payoutGoesWrong(String provider) {
            switch (chance.nextInt(4)) {
                case 0 -> answer(house.provider.answerLate(provider));
                case 1 -> answer(house.provider.loseAnswers(provider));
                case 2 -> answer(house.provider.completeOnboarding(provider, Standing.RESTRICTED));
                default -> {}
            }
        }
    }
}
