package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static io.guildhall.testing.DealBuilder.aDeal;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.domain.review.Review;
import io.guildhall.domain.review.ReviewCommand;
import io.guildhall.domain.review.Side;
import io.guildhall.domain.review.Subject;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.readmodel.job.JobFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every list shows the same rows in the same order, whatever the size of a page. */
class PagesOfAllListsTest {
    private static final ViewFixture FIXTURE = new ViewFixture();

    /** Every list of the read model, for the accounts of {@link HireScenario}. */
    static Map<String, Function<Page.Request, CompletionStage<? extends Page<?>>>> lists(ReadModel read) {
        return Map.ofEntries(
                entry("open jobs", it -> read.jobs().open(JobFilter.ALL, it)),
                entry("my jobs", it -> read.jobs().ofClient(CLIENT, it)),
                entry("a job's proposals", it -> read.proposals().ofJob(JOB, it)),
                entry("my proposals", it -> read.proposals().ofFreelancer(ANN, it)),
                entry("my rooms", it -> read.roomList().ofAccount(CLIENT, it)),
                entry("messages", it -> read.messages().ofRoom(ROOM, it)),
                entry("messages before", it -> read.messages().before(ROOM, 5, it)),
                entry("messages after", it -> read.messages().after(ROOM, 1, it)),
                entry("found messages", it -> read.messages().searchRoomsOf(CLIENT, "again", it)),
                entry("found messages of a room", it -> read.messages().searchRoom(ROOM, "again", it)),
                entry("accounts that I block", it -> read.blocks().by(CLIENT, it)),
                entry("abuse reports", it -> read.abuseReports().all(it)),
                entry("open abuse reports", it -> read.abuseReports().open(it)),
                entry("my contracts", it -> read.contracts().ofParty(ANN, it)),
                entry("held milestones", it -> read.contracts().heldMilestones(it)),
                entry("timeline", it -> read.timeline().ofContract(CONTRACT, it)),
                entry("postings", it -> read.ledger().ofContract(CONTRACT, it)),
                entry("ledger accounts", it -> read.ledger().accounts(it)),
                entry("reviews about me", it -> read.reviews().about(ANN, it)),
                entry("notifications", it -> read.notifications().ofAccount(CLIENT, it)),
                entry("invites sent", it -> read.invites().sentBy(CLIENT, it)),
                entry("invites received", it -> read.invites().receivedBy(ANN, it)),
                entry("my gigs", it -> read.gigs().ofFreelancer(ANN, it)));
    }

    private static Map.Entry<String, Function<Page.Request, CompletionStage<? extends Page<?>>>> entry(
            String name, Function<Page.Request, CompletionStage<? extends Page<?>>> list) {
        return Map.entry(name, list);
    }

    static Stream<String> names() {
        return lists(FIXTURE.readModel).keySet().stream();
    }

    @BeforeAll
    static void play() {
        FIXTURE.apply(story().events());
    }

    /** More than one row in each list. */
    private static EventStory story() {
        var story = hireAndPay("A job", "Letter");
        revealReviews(story);
        RoomScenario.addConversation(story);
        for (int i = 0; i < 6; i++)
            story.execute(Room.AGGREGATE, ROOM, new RoomCommand.PostMessage(ANN, "again_" + i, "And again"));
        story.execute(Room.AGGREGATE, "rm_second", new RoomCommand.Open("ctr_second", "Another", CLIENT, BOB))
                .execute(Room.AGGREGATE, "rm_second", new RoomCommand.PostMessage(BOB, "again", "Again"));
        for (int i = 3; i < 8; i++) more(story, "job_" + i, "ctr_" + i, i % 2 == 0);
        GigScenario.addAll(story, "A gig");
        InviteScenario.addAll(story, "A boat");
        return story;
    }

    /** @param annHires whether Ann is the client: the list of contracts contains both sides */
    private static void more(EventStory story, String job, String contract, boolean annHires) {
        var deal = aDeal().about(job, Proposal.id(job, annHires ? BOB : ANN))
                .between(annHires ? ANN : CLIENT, annHires ? BOB : ANN)
                .titled("Another")
                .priced(usd(10))
                .build();
        var byClient = Review.id(contract, Side.CLIENT);
        var closesAt = story.now.plus(Duration.ofDays(14));
        story.execute(Job.AGGREGATE, job, new JobCommand.Post(CLIENT, details("Another", "Web", "Java"), true))
                .execute(
                        Proposal.AGGREGATE,
                        Proposal.id(job, ANN),
                        new ProposalCommand.Submit(ANN, job, CLIENT, "A boat", true, terms("Ann's")))
                .execute(
                        Contract.AGGREGATE,
                        contract,
                        new ContractCommand.Create(
                                deal, List.of(Milestone.pending(1, "All", usd(10), 1)), Optional.empty()))
                .execute(Contract.AGGREGATE, contract, new ContractCommand.MarkFunded(1))
                .execute(
                        Review.AGGREGATE,
                        byClient,
                        new ReviewCommand.Open(new Subject(contract, "Another", Side.CLIENT, CLIENT, ANN, closesAt)))
                .execute(Review.AGGREGATE, byClient, new ReviewCommand.Write(CLIENT, RATINGS, "Good"))
                .execute(Review.AGGREGATE, byClient, new ReviewCommand.Reveal());
    }

    @ParameterizedTest
    @MethodSource("names")
    void smallPagesShowTheSameRowsAsOnePage(String name) {
        var list = requireNonNull(lists(FIXTURE.readModel).get(name));
        var whole = result(list.apply(firstPage(100)));
        assertThat(whole.next()).isEmpty();
        assertThat(whole.items()).hasSizeGreaterThan(1).doesNotHaveDuplicates();
        for (int limit = 1; limit <= whole.items().size(); limit++) {
            var rows = new ArrayList<Object>();
            var cursor = Optional.<String>empty();
            do {
                var page = result(list.apply(new Page.Request(limit, cursor)));
                assertThat(page.items()).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
                rows.addAll(page.items());
                assertThat(rows)
                        .as("pages of " + limit)
                        .hasSizeLessThanOrEqualTo(whole.items().size());
                cursor = page.next();
            } while (cursor.isPresent());
            assertThat(rows).as("pages of " + limit).isEqualTo(whole.items());
        }
    }
}
