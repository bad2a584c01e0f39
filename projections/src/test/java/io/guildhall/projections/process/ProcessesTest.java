package io.guildhall.projections.process;

import static io.guildhall.Await.result;
import static io.guildhall.projections.process.UserActions.newId;
import static io.guildhall.testing.AccountBuilder.anAccount;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.email.Email;
import io.guildhall.domain.email.EmailCommand;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteCommand;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
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
import io.guildhall.kernel.Personal;
import io.guildhall.port.MailTokens;
import io.guildhall.port.Mailer;
import io.guildhall.port.PaymentGateway.AccountStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All processes over real entities, a real database and the provider's own records. */
class ProcessesTest {
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

    private String lastAbandonReason(String job) {
        return Await.value(() -> ((Job.Open) fixture.state(Job.AGGREGATE, job))
                .lastFailure()
                .orElseThrow()
                .reason());
    }

    private static DeclineReason declineReason(String proposal) {
        return Await.value(() -> ((Proposal.Declined) fixture.state(Proposal.AGGREGATE, proposal)).reason());
    }

    @Test
    void accountsForEveryCentFromProposalToReview() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var job = users.postJob(client);
        var contract = users.hire(client, job, users.propose(freelancer, client, job, 10_001, 333, 7_777, 25));
        assertThat(fixture.state(Room.AGGREGATE, Room.id(contract))).isInstanceOf(Room.Open.class);
        long before = new MoneyAudit(fixture).platformFees();
        var cards = List.of("pm_card_visa", "pm_card_late", "pm_card_lost", "pm_card_authenticationRequired");
        for (int i = 1; i <= 4; i++) users.fund(client, contract, i, cards.get(i - 1));
        users.confirmCharge(contract, 4);
        for (int i = 1; i <= 4; i++) users.awaitFunded(contract, i);
        for (int i = 1; i <= 4; i++) users.deliver(client, freelancer, contract, i);
        Await.until(() -> assertThat(fixture.state(Job.AGGREGATE, job)).isInstanceOf(Job.Completed.class));
        // 5 % of each milestone, rounded half up: 500, 17, 389, 1.
        assertThat(new MoneyAudit(fixture).platformFees() - before).isEqualTo(907);
        reviewByBothParties(contract, freelancer);
    }

    private void reviewByBothParties(String contract, String freelancer) {
        var ours = Review.id(contract, Side.CLIENT);
        var theirs = Review.id(contract, Side.FREELANCER);
        Await.until(() -> assertThat(fixture.state(Review.AGGREGATE, theirs)).isInstanceOf(Review.Pending.class));
        fixture.execute(Review.AGGREGATE, ours, new Write(client, new Ratings(5, 5, 5, 5, 5), "good"));
        assertThat(fixture.state(Review.AGGREGATE, ours)).isInstanceOf(Review.Sealed.class);
        fixture.execute(Review.AGGREGATE, theirs, new Write(freelancer, new Ratings(4, 4, 4, 4, 4), "fine"));
        Await.until(() -> assertThat(fixture.state(Review.AGGREGATE, ours)).isInstanceOf(Review.Revealed.class));
        Await.until(() -> assertThat(fixture.state(Review.AGGREGATE, theirs)).isInstanceOf(Review.Revealed.class));
    }

    @Test
    void fillsJobOnceWhenTwoProposalsAreAcceptedConcurrently() {
        var job = users.postJob(client);
        var first = users.propose(users.createFreelancer(AccountStatus.VERIFIED), client, job, 500);
        var second = users.propose(users.createFreelancer(AccountStatus.VERIFIED), client, job, 600);
        var accepts = List.of(
                fixture.entities.execute(
                        Correlation.NONE,
                        Job.AGGREGATE,
                        job,
                        new JobCommand.Accept(client, first, 1, newId("ctr"), 500)),
                fixture.entities.execute(
                        Correlation.NONE,
                        Job.AGGREGATE,
                        job,
                        new JobCommand.Accept(client, second, 1, newId("ctr"), 500)));
        var won = accepts.stream()
                .map(Await::result)
                .filter(Outcome.Done.class::isInstance)
                .count();
        assertThat(won).isOne();
        var filled = Await.value(() -> (Job.Hired) fixture.state(Job.AGGREGATE, job));
        var winner = filled.proposalId().orElseThrow();
        assertThat(fixture.state(Proposal.AGGREGATE, winner)).isInstanceOf(Proposal.Accepted.class);
        var loser = winner.equals(first) ? second : first;
        assertThat(declineReason(loser)).isEqualTo(DeclineReason.JOB_FILLED);
        assertThat(fixture.state(Contract.AGGREGATE, filled.contractId())).isInstanceOf(Contract.AwaitingFunding.class);
    }

    @Test
    void abandonsHireOfWithdrawnProposal() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var job = users.postJob(client);
        var proposal = users.propose(freelancer, client, job, 500);
        fixture.execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Withdraw(freelancer));
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, newId("ctr"), 500));
        assertThat(lastAbandonReason(job)).isEqualTo("already-withdrawn");
    }

    @Test
    void abandonsHireOfRevisedProposalAndAcceptsTheNewRevision() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var job = users.postJob(client);
        var proposal = users.propose(freelancer, client, job, 500);
        fixture.execute(
                Proposal.AGGREGATE, proposal, new ProposalCommand.Revise(freelancer, 1, UserActions.terms(900)));
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, newId("ctr"), 500));
        assertThat(lastAbandonReason(job)).isEqualTo("changed-meanwhile");
        var contract = newId("ctr");
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 2, contract, 500));
        Await.until(() -> assertThat(fixture.state(Job.AGGREGATE, job)).isInstanceOf(Job.Hired.class));
        assertThat(fixture.state(Contract.AGGREGATE, contract)
                        .findDetails()
                        .orElseThrow()
                        .deal()
                        .price())
                .isEqualTo(UserActions.usd(900));
    }

    @Test
    void declinesWaitingAndLateProposalsOfClosedJob() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var job = users.postJob(client);
        var waiting = users.propose(freelancer, client, job, 500);
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Close(client, "changed my mind"));
        assertThat(declineReason(waiting)).isEqualTo(DeclineReason.JOB_CLOSED);
        var late = users.submitProposal(users.createFreelancer(AccountStatus.VERIFIED), client, job, 500);
        assertThat(declineReason(late)).isEqualTo(DeclineReason.JOB_NOT_OPEN);
    }

    @Test
    void revealsOnlyReviewAtEndOfReviewPeriod() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var contract = users.hireForNewJob(client, freelancer, 300);
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        users.deliver(client, freelancer, contract, 1);
        var ours = Review.id(contract, Side.CLIENT);
        Await.until(() -> assertThat(fixture.state(Review.AGGREGATE, ours)).isInstanceOf(Review.Pending.class));
        fixture.execute(Review.AGGREGATE, ours, new Write(client, new Ratings(3, 3, 3, 3, 3), "so so"));
        Await.until(
                () -> assertThat(fixture.queryNumber("SELECT count(*) FROM deadline WHERE kind = ?", "review-close"))
                        .isGreaterThanOrEqualTo(2));
        fixture.advanceClock(Review.PERIOD.plus(Duration.ofMinutes(1)));
        Await.until(() -> assertThat(fixture.state(Review.AGGREGATE, ours)).isInstanceOf(Review.Revealed.class));
        Await.until(() -> assertThat(fixture.state(Review.AGGREGATE, Review.id(contract, Side.FREELANCER)))
                .isInstanceOf(Review.Lapsed.class));
    }

    @Test
    void mailsVerificationLinkAndCreatesProfileOnceVerified() {
        var name = "Zoë " + UUID.randomUUID().toString().substring(0, 8);
        var emails = List.of(UUID.randomUUID() + "@example.org", UUID.randomUUID() + "@example.org");
        var accounts = emails.stream().map(email -> users.register(name, email)).toList();
        for (var email : emails) {
            var mail = Await.value(() -> result(fixture.mailer.sentTo(Optional.of(email), 5))
                    .getFirst()
                    .mail());
            var token = mail.text().replaceAll("(?s).*token=(\\S+).*", "$1");
            var claim = new MailTokens("secret").verify(token).orElseThrow();
            assertThat(claim.emailId()).isEqualTo(Email.id(email));
            fixture.execute(Email.AGGREGATE, claim.emailId(), new EmailCommand.Verify(claim.nonce(), Optional.empty()));
        }
        var handles = accounts.stream()
                .map(account ->
                        Await.value(() -> ((Profile.Created) fixture.state(Profile.AGGREGATE, account)).handle()))
                .toList();
        var plain = name.toLowerCase(Locale.ROOT).replace('ë', 'e').replace(' ', '-');
        assertThat(handles).containsExactlyInAnyOrder(plain, plain + "-2");
    }

    /** All register, and follow their links, at the same time: one gets the address, and no other account is opened. */
    @Test
    void registrationsAtOnceMakeOneAccount() {
        var email = UUID.randomUUID() + "@example.org";
        var accounts =
                Stream.generate(() -> newId("acc")).limit(Email.MAX_PENDING).toList();
        var registered = inParallel(
                accounts,
                id -> fixture.entities.execute(
                        Correlation.NONE,
                        Email.AGGREGATE,
                        Email.id(email),
                        anAccount(id).withEmail(email).register("hash of " + id, "nonce-" + id)));
        assertThat(registered).allMatch(Outcome.Done.class::isInstance);
        var verified = inParallel(
                accounts,
                id -> fixture.entities.execute(
                        Correlation.NONE,
                        Email.AGGREGATE,
                        Email.id(email),
                        new EmailCommand.Verify("nonce-" + id, Optional.of("hash of " + id))));
        assertThat(verified).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
        var owner = fixture.state(Email.AGGREGATE, Email.id(email)).owner().orElseThrow();
        Await.until(() -> assertThat(fixture.state(Profile.AGGREGATE, owner)).isInstanceOf(Profile.Created.class));
        assertThat(accounts.stream().filter(it -> fixture.state(Account.AGGREGATE, it) instanceof Account.Active))
                .containsExactly(owner);
        assertThat(mailsTo(email)).as("paused after the first").hasSize(1);
    }

    private static <S, R> List<Outcome<S, R>> inParallel(
            List<String> ids, Function<String, CompletionStage<Outcome<S, R>>> action) {
        return ids.stream().map(action).toList().stream().map(it -> result(it)).toList();
    }

    private List<Mailer.Outbox.Sent> mailsTo(String email) {
        return result(fixture.mailer.sentTo(Optional.of(email), 10));
    }

    @Test
    void ownerIsToldOnceAboutRegistrationsOfStrangersInNeutralWords() {
        var email = UUID.randomUUID() + "@example.org";
        var account = users.register("Ann", email);
        users.verify(account, email);
        for (int i = 0; i < 3; i++)
            fixture.execute(
                    Email.AGGREGATE,
                    Email.id(email),
                    anAccount(newId("acc"))
                            .withEmail(email)
                            .named("Buy at evil.example")
                            .register("hash", "nonce-" + i));
        Await.until(() -> assertThat(mailsTo(email)).hasSize(2));
        assertThat(mailsTo(email))
                .hasSize(2)
                .allSatisfy(it -> assertThat(
                                it.mail().text() + it.mail().html() + it.mail().subject())
                        .doesNotContain("evil", "Ann"));
    }

    /** A follower may read the events of an account after its personal data was erased. */
    @Test
    void erasedAddressGetsNoMailAndStopsNoFollower() {
        var erased = newId("acc");
        var other = newId("acc");
        var email = UUID.randomUUID() + "@example.org";
        fixture.execute(
                Email.AGGREGATE,
                Email.id(email),
                anAccount(erased).withEmail(Personal.ERASED).register("hash", "nonce-1"));
        fixture.advanceClock(Email.LINK_MAIL_INTERVAL);
        fixture.execute(
                Email.AGGREGATE,
                Email.id(email),
                anAccount(other).withEmail(email).register("hash", "nonce-2"));
        Await.until(() -> assertThat(mailsTo(email)).hasSize(1));
        assertThat(mailsTo(Personal.ERASED)).isEmpty();
    }

    /** The fixture's own fee is another one: it is that of hires that started before fees were pinned. */
    @Test
    void contractHasTheFeeThatAppliedWhenTheHireStarted() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var job = users.postJob(client);
        var proposal = users.propose(freelancer, client, job, 1_000);
        var hired = newId("ctr");
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, hired, 700));
        users.awaitContract(hired);
        assertThat(fee(hired)).contains(700);

        var invite = users.order(client, freelancer, 1_000);
        var ordered = newId("ctr");
        fixture.execute(Invite.AGGREGATE, invite, new InviteCommand.Accept(freelancer, ordered, 0, true));
        users.awaitContract(ordered);
        assertThat(fee(ordered)).contains(0);
    }

    private static Optional<Integer> fee(String contract) {
        return fixture.state(Contract.AGGREGATE, contract)
                .findDetails()
                .map(it -> it.deal().feeBasisPoints());
    }
}
