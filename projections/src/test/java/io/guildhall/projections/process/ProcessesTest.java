package io.guildhall.projections.process;

import static io.guildhall.Await.answer;
import static io.guildhall.projections.process.Players.mint;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountAddress;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.PendingCall;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.domain.review.Ratings;
import io.guildhall.domain.review.Review;
import io.guildhall.domain.review.ReviewCommand.Write;
import io.guildhall.domain.review.Side;
import io.guildhall.domain.room.Room;
import io.guildhall.kernel.Correlation;
import io.guildhall.port.MailTokens;
import io.guildhall.port.PaymentGateway.Standing;
import io.guildhall.projections.process.escrow.PaymentDeadlines;
import io.guildhall.projections.process.review.ReviewProcess;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What follows from events, over real entities, a real database and the provider's own books. */
class ProcessesTest {
    private static House house;
    private static Players people;
    private final String client = mint("acc");

    @BeforeAll
    static void open() throws Exception {
        house = new House(UnaryOperator.identity());
        people = new Players(house);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @AfterEach
    void theBooksAgree() {
        new Books(house).agree();
    }

    private String lastRefusal(String job) {
        return Await.value(() -> ((Job.Open) house.state(Job.AGGREGATE, job))
                .lastFailure()
                .orElseThrow()
                .reason());
    }

    private static DeclineReason declined(String proposal) {
        return Await.value(() -> ((Proposal.Declined) house.state(Proposal.AGGREGATE, proposal)).reason());
    }

    @Test
    void fromProposalToReviewEveryCentIsAccountedFor() {
        var freelancer = people.freelancer(Standing.VERIFIED);
        var job = people.job(client);
        var contract = people.hires(client, job, people.proposes(freelancer, client, job, 10_001, 333, 7_777, 25));
        assertThat(house.state(Room.AGGREGATE, Room.id(contract))).isInstanceOf(Room.Open.class);
        long before = new Books(house).platform();
        var cards = List.of("pm_card_visa", "pm_card_late", "pm_card_lost", "pm_card_authenticationRequired");
        for (int i = 1; i <= 4; i++) people.funds(client, contract, i, cards.get(i - 1));
        people.confirms(contract, 4);
        for (int i = 1; i <= 4; i++) people.awaitFunded(contract, i);
        for (int i = 1; i <= 4; i++) people.delivers(client, freelancer, contract, i);
        Await.until(() -> assertThat(house.state(Job.AGGREGATE, job)).isInstanceOf(Job.Completed.class));
        // 5 % of each part, half up: 500, 17, 389, 1.
        assertThat(new Books(house).platform() - before).isEqualTo(907);
        reviewedByBoth(contract, freelancer);
    }

    private void reviewedByBoth(String contract, String freelancer) {
        var ours = Review.id(contract, Side.CLIENT);
        var theirs = Review.id(contract, Side.FREELANCER);
        Await.until(() -> assertThat(house.state(Review.AGGREGATE, theirs)).isInstanceOf(Review.Pending.class));
        house.done(Review.AGGREGATE, ours, new Write(client, new Ratings(5, 5, 5, 5, 5), "good"));
        assertThat(house.state(Review.AGGREGATE, ours)).isInstanceOf(Review.Sealed.class);
        house.done(Review.AGGREGATE, theirs, new Write(freelancer, new Ratings(4, 4, 4, 4, 4), "fine"));
        Await.until(() -> assertThat(house.state(Review.AGGREGATE, ours)).isInstanceOf(Review.Revealed.class));
        Await.until(() -> assertThat(house.state(Review.AGGREGATE, theirs)).isInstanceOf(Review.Revealed.class));
    }

    @Test
    void ofTwoAcceptsAtOnceOneWins() {
        var job = people.job(client);
        var first = people.proposes(people.freelancer(Standing.VERIFIED), client, job, 500);
        var second = people.proposes(people.freelancer(Standing.VERIFIED), client, job, 600);
        var asked = List.of(
                house.entities.execute(
                        Correlation.NONE, Job.AGGREGATE, job, new JobCommand.Accept(client, first, 1, mint("ctr"))),
                house.entities.execute(
                        Correlation.NONE, Job.AGGREGATE, job, new JobCommand.Accept(client, second, 1, mint("ctr"))));
        var won = asked.stream()
                .map(Await::answer)
                .filter(Outcome.Done.class::isInstance)
                .count();
        assertThat(won).isOne();
        var filled = Await.value(() -> (Job.Hired) house.state(Job.AGGREGATE, job));
        assertThat(house.state(Proposal.AGGREGATE, filled.proposalId())).isInstanceOf(Proposal.Accepted.class);
        var loser = filled.proposalId().equals(first) ? second : first;
        assertThat(declined(loser)).isEqualTo(DeclineReason.JOB_FILLED);
        assertThat(house.state(Contract.AGGREGATE, filled.contractId())).isInstanceOf(Contract.AwaitingFunding.class);
    }

    @Test
    void aProposalWithdrawnBeforeTheAcceptGivesTheHireUp() {
        var freelancer = people.freelancer(Standing.VERIFIED);
        var job = people.job(client);
        var proposal = people.proposes(freelancer, client, job, 500);
        house.done(Proposal.AGGREGATE, proposal, new ProposalCommand.Withdraw(freelancer));
        house.done(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, mint("ctr")));
        assertThat(lastRefusal(job)).isEqualTo("already-withdrawn");
    }

