package io.guildhall.projections.view.record;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.usd;
import static io.guildhall.testing.DealBuilder.aDeal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.review.Ratings;
import io.guildhall.domain.review.Review;
import io.guildhall.domain.review.ReviewCommand;
import io.guildhall.domain.review.ReviewEvent;
import io.guildhall.domain.review.Side;
import io.guildhall.domain.review.Subject;
import io.guildhall.projections.readmodel.record.RecordRow;
import io.guildhall.projections.readmodel.record.RecordScore;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares business records with counts of the events. */
class RecordViewTest {
    private static final List<String> FREELANCERS = List.of("acc_f3", "acc_f1", "acc_f0", "acc_f2");
    private static final String NEWCOMER = "acc_nobody";
    private static ViewFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new ViewFixture();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void countsWhatTheEventsSay(long seed) {
        var story = randomContracts(new Random(seed));
        fixture.empty();
        fixture.apply(story.events());
        var rows = rows(FREELANCERS);
        assertThat(rows)
                .isEqualTo(FREELANCERS.stream().map(it -> counted(it, story)).toList());
        assertThat(rows).anyMatch(it -> it.repeatClients() > 0);
        assertThat(rows).anyMatch(it -> it.onTime() > 0 && it.onTime() < it.submitted());

        fixture.apply(story.events());
        assertThat(rows(FREELANCERS)).as("the same events again").isEqualTo(rows);
        fixture.empty();
        fixture.apply(story.inAnotherOrder(new Random(seed)));
        assertThat(rows(FREELANCERS)).as("the events in another order").isEqualTo(rows);
    }

    @Test
    void countsZeroForAFreelancerWithoutContracts() {
        var row = rows(List.of(NEWCOMER)).getFirst();
        assertThat(row).isEqualTo(new RecordRow(NEWCOMER, 0, 0, 0, 0, 0, 0, 0));
        assertThat(row.onTimeRate()).isEmpty();
        assertThat(row.meanRating()).isEmpty();
        assertThat(rows(List.of())).isEmpty();
    }

    @Test
    void deadlineIsInclusive() {
        var story = new EventStory();
        int number = 0;
        for (var late : List.of(Duration.ZERO, Duration.ofNanos(1_000))) {
            var id = "ctr_" + ++number;
            create(story, id, "acc_c", "acc_f0", 1);
            story.execute(Contract.AGGREGATE, id, new ContractCommand.MarkFunded(1));
            // A command takes a second.
            story.now = story.now.plus(Duration.ofDays(days(1))).minusSeconds(1).plus(late);
            story.execute(Contract.AGGREGATE, id, new ContractCommand.Submit("acc_f0", 1, "Done"));
        }
        fixture.empty();
        fixture.apply(story.events());
        assertThat(rows(List.of("acc_f0"))).containsExactly(new RecordRow("acc_f0", 0, 2, 2, 1, 0, 0, 0));
    }

    @Test
    void manyGoodReviewsScoreHigherThanOneBest() {
        var one = new RecordRow("acc_1", 1, 0, 1, 1, 1, 5, 0).score();
        var forty = new RecordRow("acc_2", 40, 0, 40, 40, 40, 192, 9).score();
        assertThat(one.rating()).isEqualTo(3.75);
        assertThat(forty.rating()).isCloseTo(4.66, within(0.005));
        assertThat(forty.total()).isGreaterThan(one.total());
    }

