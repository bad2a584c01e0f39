package io.guildhall.projections.process;

import static io.guildhall.Await.answer;
import static io.guildhall.testing.AccountBuilder.anAccount;
import static io.guildhall.testing.JobBuilder.aJob;
import static io.guildhall.testing.TermsBuilder.parts;
import static io.guildhall.testing.TermsBuilder.someTerms;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountAddress;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand.Fund;
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
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.domain.proposal.Terms;
import io.guildhall.domain.room.Room;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.Standing;
import io.guildhall.testing.TermsBuilder;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.stream.LongStream;

/** What people do in a house, in the order in which they may. */
record Players(House house) {
    static String mint(String prefix) {
        return Ids.mint(prefix, Instant.now(), new SecureRandom());
    }

    static Money usd(long cents) {
        return new Money(cents, "USD");
    }

    /** Registered; the identity is the account's. */
    String registered(String name, String email) {
        var id = mint("acc");
        house.done(
                Account.AGGREGATE,
                AccountAddress.of(email),
                anAccount(id)
                        .withEmail(email)
                        .named(name)
                        .withRoles(Role.FREELANCER)
                        .register("hash", "nonce-1"));
        return id;
    }

    String freelancer(Standing standing) {
        var account = mint("acc");
        house.done(PayoutAccount.AGGREGATE, account, new PayoutAccountCommand.Request("DE"));
        becomes(account, standing);
        return account;
    }

    void becomes(String account, Standing standing) {
        var open = Await.value(() -> (PayoutAccount.Open) house.state(PayoutAccount.AGGREGATE, account));
        stand(account, open.providerId(), standing);
    }

    void stand(String account, String providerId, Standing standing) {
        answer(house.provider.completeOnboarding(providerId, standing));
        Await.until(() -> assertThat(house.state(PayoutAccount.AGGREGATE, account))
                .isInstanceOfSatisfying(
                        PayoutAccount.Open.class,
                        it -> assertThat(it.status()).isEqualTo(PayoutStatus.valueOf(standing.name()))));
    }

    String job(String client) {
        var id = mint("job");
        var details = aJob().budget(usd(100), usd(100_000)).build();
        house.done(Job.AGGREGATE, id, new JobCommand.Post(client, details, true));
        return id;
    }

    static Terms terms(long... amounts) {
        return termsOf(amounts).build();
    }

    private static TermsBuilder termsOf(long... amounts) {
        return someTerms()
                .withMilestones(
                        parts(LongStream.of(amounts).mapToObj(Players::usd).toArray(Money[]::new)));
    }

    String submits(String freelancer, String client, String job, long... amounts) {
        var id = Proposal.id(job, freelancer);
        house.done(Proposal.AGGREGATE, id, new ProposalCommand.Submit(freelancer, job, client, terms(amounts)));
        return id;
    }

    /** Submitted, and taken in by its job. */
    String proposes(String freelancer, String client, String job, long... amounts) {
        var id = submits(freelancer, client, job, amounts);
        Await.until(() -> assertThat(house.state(Job.AGGREGATE, job))
                .isInstanceOfSatisfying(
                        Job.Open.class, it -> assertThat(it.proposals()).contains(id)));
        return id;
    }

    String invites(String client, String freelancer, String job, long... amounts) {
        var id = Invite.id(job, freelancer);
        var source = Source.job(job, "A logo");
        house.done(Invite.AGGREGATE, id, new InviteCommand.Send(client, freelancer, source, offer(amounts), 7));
        return id;
    }

    String orders(String client, String freelancer, long price) {
        var id = mint(Invite.PREFIX);
        var source = Source.order("gig_1", Tier.BASIC, "A logo");
        house.done(Invite.AGGREGATE, id, new InviteCommand.Send(client, freelancer, source, offer(price), 7));
        return id;
    }

    private static Offer offer(long... amounts) {
        return termsOf(amounts).buildOffer();
    }

    /** The contract that is to follow. */
    String takes(String freelancer, String invite) {
        var contract = mint("ctr");
        house.done(Invite.AGGREGATE, invite, new InviteCommand.Accept(freelancer, contract));
        return contract;
    }

    void awaitDrawn(String contract) {
        Await.until(
                () -> assertThat(house.state(Room.AGGREGATE, Room.id(contract))).isInstanceOf(Room.Open.class));
    }

    /** Accepted, and hired. */
    String hires(String client, String job, String proposal) {
        var contract = mint("ctr");
        house.done(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, contract));
        Await.until(() -> assertThat(house.state(Job.AGGREGATE, job)).isInstanceOf(Job.Hired.class));
        return contract;
    }

    void funds(String client, String contract, int milestone, String card) {
        house.done(Escrow.AGGREGATE, Escrow.id(contract, milestone), new Fund(client, card, mint("req")));
    }

    void awaitEscrow(String contract, int milestone, Class<? extends Escrow> phase) {
        Await.until(() -> assertThat(house.state(Escrow.AGGREGATE, Escrow.id(contract, milestone)))
                .isInstanceOf(phase));
    }

    void awaitFunded(String contract, int milestone) {
        Await.until(() -> assertThat(house.state(Contract.AGGREGATE, contract)
                        .findDetails()
                        .flatMap(it -> it.milestone(milestone))
                        .map(it -> it.status().name()))
                .contains("FUNDED"));
    }

    void delivers(String client, String freelancer, String contract, int milestone) {
        house.done(Contract.AGGREGATE, contract, new ContractCommand.Submit(freelancer, milestone, "done"));
        house.done(Contract.AGGREGATE, contract, new ContractCommand.Accept(client, milestone));
    }

    /** The client's browser confirms what the card's bank asks for. */
    void confirms(String contract, int milestone) {
        var funding = Await.value(() -> {
            var escrow = (Escrow.Funding) house.state(Escrow.AGGREGATE, Escrow.id(contract, milestone));
            assertThat(escrow.clientSecret()).isNotEmpty();
            return escrow;
        });
        assertThat(answer(house.provider.confirmAuthentication(funding.charge().detail(), funding.clientSecret())))
                .isTrue();
    }
}