    @Test
    void aProposalRevisedBeforeTheAcceptGivesTheHireUpAndCanBeAcceptedAsItIsNow() {
        var freelancer = people.freelancer(Standing.VERIFIED);
        var job = people.job(client);
        var proposal = people.proposes(freelancer, client, job, 500);
        house.done(Proposal.AGGREGATE, proposal, new ProposalCommand.Revise(freelancer, 1, Players.terms(900)));
        house.done(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, mint("ctr")));
        assertThat(lastRefusal(job)).isEqualTo("changed-meanwhile");
        var contract = mint("ctr");
        house.done(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 2, contract));
        Await.until(() -> assertThat(house.state(Job.AGGREGATE, job)).isInstanceOf(Job.Hired.class));
        assertThat(house.state(Contract.AGGREGATE, contract)
                        .findDetails()
                        .orElseThrow()
                        .deal()
                        .price())
                .isEqualTo(Players.usd(900));
    }

    @Test
    void whoComesTooLateOrCannotBePaidIsDeclined() {
        var freelancer = people.freelancer(Standing.VERIFIED);
        var job = people.job(client);
        var waiting = people.proposes(freelancer, client, job, 500);
        var pending = people.freelancer(Standing.PENDING);
        assertThat(declined(people.submits(pending, client, job, 500))).isEqualTo(DeclineReason.PAYOUT_NOT_READY);
        people.becomes(pending, Standing.VERIFIED);
        people.proposes(pending, client, job, 500);
        house.done(Job.AGGREGATE, job, new JobCommand.Close(client, "changed my mind"));
        assertThat(declined(waiting)).isEqualTo(DeclineReason.JOB_CLOSED);
        var late = people.submits(people.freelancer(Standing.VERIFIED), client, job, 500);
        assertThat(declined(late)).isEqualTo(DeclineReason.JOB_NOT_OPEN);
    }

    @Test
    void aDeclinedCardLeavesRoomForAnother() {
        var contract = hired(people.freelancer(Standing.VERIFIED), 500);
        people.funds(client, contract, 1, "pm_card_declined");
        Await.until(() -> assertThat(house.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Open.class, it -> assertThat(it.attempts()).isOne()));
        people.funds(client, contract, 1, "pm_card_visa");
        people.awaitFunded(contract, 1);
    }

    private String hired(String freelancer, long... amounts) {
        var job = people.job(client);
        return people.hires(client, job, people.proposes(freelancer, client, job, amounts));
    }

    @Test
    void aChargeThatIsNeverConfirmedIsGivenUpAndCannotSucceedAfterwards() {
        var contract = hired(people.freelancer(Standing.VERIFIED), 500);
        var escrow = Escrow.id(contract, 1);
        people.funds(client, contract, 1, "pm_card_authenticationRequired");
        var waiting = Await.value(() -> {
            var funding = (Escrow.Funding) house.state(Escrow.AGGREGATE, escrow);
            assertThat(funding.clientSecret()).isNotEmpty();
            assertThat(house.number(
                            "SELECT count(*) FROM deadline WHERE entity_id = ? AND kind = ?",
                            escrow,
                            PaymentDeadlines.ABANDON))
                    .isOne();
            return funding;
        });
        house.letPass(House.CONFIRMATION.plusSeconds(1));
        people.awaitEscrow(contract, 1, Escrow.Open.class);
        assertThat(answer(house.provider.confirmAuthentication(waiting.charge().detail(), waiting.clientSecret())))
                .isFalse();
        people.funds(client, contract, 1, "pm_card_visa");
        people.awaitFunded(contract, 1);
    }

    /** A dozen payments that take their time, spread over all slices: who pays after them is served before the last of them. */
    @Test
    void aSlowProviderHoldsUpNobodyElse() {
        var freelancer = people.freelancer(Standing.VERIFIED);
        var slow = IntStream.range(0, 12).mapToObj(_ -> hired(freelancer, 100)).toList();
        var quick = hired(freelancer, 100);
        for (var contract : slow) people.funds(client, contract, 1, "pm_card_late");
        people.funds(client, quick, 1, "pm_card_visa");
        people.awaitFunded(quick, 1);
        for (var contract : slow) people.awaitFunded(contract, 1);
        assertThat(heldAt(quick))
                .isLessThan(slow.stream().mapToLong(this::heldAt).max().orElseThrow());
    }

    private long heldAt(String contract) {
        return house.number(
                "SELECT ordering FROM event_journal WHERE persistence_id = ? AND event_ser_manifest = 'escrow.money-held'",
                "escrow|" + Escrow.id(contract, 1));
    }

    @Test
    void aProviderThatCannotBeReachedIsAskedAgainAndChargesOnce() {
        var contract = hired(people.freelancer(Standing.VERIFIED), 700);
        house.line.cut();
        people.funds(client, contract, 1, "pm_card_visa");
        Await.until(() -> assertThat(house.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Funding.class,
                        it -> assertThat(it.charge().status()).isEqualTo(PendingCall.Status.UNKNOWN)));
        house.line.mend();
        people.awaitFunded(contract, 1);
        assertThat(house.number(
                        "SELECT count(*) FROM sandbox.payment_intent WHERE subject = ?", Escrow.id(contract, 1)))
                .isOne();
    }

    /** After the provider has forgotten the key, sending it again could charge twice: what it does not find then was never received. */
    @Test
    void whatTheProviderMayHaveForgottenIsNotSentAgain() {
        var contract = hired(people.freelancer(Standing.VERIFIED), 700);
        var escrow = Escrow.id(contract, 1);
        house.line.cut();
        people.funds(client, contract, 1, "pm_card_visa");
        Await.until(() -> assertThat(house.state(Escrow.AGGREGATE, escrow))
                .isInstanceOfSatisfying(
                        Escrow.Funding.class,
                        it -> assertThat(it.charge().status()).isEqualTo(PendingCall.Status.UNKNOWN)));
        house.line.remembers(Duration.ZERO);
        house.line.mend();
        people.awaitEscrow(contract, 1, Escrow.Open.class);
        house.line.remembers(Duration.ofDays(1));
        assertThat(house.number("SELECT count(*) FROM sandbox.payment_intent WHERE subject = ?", escrow))
                .isZero();
    }

    @Test
    void aRestrictedAccountIsPaidOnceItIsVerifiedAgain() {
        var freelancer = people.freelancer(Standing.VERIFIED);
        var contract = hired(freelancer, 1_000);
        people.funds(client, contract, 1, "pm_card_visa");
        people.awaitFunded(contract, 1);
        var provider = ((PayoutAccount.Open) house.state(PayoutAccount.AGGREGATE, freelancer)).providerId();
        people.stand(freelancer, provider, Standing.RESTRICTED);
        people.delivers(client, freelancer, contract, 1);
        Await.until(() -> assertThat(house.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isInstanceOfSatisfying(
                        Escrow.Releasing.class,
                        it -> assertThat(it.transfer().detail()).isEqualTo("insufficient_capabilities_for_transfer")));
        people.stand(freelancer, provider, Standing.VERIFIED);
        people.awaitEscrow(contract, 1, Escrow.Released.class);
        Await.until(() -> assertThat(house.state(Contract.AGGREGATE, contract)).isInstanceOf(Contract.Completed.class));
    }

    @Test
    void lostAndLateTransfersPayOnce() {
        for (boolean late : new boolean[] {true, false}) {
            var freelancer = people.freelancer(Standing.VERIFIED);
            var provider = ((PayoutAccount.Open) house.state(PayoutAccount.AGGREGATE, freelancer)).providerId();
            answer(late ? house.provider.answerLate(provider) : house.provider.loseAnswers(provider));
            var contract = hired(freelancer, 2_000);
            people.funds(client, contract, 1, "pm_card_visa");
            people.awaitFunded(contract, 1);
            people.delivers(client, freelancer, contract, 1);
            people.awaitEscrow(contract, 1, Escrow.Released.class);
            assertThat(house.number("SELECT sum(amount) FROM sandbox.balance_entry WHERE account = ?", provider))
                    .isEqualTo(1_900);
        }
    }

    @Test
    void moneyThatComesAfterTheCancellationGoesBack() {
        var contract = hired(people.freelancer(Standing.VERIFIED), 800, 900);
        people.funds(client, contract, 1, "pm_card_late");
        house.done(Contract.AGGREGATE, contract, new ContractCommand.Cancel(client, "no longer needed"));
        people.awaitEscrow(contract, 1, Escrow.Refunded.class);
        people.awaitEscrow(contract, 2, Escrow.CalledOff.class);
        assertThat(house.number("SELECT count(*) FROM sandbox.refund WHERE subject = ?", Escrow.id(contract, 1)))
                .isOne();
    }

    @Test
    void aChargeThatWaitsForItsPayerIsGivenUpWithTheContract() {
        var contract = hired(people.freelancer(Standing.VERIFIED), 800);
        people.funds(client, contract, 1, "pm_card_authenticationRequired");
        Await.until(() -> assertThat(house.number(
                        "SELECT count(*) FROM deadline WHERE entity_id = ? AND kind = ?",
                        Escrow.id(contract, 1),
                        PaymentDeadlines.ABANDON))
                .isOne());
        house.done(Contract.AGGREGATE, contract, new ContractCommand.Cancel(client, "no longer needed"));
        people.awaitEscrow(contract, 1, Escrow.CalledOff.class);
        assertThat(house.number(
                        "SELECT count(*) FROM sandbox.payment_intent WHERE subject = ? AND status = 'canceled'",
                        Escrow.id(contract, 1)))
                .isOne();
    }

    @Test
    void aReviewThatStaysAloneIsShownAfterItsTime() {
        var freelancer = people.freelancer(Standing.VERIFIED);
        var contract = hired(freelancer, 300);
        people.funds(client, contract, 1, "pm_card_visa");
        people.awaitFunded(contract, 1);
        people.delivers(client, freelancer, contract, 1);
        var ours = Review.id(contract, Side.CLIENT);
        Await.until(() -> assertThat(house.state(Review.AGGREGATE, ours)).isInstanceOf(Review.Pending.class));
        house.done(Review.AGGREGATE, ours, new Write(client, new Ratings(3, 3, 3, 3, 3), "so so"));
        Await.until(() -> assertThat(house.number("SELECT count(*) FROM deadline WHERE kind = ?", ReviewProcess.CLOSE))
                .isGreaterThanOrEqualTo(2));
        house.letPass(Review.PERIOD.plus(Duration.ofMinutes(1)));
        Await.until(() -> assertThat(house.state(Review.AGGREGATE, ours)).isInstanceOf(Review.Revealed.class));
        Await.until(() -> assertThat(house.state(Review.AGGREGATE, Review.id(contract, Side.FREELANCER)))
                .isInstanceOf(Review.Lapsed.class));
    }

    @Test
    void whoRegistersIsMailedAndGetsAHandleOnceVerified() {
        var name = "Zoë " + UUID.randomUUID().toString().substring(0, 8);
        var emails = List.of(UUID.randomUUID() + "@example.org", UUID.randomUUID() + "@example.org");
        var accounts =
                emails.stream().map(email -> people.registered(name, email)).toList();
        for (var email : emails) {
            var mail = Await.value(
                    () -> answer(house.mailer.to(email, 5)).getFirst().mail());
            var token = mail.text().replaceAll("(?s).*token=(\\S+).*", "$1");
            var claim = new MailTokens("secret").read(token).orElseThrow();
            assertThat(claim.address()).isEqualTo(AccountAddress.of(email));
            house.done(Account.AGGREGATE, claim.address(), new AccountCommand.Verify(claim.nonce()));
        }
        var handles = accounts.stream()
                .map(account -> Await.value(() -> ((Profile.Created) house.state(Profile.AGGREGATE, account)).handle()))
                .toList();
        var plain = name.toLowerCase(java.util.Locale.ROOT).replace('ë', 'e').replace(' ', '-');
        assertThat(handles).containsExactlyInAnyOrder(plain, plain + "-2");
    }
}
