package io.guildhall.bench.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MarketplaceTest {
    private static final Marketplace USUAL = Marketplace.generate(1, 100);
    private static final Parts PARTS = Parts.load();

    private static List<String> texts(Marketplace marketplace) {
        return Stream.of(
                        marketplace.people().stream()
                                .flatMap(it -> it.profile().stream())
                                .map(SeedPerson.Profile::bio),
                        marketplace.gigs().stream().map(SeedGig::description),
                        marketplace.jobs().stream().map(SeedJob::description))
                .flatMap(Function.identity())
                .toList();
    }

    @Test
    void theSameSeedMakesTheSameMarketplaceAndAnotherAnother() {
        var again = Marketplace.generate(1, 100);
        assertThat(again.people()).isEqualTo(USUAL.people());
        assertThat(again.gigs()).isEqualTo(USUAL.gigs());
        assertThat(again.jobs()).isEqualTo(USUAL.jobs());
        assertThat(texts(Marketplace.generate(2, 100))).doesNotContainAnyElementsOf(texts(USUAL));
    }

    @Test
    void itsSizeIsAsAsked() {
        assertThat(USUAL.people().stream().filter(it -> it.profile().isPresent()))
                .hasSize(1_200);
        assertThat(USUAL.people()).hasSize(1_520);
        assertThat(USUAL.gigs()).hasSize(1_800);
        assertThat(USUAL.jobs()).hasSize(900);
        assertThat(Marketplace.generate(1, 10).jobs()).hasSameSizeAs(PARTS.fields());
    }

    @Test
    void noTwoTextsAreEqualAndNoneIsTooShortOrTooLong() {
        assertThat(texts(USUAL)).doesNotHaveDuplicates().allSatisfy(text -> {
            assertThat(Words.count(text)).isBetween(Texts.SHORTEST, Texts.LONGEST);
            assertThat(text).doesNotContainPattern("[{}|]|  ");
        });
    }

    @Test
    void whatIsGeneratedFitsWhatTheHouseTakes() {
        assertThat(USUAL.people()).extracting(SeedPerson::id).doesNotHaveDuplicates();
        assertThat(USUAL.people())
                .extracting(SeedPerson::email)
                .doesNotHaveDuplicates()
                .allSatisfy(email -> assertThat(email).matches("[a-z]+\\.[a-z]+@seed-1-[cf][0-9]+\\.example\\.com"));
        assertThat(USUAL.gigs()).allSatisfy(gig -> assertThat(gig.title()).hasSizeBetween(10, 120));
        assertThat(USUAL.jobs()).allSatisfy(job -> {
            assertThat(job.title()).hasSizeBetween(10, 120);
            assertThat(job.budget().min().amount())
                    .isBetween(100L, job.budget().max().amount());
        });
        var owners = USUAL.people().stream().map(SeedPerson::id).collect(Collectors.toSet());
        assertThat(USUAL.gigs()).extracting(SeedGig::freelancerId).isSubsetOf(owners);
        assertThat(USUAL.jobs()).extracting(SeedJob::clientId).isSubsetOf(owners);
    }

    @Test
    void packagesRise() {
        assertThat(USUAL.gigs()).allSatisfy(gig -> {
            assertThat(gig.packages()).isNotEmpty();
            assertThat(gig.packages())
                    .extracting(it -> it.price().amount())
                    .isSorted()
                    .allMatch(price -> price > 0);
            assertThat(gig.packages())
                    .extracting(it -> it.price().currency())
                    .containsOnly(gig.packages().getFirst().price().currency());
        });
    }

    @Test
    void truthIsTheSameInBothDirectionsAndKnowsWhatIsNear() {
        var truth = USUAL.truth();
        var gigs = truth.documents("gig_").limit(200).toList();
        for (var job : truth.documents("job_").limit(200).toList())
            for (var gig : gigs) {
                int grade = truth.grade(job, gig);
                assertThat(grade).isEqualTo(truth.grade(gig, job)).isIn(0, 1, 3);
                assertThat(grade == Truth.SAME).isEqualTo(truth.field(job).equals(truth.field(gig)));
            }
        assertThat(truth.grade("wedding-photography", "portrait-photography")).isEqualTo(Truth.NEAR);
        assertThat(truth.grade("portrait-photography", "wedding-photography")).isEqualTo(Truth.NEAR);
        assertThat(truth.grade("wedding-photography", "kubernetes")).isEqualTo(Truth.NONE);
        assertThatThrownBy(() -> truth.grade("wedding-photography", "acc_nobody"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void someDoAnotherFieldBesides() {
        var truth = USUAL.truth();
        var grades = truth.documents("acc_")
                .flatMap(person -> PARTS.fields().stream().map(field -> truth.grade(field.slug(), person)))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(grades.get(Truth.SAME)).isEqualTo(1_200);
        assertThat(grades.get(Truth.ALSO)).isBetween(120L, 260L);
    }

    @Test
    void everyFieldHasPeopleGigsJobsAndQueries() {
        var truth = USUAL.truth();
        for (var prefix : List.of("acc_", "gig_", "job_"))
            assertThat(truth.documents(prefix).map(truth::field).distinct()).hasSameSizeAs(PARTS.fields());
        var queries = Marketplace.queries();
        assertThat(queries).hasSizeGreaterThan(120);
        assertThat(queries).extracting(SeedQuery::text).doesNotHaveDuplicates();
        assertThat(queries.stream().map(SeedQuery::field).collect(Collectors.toSet()))
                .isEqualTo(Set.copyOf(Marketplace.fields()));
        assertThat(queries.stream().map(SeedQuery::kind).collect(Collectors.toSet()))
                .isEqualTo(Set.of("plain", "misspelt", "short", "jargon"));
    }

    @Test
    void nearFieldsExist() {
        assertThat(Marketplace.fields()).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
        for (var field : PARTS.fields())
            assertThat(field.near())
                    .as(field.slug())
                    .isNotEmpty()
                    .doesNotContain(field.slug())
                    .isSubsetOf(Marketplace.fields());
    }

    @Test
    void plainWordsShareNoneWithWhatFreelancersCallIt() {
        for (var field : PARTS.fields()) {
            var trade = Words.content(field.name() + " " + String.join(" ", field.terms()));
            for (var plain : field.plain()) {
                var shared = new HashSet<>(Words.content(plain));
                shared.retainAll(trade);
                assertThat(shared).as("%s: %s", field.slug(), plain).isEmpty();
            }
        }
    }

    @Test
    void skillsAndCategoriesAreThoseOfTheTaxonomy() throws Exception {
        var folder = Path.of("../ai-worker/src/main/resources/taxonomy");
        var skills = column(folder.resolve("skills.tsv"), 1);
        var categories = column(folder.resolve("categories.tsv"), 0);
        for (var field : PARTS.fields()) {
            assertThat(skills).as(field.slug()).containsAll(field.skills());
            assertThat(categories).as(field.slug()).contains(field.category());
        }
    }

    private static Set<String> column(Path file, int index) throws java.io.IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t")[index])
                    .collect(Collectors.toSet());
        }
    }
}
