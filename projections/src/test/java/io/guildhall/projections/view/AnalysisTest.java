package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.usd;
import static io.guildhall.testing.GigBuilder.aGig;
import static io.guildhall.testing.JobBuilder.aJob;
import static io.guildhall.testing.PackageBuilder.aPackage;
import static io.guildhall.testing.ProfileBuilder.aProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigCommand;
import io.guildhall.domain.gig.GigDetails;
import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobDetails;
import io.guildhall.domain.job.JobDetails.Pay;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import io.guildhall.kernel.Money;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.market.MarketAnalyses.Request;
import io.guildhall.projections.readmodel.market.MarketAnalysis;
import io.guildhall.projections.readmodel.market.MarketAnalysis.QuantileValues;
import io.guildhall.projections.readmodel.market.MarketAnalysis.Quantiles;
import io.guildhall.projections.readmodel.market.MarketAnalysis.SkillGap;
import io.guildhall.projections.readmodel.market.MarketAnalysis.SkillShare;
import io.guildhall.projections.readmodel.market.MarketAnalysis.TrendWeek;
import io.guildhall.testing.StubSkills;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares analyses of a random market with figures that are computed here in a simple way. */
class AnalysisTest {
    private static final Skills SKILLS = new OnlyJavaScript();
    private static final Set<String> JAVA = Set.of("java", "java se");
    private static final List<String> OTHERS = List.of("JS", "javascript", "SQL", "Go", "' OR true --", "CSS");
    private static ViewFixture fixture;

    private final EventStory story = new EventStory();
    private int number;

    @BeforeAll
    static void open() {
        fixture = new ViewFixture();
    }

    @BeforeEach
    void empty() {
        fixture.empty();
    }

    private record Posted(String id, Instant at, JobDetails details, boolean isOpen) {
        Set<String> names() {
            return AnalysisTest.names(details.skills());
        }

