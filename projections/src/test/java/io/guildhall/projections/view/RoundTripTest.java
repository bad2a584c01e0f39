package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.ANN;
import static io.guildhall.projections.view.HireScenario.CLIENT;
import static io.guildhall.projections.view.RecordGenerator.replace;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.account.AccountOwner;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigCommand;
import io.guildhall.domain.gig.GigDetails;
import io.guildhall.domain.gig.GigPackage;
import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteCommand;
import io.guildhall.domain.invite.InviteDetails;
import io.guildhall.domain.invite.Offer;
import io.guildhall.domain.invite.Source;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobDetails;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import io.guildhall.domain.profile.ProfileDetails;
import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.domain.proposal.Terms;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.journal.JournalSerializer;
import io.guildhall.kernel.Money;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.contract.ContractRow;
import io.guildhall.projections.readmodel.contract.ContractStatus;
import io.guildhall.projections.readmodel.contract.MilestoneRow;
import io.guildhall.projections.readmodel.gig.GigRow;
import io.guildhall.projections.readmodel.invite.InviteRow;
import io.guildhall.projections.readmodel.job.JobFilter;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.proposal.ProposalRow;
import io.guildhall.projections.readmodel.search.FreelancerRow;
import java.io.NotSerializableException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a command accepts comes back equal: from the events as the journal stores them, from the lists, after
 * creation and after an edit. The values are generated, so a new component of these records is covered without a change
 * here.
 */
class RoundTripTest {
    private static final ViewFixture FIXTURE = new ViewFixture();
    private static final JournalSerializer JOURNAL = new JournalSerializer();

    private final EventStory story = new EventStory();
    private RecordGenerator generator = new RecordGenerator(0, ANN);

