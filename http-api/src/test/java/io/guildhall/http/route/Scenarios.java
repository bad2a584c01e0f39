package io.guildhall.http.route;

import static io.guildhall.testing.DealBuilder.aDeal;
import static io.guildhall.testing.GigBuilder.aGig;
import static io.guildhall.testing.JobBuilder.aJob;
import static io.guildhall.testing.PackageBuilder.aPackage;
import static io.guildhall.testing.TermsBuilder.someTerms;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.EscrowRules;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigCommand;
import io.guildhall.domain.gig.GigPackage;
import io.guildhall.domain.handle.Handle;
import io.guildhall.domain.handle.HandleCommand;
import io.guildhall.domain.hire.Hire;
import io.guildhall.domain.hire.HireCommand;
import io.guildhall.domain.hire.HireSource;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteCommand;
import io.guildhall.domain.invite.Source;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutAccountCommand;
import io.guildhall.domain.payout.PayoutStatus;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.domain.proposal.Terms;
import io.guildhall.domain.review.Review;
import io.guildhall.domain.review.ReviewCommand;
import io.guildhall.domain.review.Side;
import io.guildhall.domain.review.Subject;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Money;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Creates jobs, gigs, contracts and the like by commands, for tests that need them before their first request. */
abstract class Scenarios {
    static final Money TEN = new Money(10_00, "USD");
    static final Terms TERMS = someTerms()
            .withMessage("Let me.")
            .priced(TEN)
            .withLinks("https://example.com/a")
            .build();
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Returns the new state; fails if the command is rejected. */
    abstract <S, C, R> S execute(Aggregate<S, C, ?, R> aggregate, String id, C command);

    static String newId(String prefix) {
        return Ids.generate(prefix, Instant.now(), RANDOM);
    }

    String publishJob(String client) {
        var id = newId("job");
        var details = aJob().budget(TEN).build();
        execute(Job.AGGREGATE, id, new JobCommand.Post(client, details, true));
        return id;
    }

    void verifyPayoutAccount(String freelancer) {
        execute(PayoutAccount.AGGREGATE, freelancer, new PayoutAccountCommand.Request("CH"));
        execute(
                PayoutAccount.AGGREGATE,
                freelancer,
                new PayoutAccountCommand.RecordOpened(
                        "acct_" + Ids.body(freelancer), PayoutStatus.VERIFIED, "https://x", Instant.EPOCH));
    }

    String publishGig(String freelancer) {
        var id = newId("gig");
        var details = aGig().withPackages(
                        aPackage(GigPackage.Tier.BASIC).priced(TEN).build())
                .build();
        execute(Gig.AGGREGATE, id, new GigCommand.Post(freelancer, details, true));
        return id;
    }

    String invite(String job, String client, String freelancer) {
        var id = Invite.id(job, freelancer);
        var offer = someTerms().priced(TEN).buildOffer();
        execute(Invite.AGGREGATE, id, new InviteCommand.Send(client, freelancer, Source.job(job, "A logo"), offer, 7));
        return id;
    }

    String proposal(String job, String client, String freelancer) {
        var id = Proposal.id(job, freelancer);
        execute(Proposal.AGGREGATE, id, new ProposalCommand.Submit(freelancer, job, client, "A boat", true, TERMS));
        return id;
    }

    /** A hire by a proposal, in progress. */
    String hire(String client, String freelancer) {
        var id = newId("ctr");
        var job = newId("job");
        var start = new HireCommand.Start(
                HireSource.proposal(Proposal.id(job, freelancer), 1),
                Optional.of(job),
                client,
                "A logo",
                500,
                Optional.empty(),
                Duration.ofMinutes(15),
                Optional.of(EscrowRules.STANDARD));
        execute(Hire.AGGREGATE, id, start);
        return id;
    }

    /** Returns the handle. */
    String createProfile(String account) {
        var body = Ids.body(account);
        var handle = "h-" + body.substring(Math.max(0, body.length() - 24)).replaceAll("^-+", "");
        execute(Handle.AGGREGATE, Handle.id(handle), new HandleCommand.Claim(account, handle));
        execute(Profile.AGGREGATE, account, new ProfileCommand.Create(handle, "Ada", "ZA"));
        return handle;
    }

    abstract <S> S state(Aggregate<S, ?, ?, ?> aggregate, String id);

    private Handle handle(String handle) {
        return state(Handle.AGGREGATE, Handle.id(handle));
    }

    /** As the process does if the profile rejects the handle. */
    void cancelReservation(String handle) {
        if (handle(handle) instanceof Handle.Reserved it)
            execute(Handle.AGGREGATE, Handle.id(handle), new HandleCommand.Cancel(it.accountId(), it.since()));
    }

    /** As the process does after the profile was changed. */
    void completeHandleChange(String account, String former, String present, Instant until) {
        var reserved = (Handle.Reserved) handle(present);
        execute(Handle.AGGREGATE, Handle.id(present), new HandleCommand.Confirm(account, reserved.since()));
        execute(Handle.AGGREGATE, Handle.id(former), new HandleCommand.Redirect(account, reserved.since(), until));
    }

    /** A new contract with its escrow and room. */
    String contract(String client, String freelancer) {
        var id = newId("ctr");
        var deal = aDeal().about(newId("job"), "prp_1-1")
                .between(client, freelancer)
                .priced(TEN)
                .build();
        execute(
                Contract.AGGREGATE,
                id,
                new ContractCommand.Create(deal, List.of(Milestone.pending(1, "All of it", TEN, 7)), Optional.empty()));
        execute(
                Escrow.AGGREGATE,
                Escrow.id(id, 1),
                new EscrowCommand.Open(aDeal().between(client, freelancer)
                        .titled("All of it")
                        .priced(TEN)
                        .buildEscrow(id, 1)));
        execute(Room.AGGREGATE, Room.id(id), new RoomCommand.Open(id, "A logo", client, freelancer));
        return id;
    }

    String submittedContract(String client, String freelancer) {
        var id = contract(client, freelancer);
        execute(Contract.AGGREGATE, id, new ContractCommand.MarkFunded(1));
        execute(Contract.AGGREGATE, id, new ContractCommand.Submit(freelancer, 1, "Done."));
        return id;
    }

    /** A contract whose freelancer offers to refund its milestone. */
    String offeredRefund(String client, String freelancer) {
        var id = submittedContract(client, freelancer);
        execute(Contract.AGGREGATE, id, new ContractCommand.RequestRefund(freelancer, 1, Optional.empty(), "No time."));
        return id;
    }

    /** A contract whose client asks for the refund of its milestone. */
    String requestedRefund(String client, String freelancer) {
        var id = submittedContract(client, freelancer);
        execute(Contract.AGGREGATE, id, new ContractCommand.RequestRefund(client, 1, Optional.of(400L), "Too late."));
        return id;
    }

    String reviewableContract(String client, String freelancer) {
        var id = contract(client, freelancer);
        var subject = new Subject(
                id, "A logo", Side.CLIENT, client, freelancer, Instant.now().plus(Review.PERIOD));
        execute(Review.AGGREGATE, Review.id(id, Side.CLIENT), new ReviewCommand.Open(subject));
        return id;
    }
}
