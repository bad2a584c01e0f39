package io.guildhall.projections.process;

import static io.guildhall.Await.result;
import static io.guildhall.testing.AccountBuilder.anAccount;
import static io.guildhall.testing.JobBuilder.aJob;
import static io.guildhall.testing.TermsBuilder.parts;
import static io.guildhall.testing.TermsBuilder.someTerms;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.email.Email;
import io.guildhall.domain.email.EmailCommand;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowCommand.Fund;
import io.guildhall.domain.escrow.PendingCall;
import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteCommand;
import io.guildhall.domain.invite.Offer;
import io.guildhall.domain.invite.Source;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutAccountCommand;
import io.guildhall.domain.payout.PayoutStatus;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.domain.proposal.Terms;
import io.guildhall.domain.room.Room;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.AccountStatus;
import io.guildhall.testing.TermsBuilder;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * The actions of users in a {@link ProcessFixture}. Most wait until the processes have done what the next action needs.
 */
record UserActions(ProcessFixture fixture) {
    static String newId(String prefix) {
        return Ids.generate(prefix, Instant.now(), new SecureRandom());
    }

    static Money usd(long cents) {
        return new Money(cents, "USD");
    }

    /** @return the account id */
    String register(String name, String email) {
        var id = newId("acc");
        fixture.execute(
                Email.AGGREGATE,
                Email.id(email),
                anAccount(id)
                        .withEmail(email)
                        .named(name)
                        .withRoles(Role.FREELANCER)
                        .register("hash", "nonce-1"));
        return id;
    }

    /** Follows the link of a registration, and waits until the profile exists. */
    void verify(String account, String email) {
        fixture.execute(Email.AGGREGATE, Email.id(email), new EmailCommand.Verify("nonce-1", Optional.empty()));
        Await.until(() -> assertThat(fixture.state(Profile.AGGREGATE, account)).isInstanceOf(Profile.Created.class));
    }

    /** Opens the account, if necessary, and suspends it. This node knows of the suspension immediately. */
    void suspend(String account) {
        fixture.suspended.add(account);
        suspendUnknown(account);
    }

    /** The same, but this node does not know of it. */
    void suspendUnknown(String account) {
        var email = ProcessFixture.address(account);
        execute(account, anAccount(account).withEmail(email).open("hash"));
        execute(account, new AccountCommand.Suspend("acc_root", "Fraud"));
    }

    void liftSuspension(String account) {
        fixture.suspended.remove(account);
        execute(account, new AccountCommand.LiftSuspension("acc_root", "Checked"));
    }

    private void execute(String account, AccountCommand command) {
        fixture.execute(Account.AGGREGATE, account, command);
    }

    /** A freelancer whose payout account has this status. */
    String createFreelancer(AccountStatus status) {
        var account = newId("acc");
        fixture.execute(PayoutAccount.AGGREGATE, account, new PayoutAccountCommand.Request("DE"));
        setPayoutStatus(account, status);
        return account;
    }

    void setPayoutStatus(String account, AccountStatus status) {
        var open = Await.value(() -> (PayoutAccount.Open) fixture.state(PayoutAccount.AGGREGATE, account));
        setPayoutStatus(account, open.providerId(), status);
    }

    void setPayoutStatus(String account, String providerId, AccountStatus status) {
        result(fixture.provider.completeOnboarding(providerId, status));
        Await.until(() -> assertThat(fixture.state(PayoutAccount.AGGREGATE, account))
                .isInstanceOfSatisfying(
                        PayoutAccount.Open.class,
                        it -> assertThat(it.status()).isEqualTo(PayoutStatus.valueOf(status.name()))));
    }

    String postJob(String client) {
        var id = newId("job");
        var details = aJob().budget(usd(100), usd(100_000)).build();
        fixture.execute(Job.AGGREGATE, id, new JobCommand.Post(client, details, true));
        return id;
    }

    static Terms terms(long... amounts) {
        return termsOf(amounts).build();
    }

    private static TermsBuilder termsOf(long... amounts) {
        return someTerms()
                .withMilestones(
                        parts(LongStream.of(amounts).mapToObj(UserActions::usd).toArray(Money[]::new)));
    }

    String submitProposal(String freelancer, String client, String job, long... amounts) {
        var id = Proposal.id(job, freelancer);
        fixture.execute(
                Proposal.AGGREGATE,
                id,
                new ProposalCommand.Submit(freelancer, job, client, "A boat", true, terms(amounts)));
        return id;
    }

    /** Submits a proposal and waits until it is counted among those that wait. */
    String propose(String freelancer, String client, String job, long... amounts) {
        var id = submitProposal(freelancer, client, job, amounts);
        Await.until(() -> assertThat(fixture.queryNumber(
                        "SELECT count(*) FROM waiting_proposal WHERE proposal_id = ? AND standing = 'WAITING'", id))
                .isOne());
        return id;
    }

    String invite(String client, String freelancer, String job, long... amounts) {
        var id = Invite.id(job, freelancer);
        var source = Source.job(job, "A logo");
        fixture.execute(Invite.AGGREGATE, id, new InviteCommand.Send(client, freelancer, source, offer(amounts), 7));
        return id;
    }