    private void seed(int seed) {
        generator = new RecordGenerator(seed, ANN);
        // The database stores microseconds.
        story.now = story.now.truncatedTo(ChronoUnit.MICROS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void jobs(int seed) {
        seed(seed);
        var id = "job_trip_" + seed;
        var client = "acc_client_" + seed;
        var created = generator.record(JobDetails.class);
        var edited = generator.record(JobDetails.class);

        story.execute(Job.AGGREGATE, id, new JobCommand.Post(client, created, false));
        assertThat(jobsOf(client)).containsExactly(created);
        story.execute(Job.AGGREGATE, id, new JobCommand.Edit(client, 1, edited))
                .execute(Job.AGGREGATE, id, new JobCommand.Publish(client));

        assertThat(jobsOf(client)).containsExactly(edited);
        assertThat(result(FIXTURE.readModel.jobs().open(List.of(id))))
                .extracting(JobRow::details)
                .containsExactly(edited);
        assertThat(edited.skills().stream().map(Optional::of).toList())
                .allSatisfy(skill -> assertThat(openJobs(Optional.of(edited.category()), skill))
                        .containsExactly(edited));
        assertThat(openJobs(Optional.of(created.category()), Optional.empty())).isEmpty();
        assertThat(((Job.Open) story.state(Job.AGGREGATE, id)).posting().details())
                .isEqualTo(edited);
    }

    private List<JobDetails> jobsOf(String client) {
        apply();
        return details(result(FIXTURE.readModel.jobs().ofClient(client, firstPage(10))), JobRow::details);
    }

    private static List<JobDetails> openJobs(Optional<String> category, Optional<String> skill) {
        return details(
                result(FIXTURE.readModel.jobs().open(new JobFilter(category, skill), firstPage(10))), JobRow::details);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void gigs(int seed) {
        seed(seed);
        var id = "gig_trip_" + seed;
        var created = gig(seed % 4);
        var edited = gig(1 + seed % 3);

        story.execute(Gig.AGGREGATE, id, new GigCommand.Post(ANN, created, false));
        assertThat(gigs(id)).containsExactly(created);
        story.execute(Gig.AGGREGATE, id, new GigCommand.Edit(ANN, 1, edited))
                .execute(Gig.AGGREGATE, id, new GigCommand.Publish(ANN));

        assertThat(gigs(id)).containsExactly(edited);
        assertThat(result(FIXTURE.readModel.gigs().active(List.of(id))))
                .extracting(GigRow::details)
                .containsExactly(edited);
    }

    private List<GigDetails> gigs(String id) {
        apply();
        return result(FIXTURE.readModel.gigs().ofFreelancer(ANN, firstPage(100))).items().stream()
                .filter(it -> it.id().equals(id))
                .map(GigRow::details)
                .toList();
    }

    private GigDetails gig(int packages) {
        var tiers = Stream.of(Tier.values())
                .limit(packages)
                .map(it -> replace(generator.record(GigPackage.class), "tier", it))
                .toList();
        return replace(generator.record(GigDetails.class), "packages", tiers);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void proposals(int seed) {
        seed(seed);
        var job = "job_proposals_" + seed;
        var freelancer = "acc_proposals_" + seed;
        var id = Proposal.id(job, freelancer);
        Terms submitted = addedUp(generator.record(Terms.class));
        Terms revised = addedUp(generator.record(Terms.class));
        Terms resubmitted = addedUp(generator.record(Terms.class));

        story.execute(
                Proposal.AGGREGATE, id, new ProposalCommand.Submit(freelancer, job, CLIENT, "A boat", true, submitted));
        assertThat(proposals(job, freelancer)).containsExactly(submitted, submitted);
        story.execute(Proposal.AGGREGATE, id, new ProposalCommand.Revise(freelancer, 1, revised));
        assertThat(proposals(job, freelancer)).containsExactly(revised, revised);
        story.execute(Proposal.AGGREGATE, id, new ProposalCommand.Decline(DeclineReason.PAYOUT_NOT_READY))
                .execute(
                        Proposal.AGGREGATE,
                        id,
                        new ProposalCommand.Submit(freelancer, job, CLIENT, "A boat", true, resubmitted));
        assertThat(proposals(job, freelancer)).containsExactly(resubmitted, resubmitted);
    }

    /** From the client's list and from the freelancer's. */
    private List<Terms> proposals(String job, String freelancer) {
        apply();
        var ofJob = result(FIXTURE.readModel.proposals().ofJob(job, firstPage(10)));
        var ofFreelancer = result(FIXTURE.readModel.proposals().ofFreelancer(freelancer, firstPage(10)));
        assertThat(ofJob).isEqualTo(ofFreelancer);
        return Stream.of(ofJob, ofFreelancer)
                .flatMap(it -> details(it, ProposalRow::terms).stream())
                .toList();
    }

    /** Has milestones whose amounts add up to the price, and whose days to the delivery days. */
    private <R extends Record> R addedUp(R terms) {
        var milestones = milestones();
        var price = milestones.stream().map(MilestoneTerms::amount).reduce(Money::plus);
        int days = milestones.stream().mapToInt(MilestoneTerms::days).sum();
        return replace(
                replace(replace(terms, "milestones", milestones), "price", price.orElseThrow()), "deliveryDays", days);
    }

    private List<MilestoneTerms> milestones() {
        return IntStream.rangeClosed(0, generator.record(MilestoneTerms.class).days() % 3)
                .mapToObj(_ -> generator.record(MilestoneTerms.class))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void contracts(int seed) {
        seed(seed);
        var id = "ctr_trip_" + seed;
        var terms = milestones();
        var milestones = IntStream.range(0, terms.size())
                .mapToObj(i -> Milestone.pending(
                        i + 1,
                        terms.get(i).title(),
                        terms.get(i).amount(),
                        terms.get(i).days()))
                .toList();
        var price =
                terms.stream().map(MilestoneTerms::amount).reduce(Money::plus).orElseThrow();
        Deal deal = replace(generator.record(Deal.class), "price", price);

        story.execute(Contract.AGGREGATE, id, new ContractCommand.Create(deal, milestones, Optional.empty()));
        apply();
        for (var party : List.of(deal.clientId(), deal.freelancerId()))
            assertThat(result(FIXTURE.readModel.contracts().ofParty(party, firstPage(10)))
                            .items())
                    .filteredOn(it -> it.id().equals(id))
                    .containsExactly(new ContractRow(
                            id,
                            deal.jobId(),
                            deal.proposalId(),
                            deal.inviteId(),
                            deal.clientId(),
                            deal.freelancerId(),
                            deal.title(),
                            price,
                            deal.feeBasisPoints(),
                            ContractStatus.AWAITING_FUNDING,
                            milestones.stream().map(MilestoneRow::pending).toList(),
                            story.now,
                            story.now));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void invites(int seed) {
        seed(seed);
        var id = "inv_trip_" + seed;
        var client = "acc_inviting_" + seed;
        var freelancer = "acc_invited_" + seed;

        story.execute(Invite.AGGREGATE, id, send(client, freelancer, 3));
        assertThat(invites(client, freelancer)).containsExactly(sent(id), sent(id));
        story.execute(Invite.AGGREGATE, id, new InviteCommand.Decline(freelancer, "No"))
                .execute(Invite.AGGREGATE, id, send(client, freelancer, 5));
        assertThat(invites(client, freelancer)).containsExactly(sent(id), sent(id));
        assertThat(sent(id).number()).isEqualTo(2);
    }

    private InviteCommand.Send send(String client, String freelancer, int days) {
        return new InviteCommand.Send(
                client, freelancer, generator.record(Source.class), addedUp(generator.record(Offer.class)), days);
    }

    private InviteDetails sent(String id) {
        return story.state(Invite.AGGREGATE, id).findDetails().orElseThrow();
    }

    /** From the client's list and from the freelancer's. */
    private List<InviteDetails> invites(String client, String freelancer) {
        apply();
        var sent = result(FIXTURE.readModel.invites().sentBy(client, firstPage(10)));
        var received = result(FIXTURE.readModel.invites().receivedBy(freelancer, firstPage(10)));
        return Stream.of(sent, received)
                .flatMap(it -> details(it, InviteRow::details).stream())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void accounts(int seed) {
        seed(seed);
        var email = "trip_" + seed + "@example.org";
        var owner = person(
                "acc_trip_" + seed,
                email,
                seed % 2 == 0 ? List.of(Role.FREELANCER) : List.of(Role.CLIENT, Role.FREELANCER));

        open(owner);
        assertThat(listed(owner.id())).contains(owner);
    }

    private AccountOwner person(String id, String email, List<Role> roles) {
        return replace(
                replace(replace(generator.record(AccountOwner.class), "id", id), "email", email), "roles", roles);
    }

    private void open(AccountOwner owner) {
        story.execute(Account.AGGREGATE, owner.id(), new AccountCommand.Open(owner, "argon2id"));
    }

    private Optional<AccountOwner> listed(String accountId) {
        apply();
        var row = result(FIXTURE.readModel.accounts().find(accountId));
        return row.map(it -> new AccountOwner(
                it.id(),
                it.email(),
                it.name(),
                it.country(),
                it.roles().stream().map(Role::valueOf).toList()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void profiles(int seed) {
        seed(seed);
        var owner = person("acc_profile_" + seed, "profile_" + seed + "@example.org", List.of(Role.FREELANCER));
        generator = new RecordGenerator(seed, owner.id());
        open(owner);
        story.execute(Profile.AGGREGATE, owner.id(), new ProfileCommand.Create("handle", "Name", "PT"));

        for (int revision = 1; revision <= 2; revision++) {
            var details = generator.record(ProfileDetails.class);
            story.execute(Profile.AGGREGATE, owner.id(), new ProfileCommand.Edit(revision, details));
            apply();
            assertThat(result(FIXTURE.readModel.freelancers().listed(List.of(owner.id()))))
                    .containsExactly(new FreelancerRow(
                            owner.id(), owner.country(), details.headline(), details.skills(), details.hourlyRate()));
        }
    }

    private static <T, D> List<D> details(Page<T> page, Function<T, D> details) {
        return page.items().stream().map(details).toList();
    }

    private void apply() {
        FIXTURE.apply(story.events().stream()
                .<EventStory.StoredEvent<?>>map(RoundTripTest::journalled)
                .toList());
    }

    /** The same event as the journal returns it. */
    private static <E> EventStory.StoredEvent<E> journalled(EventStory.StoredEvent<E> stored) {
        var recorded = stored.recorded();
        try {
            var event = JOURNAL.fromBinary(JOURNAL.toBinary(recorded.event()), JOURNAL.manifest(recorded.event()));
            assertThat(event).isEqualTo(recorded.event());
            return new EventStory.StoredEvent<>(
                    stored.aggregate(),
                    new Recorded<>(
                            recorded.entityId(),
                            recorded.sequence(),
                            stored.aggregate().events().cast(event),
                            recorded.at(),
                            recorded.correlation()));
        } catch (NotSerializableException e) {
            throw new AssertionError(e);
        }
    }
}