    @Test
    void scoreIsTheSumOfItsParts() {
        var chance = new Random(9);
        for (int i = 0; i < 1_000; i++) {
            int submitted = chance.nextInt(50);
            int reviews = chance.nextInt(50);
            long stars =
                    IntStream.range(0, reviews).map(_ -> 1 + chance.nextInt(5)).sum();
            var score = new RecordRow(
                            "acc_1",
                            chance.nextInt(50),
                            chance.nextInt(9),
                            submitted,
                            submitted == 0 ? 0 : chance.nextInt(submitted + 1),
                            reviews,
                            stars,
                            0)
                    .score();
            var parts = List.of(score.delivery(), score.availability(), score.reviews());
            assertThat(score.total()).isBetween(0.0, 1.0);
            assertThat(parts).allSatisfy(it -> assertThat(it.value()).isBetween(0.0, 1.0));
            assertThat(parts.stream()
                            .mapToDouble(RecordScore.ScorePart::contribution)
                            .sum())
                    .isCloseTo(score.total(), within(1e-12));
            assertThat(parts.stream().mapToDouble(RecordScore.ScorePart::weight).sum())
                    .isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void unknownPartsAreNeutral() {
        var score = new RecordRow("acc_1", 0, 0, 0, 0, 0, 0, 0).score();
        assertThat(score.delivery().known()).isFalse();
        assertThat(score.delivery().value()).isEqualTo(RecordScore.NEUTRAL_DELIVERY);
        assertThat(score.reviews().known()).isFalse();
        assertThat(score.rating()).isEqualTo(RecordScore.NEUTRAL_RATING);
        assertThat(score.availability().value()).isEqualTo(1);
        var busy = new RecordRow("acc_1", 0, 7, 0, 0, 0, 0, 0).score();
        assertThat(busy.availability().value()).isZero();
    }

    private static List<RecordRow> rows(List<String> ids) {
        return result(fixture.readModel.records().of(ids));
    }

    private static int days(int milestone) {
        return 2 + milestone;
    }

    private static void create(EventStory story, String id, String client, String freelancer, int milestones) {
        var deal = aDeal().between(client, freelancer)
                .priced(usd(10L * milestones))
                .build();
        var parts = IntStream.rangeClosed(1, milestones)
                .mapToObj(it -> Milestone.pending(it, "Part", usd(10), days(it)))
                .toList();
        story.execute(Contract.AGGREGATE, id, new ContractCommand.Create(deal, parts, Optional.empty()));
    }

    /** Contracts between few users, with random commands, many of which are rejected. */
    private static EventStory randomContracts(Random chance) {
        var story = new EventStory();
        var ids = new ArrayList<String>();
        for (int i = 0; i < 30; i++) {
            var id = "ctr_" + i;
            var freelancer = FREELANCERS.get(chance.nextInt(FREELANCERS.size()));
            create(story, id, "acc_c" + chance.nextInt(4), freelancer, 1 + chance.nextInt(3));
            ids.add(id);
        }
        for (int i = 0; i < 4_000; i++) {
            story.now = story.now.plus(Duration.ofMinutes(chance.nextInt(120)));
            executeRandomCommand(story, ids.get(chance.nextInt(ids.size())), chance);
        }
        return story;
    }

    private static void executeRandomCommand(EventStory story, String id, Random chance) {
        var deal =
                story.state(Contract.AGGREGATE, id).findDetails().orElseThrow().deal();
        int number = 1 + chance.nextInt(3);
        switch (chance.nextInt(16)) {
            case 0 -> {
                if (chance.nextInt(8) == 0)
                    story.tryExecute(Contract.AGGREGATE, id, new ContractCommand.Cancel(deal.clientId(), "No"));
            }
            case 1 ->
                story.tryExecute(
                        Contract.AGGREGATE, id, new ContractCommand.RequestChanges(deal.clientId(), number, "More"));
            case 2, 3, 4 -> story.tryExecute(Contract.AGGREGATE, id, new ContractCommand.MarkFunded(number));
            case 5, 6, 7 ->
                story.tryExecute(
                        Contract.AGGREGATE,
                        id,
                        new ContractCommand.Submit(deal.freelancerId(), number, "Note " + chance.nextInt()));
            case 8, 9, 10 ->
                story.tryExecute(Contract.AGGREGATE, id, new ContractCommand.Accept(deal.clientId(), number));
            case 11, 12, 13 -> story.tryExecute(Contract.AGGREGATE, id, new ContractCommand.MarkPaid(number));
            default -> review(story, id, deal, chance);
        }
    }

    private static void review(EventStory story, String id, Deal deal, Random chance) {
        var closesAt = story.now.plus(Review.PERIOD);
        var byClient = new Subject(id, "A job", Side.CLIENT, deal.clientId(), deal.freelancerId(), closesAt);
        var subject = chance.nextBoolean() ? byClient : byClient.mirrored();
        var review = Review.id(id, subject.side());
        int mark = 1 + chance.nextInt(5);
        story.tryExecute(Review.AGGREGATE, review, new ReviewCommand.Open(subject));
        story.tryExecute(
                Review.AGGREGATE,
                review,
                new ReviewCommand.Write(subject.authorId(), new Ratings(mark, 1, 1, 1, 1), "Text"));
        if (chance.nextBoolean()) story.tryExecute(Review.AGGREGATE, review, new ReviewCommand.Reveal());
    }

    private static RecordRow counted(String freelancer, EventStory story) {
        var contracts = new HashMap<String, List<ContractEvent>>();
        var reviews = new ArrayList<ReviewEvent.Revealed>();
        for (var it : story.events()) {
            if (it.recorded().event() instanceof ContractEvent e
                    && e.deal().freelancerId().equals(freelancer))
                contracts
                        .computeIfAbsent(it.recorded().entityId(), _ -> new ArrayList<>())
                        .add(e);
            if (it.recorded().event() instanceof ReviewEvent.Revealed e
                    && e.subject().subjectId().equals(freelancer)) reviews.add(e);
        }
        var completed = contracts.values().stream()
                .filter(it -> it.getLast() instanceof ContractEvent.Completed)
                .toList();
        var active = contracts.values().stream()
                .filter(it -> !completed.contains(it))
                .filter(it -> !(it.getLast() instanceof ContractEvent.Cancelled))
                .filter(it -> it.stream().anyMatch(e -> e instanceof ContractEvent.MilestoneFunded))
                .count();
        var onTime = contracts.values().stream().flatMap(RecordViewTest::onTime).toList();
        var clients = new HashMap<String, Integer>();
        completed.forEach(it -> clients.merge(it.getFirst().deal().clientId(), 1, Integer::sum));
        return new RecordRow(
                freelancer,
                completed.size(),
                (int) active,
                onTime.size(),
                (int) onTime.stream().filter(it -> it).count(),
                reviews.size(),
                reviews.stream().mapToLong(it -> it.ratings().overall()).sum(),
                (int) clients.values().stream().filter(it -> it >= 2).count());
    }

    /** Returns for each submitted milestone of a contract whether it was on time. */
    private static Stream<Boolean> onTime(List<ContractEvent> events) {
        var funded = new HashMap<Integer, Instant>();
        Map<Integer, Boolean> onTime = new HashMap<>();
        for (var event : events) {
            if (event instanceof ContractEvent.MilestoneFunded e) funded.put(e.number(), e.at());
            if (event instanceof ContractEvent.WorkSubmitted e)
                onTime.putIfAbsent(
                        e.number(),
                        Duration.between(funded.get(e.number()), e.at()).compareTo(Duration.ofDays(days(e.number())))
                                <= 0);
        }
        return onTime.values().stream();
    }
}