    String order(String client, String freelancer, long price) {
        var id = newId(Invite.PREFIX);
        var source = Source.order("gig_1", Tier.BASIC, "A logo");
        fixture.execute(Invite.AGGREGATE, id, new InviteCommand.Send(client, freelancer, source, offer(price), 7));
        return id;
    }

    private static Offer offer(long... amounts) {
        return termsOf(amounts).buildOffer();
    }

    /** @return the id of the contract that follows if the acceptance is completed */
    String acceptInvite(String freelancer, String invite) {
        var contract = newId("ctr");
        fixture.execute(Invite.AGGREGATE, invite, accept(freelancer, contract));
        return contract;
    }

    static InviteCommand.Accept accept(String freelancer, String contract) {
        return new InviteCommand.Accept(freelancer, contract, 500, true);
    }

    /** Waits until the room and the escrow of the first milestone are open: nothing says which comes first. */
    void awaitContract(String contract) {
        Await.until(() ->
                assertThat(fixture.state(Room.AGGREGATE, Room.id(contract))).isInstanceOf(Room.Open.class));
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1)))
                .isNotInstanceOf(Escrow.NotCreated.class));
    }

    /** Accepts a proposal and waits until the job is filled. */
    String hire(String client, String job, String proposal) {
        var contract = newId("ctr");
        fixture.execute(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, contract, 500));
        Await.until(() -> assertThat(fixture.state(Job.AGGREGATE, job)).isInstanceOf(Job.Hired.class));
        return contract;
    }

    /** Posts a job, submits a proposal for it and hires. */
    String hireForNewJob(String client, String freelancer, long... amounts) {
        var job = postJob(client);
        return hire(client, job, propose(freelancer, client, job, amounts));
    }

    void fund(String client, String contract, int milestone, String card) {
        fixture.execute(Escrow.AGGREGATE, Escrow.id(contract, milestone), new Fund(client, card, newId("req")));
    }

    void awaitEscrow(String contract, int milestone, Class<?>... phases) {
        Await.until(() -> assertThat(fixture.state(Escrow.AGGREGATE, Escrow.id(contract, milestone)))
                .isInstanceOfAny(phases));
    }

    void awaitFunded(String contract, int milestone) {
        Await.until(() -> assertThat(fixture.state(Contract.AGGREGATE, contract)
                        .findDetails()
                        .flatMap(it -> it.milestone(milestone))
                        .map(it -> it.status().name()))
                .contains("FUNDED"));
    }

    void deliver(String client, String freelancer, String contract, int milestone) {
        fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.Submit(freelancer, milestone, "done"));
        fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.Accept(client, milestone));
    }

    /** Waits until the provider has refused every automatic attempt of the release, without the pauses between them. */
    void awaitStalledRelease(String contract) {
        awaitStalled(contract, UserActions::transfer, new EscrowCommand.RetryTransfer());
    }

    void awaitStalledRefund(String contract) {
        awaitStalled(contract, UserActions::refund, new EscrowCommand.RetryRefund());
    }

    private void awaitStalled(String contract, Function<Escrow, PendingCall> call, EscrowCommand retry) {
        var id = Escrow.id(contract, 1);
        Await.until(() -> {
            var status = call.apply(fixture.state(Escrow.AGGREGATE, id)).status();
            if (status == PendingCall.Status.FAILED) fixture.execute(Escrow.AGGREGATE, id, retry);
            assertThat(status).isEqualTo(PendingCall.Status.STALLED);
        });
    }

    private static PendingCall transfer(Escrow escrow) {
        return escrow instanceof Escrow.Splitting splitting
                ? splitting.transfer()
                : ((Escrow.Releasing) escrow).transfer();
    }

    private static PendingCall refund(Escrow escrow) {
        return escrow instanceof Escrow.Splitting splitting ? splitting.refund() : ((Escrow.Refunding) escrow).refund();
    }

    /** Makes the provider refuse refunds to the client's card. */
    void refuseRefunds(String contract) {
        var held = (Escrow.Held) fixture.state(Escrow.AGGREGATE, Escrow.id(contract, 1));
        fixture.gateway.refuseRefunds(held.payment().id());
    }

    /** Waits until the contract knows that its release is refused. */
    void awaitReleaseMarkedAsStalled(String contract) {
        Await.until(() -> assertThat(fixture.state(Contract.AGGREGATE, contract)
                        .findDetails()
                        .orElseThrow()
                        .held(1)
                        .release()
                        .isStalled())
                .isTrue());
    }

    /** Waits until the client has to confirm the charge. */
    Escrow.Funding awaitConfirmable(String contract, int milestone) {
        return Await.value(() -> {
            var escrow = (Escrow.Funding) fixture.state(Escrow.AGGREGATE, Escrow.id(contract, milestone));
            assertThat(escrow.clientSecret()).isNotEmpty();
            assertThat(escrow.drop()).isEmpty();
            return escrow;
        });
    }

    /** Confirms the charge as the client's browser does when the bank requires it. */
    void confirmCharge(String contract, int milestone) {
        var funding = awaitConfirmable(contract, milestone);
        assertThat(result(
                        fixture.provider.confirmAuthentication(funding.charge().detail(), funding.clientSecret())))
                .isTrue();
    }
}