        long middle() {
            return (details.budgetMin().amount() + details.budgetMax().amount()) / 2;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void figuresMatchASimpleCount(long seed) {
        var chance = new Random(seed);
        var posted = new ArrayList<Posted>();
        for (int i = 0; i < 120; i++) {
            story.now = story.now.plus(Duration.ofMinutes(chance.nextInt(900)));
            posted.add(job(chance));
        }
        fixture.apply(story.events());
        for (int size : new int[] {10, 40, 5_000}) check(analysis(size, 6), posted.reversed(), size);
    }

    private void check(MarketAnalysis analysis, List<Posted> newestFirst, int size) {
        var all = newestFirst.stream().filter(it -> requiresJava(it.details())).toList();
        var sample = all.stream().limit(size).toList();
        assertThat(analysis.sample().jobs().count()).isEqualTo(sample.size());
        assertThat(analysis.sample().jobs().complete()).isEqualTo(sample.size() == all.size());
        assertThat(analysis.sample().jobs().newestAt())
                .contains(micros(sample.getFirst().at()));
        assertThat(analysis.sample().jobs().oldestAt())
                .contains(micros(sample.getLast().at()));
        assertThat(analysis.demand().posted()).isEqualTo(sample.size());
        assertThat(analysis.demand().open())
                .isEqualTo((int) sample.stream().filter(Posted::isOpen).count());
        assertThat(analysis.demand().fixedBudgets()).isEqualTo(quantiles(sample, Pay.FIXED));
        assertThat(analysis.demand().hourlyBudgets()).isEqualTo(quantiles(sample, Pay.HOURLY));
        assertThat(analysis.relatedSkills().required()).isEqualTo(shares(sample));
        assertThat(analysis.trend().weeks()).hasSize(6);
        for (var week : analysis.trend().weeks()) {
            var in = sample.stream().filter(it -> isIn(it.at(), week)).toList();
            boolean isKnown =
                    sample.size() == all.size() || sample.getLast().at().isBefore(begin(week.from()));
            assertThat(week.jobs()).isEqualTo(isKnown ? OptionalInt.of(in.size()) : OptionalInt.empty());
            var medians = quantiles(in, Pay.FIXED).stream()
                    .flatMap(it -> it.points().map(p -> new Money(p.p50(), it.currency())).stream())
                    .toList();
            assertThat(week.medianBudgets()).containsExactlyInAnyOrderElementsOf(isKnown ? medians : List.of());
        }
        assertThat(analysis.trend().change().isPresent())
                .isNotEqualTo(analysis.trend().reason().isPresent());
    }

    @Test
    void supplyCountsListedFreelancersAndGigs() {
        for (int i = 0; i < 6; i++) freelancer("acc_f" + i, 5_000 + i, "Java", "Go");
        freelancer("acc_f6", 1, "Ruby");
        AccountScenario.active(story, "acc_silent", "silent@example.org");
        gig("gig_1", "acc_f0", 20_000, "java SE", "JS", "javascript");
        gig("gig_2", "acc_g", 10_000, "Java", "JS");
        story.execute(Gig.AGGREGATE, "gig_3", new GigCommand.Post("acc_h", gig(5, "Java"), false));
        fixture.apply(story.events());
        var found = analysis(100, 1);
        assertThat(found.supply().freelancers()).isEqualTo(6);
        assertThat(found.supply().gigs()).isEqualTo(2);
        assertThat(found.supply().users()).isEqualTo(7);
        assertThat(found.supply().hourlyRates())
                .containsExactly(new Quantiles(
                        "USD",
                        6,
                        Optional.of(new QuantileValues(5_000, 5_001, 5_002, 5_004, 5_005)),
                        Optional.empty()));
        assertThat(found.supply().gigPrices()).singleElement().satisfies(it -> {
            assertThat(it.count()).isEqualTo(2);
            assertThat(it.points()).isEmpty();
            assertThat(it.reason()).contains("Fewer than 5 amounts in this currency.");
        });
        assertThat(found.relatedSkills().offered())
                .containsExactly(new SkillShare("go", 6, 6 / 7.0), new SkillShare("JavaScript", 2, 2 / 7.0));
        assertThat(found.demand().openJobsPerFreelancer()).contains(0.0);
        var week = found.trend().weeks().getFirst();
        assertThat(week.completed()).isFalse();
        assertThat(week.freelancers()).hasValue(6);
        assertThat(week.gigs()).hasValue(2);
    }

    @Test
    void gapIsRequiredOftenAndOfferedRarely() {
        for (int i = 0; i < 5; i++)
            freelancer("acc_f" + i, 5_000, i < 2 ? "JS" : "SQL", i < 2 ? "CSS" : "Figma", "Java");
        // CSS is offered by 0.4 of the users and required by 0.67 of the jobs: more than half as often.
        for (int i = 0; i < 6; i++)
            post(new Random(i), Pay.FIXED, i < 5 ? "javascript" : "SQL", i < 4 ? "CSS" : "Rust", "Java", "Go");
        fixture.apply(story.events());
        var related = analysis(100, 4).relatedSkills();
        assertThat(related.reason()).isEmpty();
        assertThat(related.gaps())
                .containsExactly(new SkillGap("go", 6, 1, 0, 0), new SkillGap("JavaScript", 5, 5 / 6.0, 2, 0.4));
    }

    @Test
    void figuresFromTooFewValuesAreMissingWithAReason() {
        var nothing = analysis(10, 1);
        assertThat(nothing.sample().hasNoData()).isTrue();
        assertThat(nothing.sample().jobs().oldestAt()).isEmpty();
        assertThat(nothing.demand().openJobsPerFreelancer()).isEmpty();
        assertThat(nothing.demand().reason()).contains("No freelancer offers this skill.");

        for (int i = 0; i < 4; i++) post(new Random(i), Pay.HOURLY, "Java", "Go");
        fixture.apply(story.events());
        var few = analysis(10, 3);
        assertThat(few.demand().hourlyBudgets())
                .isNotEmpty()
                .allMatch(it -> it.points().isEmpty() && it.reason().isPresent());
        assertThat(few.relatedSkills().gaps()).isEmpty();
        assertThat(few.relatedSkills().reason()).isPresent();
        assertThat(few.trend().change()).isEmpty();
        assertThat(few.trend().reason()).contains("Fewer than 5 jobs in the earlier half.");
    }

    @Test
    void changeComparesTheHalvesOfTheCompletedWeeks() {
        story.now = Instant.parse("2026-11-02T00:00:00Z");
        for (int jobs : new int[] {6, 9, 100}) {
            var monday = story.now;
            for (int i = 0; i < jobs; i++) post(new Random(i), Pay.FIXED, "Java");
            story.now = monday.plus(Duration.ofDays(7));
        }
        story.now = story.now.minusSeconds(60);
        fixture.apply(story.events());
        var trend = analysis(1_000, 3).trend();
        assertThat(trend.weeks())
                .extracting(TrendWeek::jobs)
                .containsExactly(OptionalInt.of(6), OptionalInt.of(9), OptionalInt.of(100));
        assertThat(trend.change().orElseThrow()).isCloseTo(0.5, within(1e-9));
        var narrow = analysis(100, 3).trend();
        assertThat(narrow.weeks().getFirst().jobs()).isEmpty();
        assertThat(narrow.change()).isEmpty();
        assertThat(narrow.reason()).isPresent();
    }

    private MarketAnalysis analysis(int sampleSize, int weeks) {
        return result(fixture.readModel.analyses().analyse(new Request(JAVA, SKILLS, sampleSize, weeks, story.now)));
    }

    private Posted job(Random chance) {
        var others = IntStream.range(0, chance.nextInt(4)).mapToObj(_ -> OTHERS.get(chance.nextInt(OTHERS.size())));
        var itself = Stream.of("Java", "java se", "Ruby", " JAVA ")
                .skip(chance.nextInt(4))
                .limit(1);
        var pay = chance.nextInt(3) == 0 ? Pay.HOURLY : Pay.FIXED;
        var posted = post(chance, pay, Stream.concat(others, itself).toArray(String[]::new));
        if (chance.nextInt(3) > 0) return posted;
        story.execute(Job.AGGREGATE, posted.id(), new JobCommand.Close("acc_c", "Done"));
        story.execute(Job.AGGREGATE, "job_draft" + number, new JobCommand.Post("acc_c", posted.details(), false));
        return new Posted(posted.id(), posted.at(), posted.details(), false);
    }

    private Posted post(Random chance, Pay pay, String... skills) {
        var currency = chance.nextInt(4) == 0 ? "CHF" : "USD";
        long least = chance.nextInt(1_000);
        var id = "job_%04d".formatted(number++);
        var details = aJob().requiring(skills)
                .paid(pay)
                .budget(new Money(least, currency), new Money(least + chance.nextInt(1_000), currency))
                .build();
        story.execute(Job.AGGREGATE, id, new JobCommand.Post("acc_c", details, true));
        return new Posted(id, story.now, details, true);
    }

    private void freelancer(String id, long rate, String... skills) {
        AccountScenario.active(story, id, id + "@example.org");
        story.execute(Profile.AGGREGATE, id, new ProfileCommand.Create("h", "Ann", "DE"));
        var details = aProfile().withSkills(skills).withHourlyRate(usd(rate)).build();
        story.execute(Profile.AGGREGATE, id, new ProfileCommand.Edit(1, details));
    }

    private void gig(String id, String by, long price, String... tags) {
        story.execute(Gig.AGGREGATE, id, new GigCommand.Post(by, gig(price, tags), true));
    }

    private static GigDetails gig(long price, String... tags) {
        var basic = aPackage(Tier.BASIC).priced(usd(price)).build();
        var full = aPackage(Tier.PREMIUM).priced(usd(price * 3)).build();
        return aGig().tagged(tags).withPackages(basic, full).build();
    }

    private static boolean requiresJava(JobDetails details) {
        return details.skills().stream().map(AnalysisTest::key).anyMatch(JAVA::contains);
    }

    private static Set<String> names(List<String> skills) {
        return skills.stream()
                .map(AnalysisTest::key)
                .filter(it -> !JAVA.contains(it))
                .map(it -> SKILLS.canonicalName(it).orElse(it))
                .collect(Collectors.toSet());
    }

    private static String key(String skill) {
        return skill.strip().toLowerCase(Locale.ROOT);
    }

    private static List<SkillShare> shares(List<Posted> read) {
        return read.stream()
                .flatMap(it -> it.names().stream())
                .collect(Collectors.groupingBy(it -> it, Collectors.counting()))
                .entrySet()
                .stream()
                .map(it -> new SkillShare(it.getKey(), it.getValue().intValue(), (double) it.getValue() / read.size()))
                .sorted(Comparator.comparingInt(SkillShare::count).reversed().thenComparing(SkillShare::skill))
                .toList();
    }

    private static List<Quantiles> quantiles(List<Posted> read, Pay pay) {
        return Stream.of("USD", "CHF")
                .map(currency -> quantiles(
                        read,
                        it -> it.details().pay() == pay
                                && it.details().budgetMin().currency().equals(currency),
                        currency))
                .filter(it -> it.count() > 0)
                .sorted(Comparator.comparingInt(Quantiles::count).reversed().thenComparing(Quantiles::currency))
                .toList();
    }

    private static Quantiles quantiles(List<Posted> read, Predicate<Posted> fits, String currency) {
        var sorted = read.stream().filter(fits).map(Posted::middle).sorted().toList();
        int n = sorted.size();
        if (n < 5)
            return new Quantiles(currency, n, Optional.empty(), Optional.of("Fewer than 5 amounts in this currency."));
        var points = new QuantileValues(at(sorted, 10), at(sorted, 25), at(sorted, 50), at(sorted, 75), at(sorted, 90));
        return new Quantiles(currency, n, Optional.of(points), Optional.empty());
    }

    /** The smallest amount that is not exceeded by that percentage of the amounts. */
    private static long at(List<Long> sorted, int percent) {
        return sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
    }

    private static boolean isIn(Instant at, TrendWeek week) {
        return !at.isBefore(begin(week.from())) && at.isBefore(begin(week.from().plusWeeks(1)));
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Rounded to microseconds, as the database does. */
    private static Instant micros(Instant at) {
        return at.plusNanos(500).truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    }

    private static final class OnlyJavaScript extends StubSkills {
        @Override
        public Optional<String> canonicalName(String free) {
            return Optional.of("JavaScript")
                    .filter(_ -> Set.of("js", "javascript").contains(key(free)));
        }
    }
}
