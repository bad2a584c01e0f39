package io.guildhall.bench.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
    private static final Marketplace FULL_SIZE = Marketplace.generate(1, 100);
    private static final SeedSources SOURCES = SeedSources.load();

    private static List<String> texts(Marketplace marketplace) {
        return Stream.of(
                        marketplace.users().stream()
                                .flatMap(it -> it.profile().stream())
                                .map(SeedUser.Profile::bio),
                        marketplace.gigs().stream().map(SeedGig::description),
                        marketplace.jobs().stream().map(SeedJob::description))
                .flatMap(Function.identity())
                .toList();
    }

    @Test
    void sameSeedGeneratesSameMarketplace() {
        var again = Marketplace.generate(1, 100);
        assertThat(again.users()).isEqualTo(FULL_SIZE.users());
        assertThat(again.gigs()).isEqualTo(FULL_SIZE.gigs());
        assertThat(again.jobs()).isEqualTo(FULL_SIZE.jobs());
        assertThat(texts(Marketplace.generate(2, 100))).doesNotContainAnyElementsOf(texts(FULL_SIZE));
    }

    @Test
    void sizeFollowsScale() {
        assertThat(FULL_SIZE.users().stream().filter(it -> it.profile().isPresent()))
                .hasSize(1_200);
        assertThat(FULL_SIZE.users()).hasSize(1_520);
        assertThat(FULL_SIZE.gigs()).hasSize(1_800);
        assertThat(FULL_SIZE.jobs()).hasSize(900);
        assertThat(Marketplace.generate(1, 10).jobs()).hasSameSizeAs(SOURCES.fields());
    }

    @Test
    void textsAreUniqueAndWithinLimits() {
        assertThat(texts(FULL_SIZE)).doesNotHaveDuplicates().allSatisfy(text -> {
            assertThat(WordStems.count(text)).isBetween(TextGenerator.MIN_WORDS, TextGenerator.MAX_WORDS);
            assertThat(text).doesNotContainPattern("[{}|]|  ");
        });
    }

    @Test
    void documentsMeetTheConstraintsOfTheApi() {
        assertThat(FULL_SIZE.users()).extracting(SeedUser::id).doesNotHaveDuplicates();
        assertThat(FULL_SIZE.users())
                .extracting(SeedUser::email)
                .doesNotHaveDuplicates()
                .allSatisfy(email -> assertThat(email).matches("[a-z]+\\.[a-z]+@seed-1-[cf][0-9]+\\.example\\.com"));
        assertThat(FULL_SIZE.gigs()).allSatisfy(gig -> assertThat(gig.title()).hasSizeBetween(10, 120));
        assertThat(FULL_SIZE.jobs()).allSatisfy(job -> {
            assertThat(job.title()).hasSizeBetween(10, 120);
            assertThat(job.budget().min().amount())
                    .isBetween(100L, job.budget().max().amount());
        });
        var owners = FULL_SIZE.users().stream().map(SeedUser::id).collect(Collectors.toSet());
        assertThat(FULL_SIZE.gigs()).extracting(SeedGig::freelancerId).isSubsetOf(owners);
        assertThat(FULL_SIZE.jobs()).extracting(SeedJob::clientId).isSubsetOf(owners);
    }

    @Test
    void packagePricesRise() {
        assertThat(FULL_SIZE.gigs()).allSatisfy(gig -> {
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
    void gradesAreSymmetricAndKnowRelatedFields() {
        var judgements = FULL_SIZE.judgements();
        var gigs = judgements.documents("gig_").limit(200).toList();
        for (var job : judgements.documents("job_").limit(200).toList())
            for (var gig : gigs) {
                int grade = judgements.grade(job, gig);
                assertThat(grade).isEqualTo(judgements.grade(gig, job)).isIn(0, 1, 3);
                assertThat(grade == RelevanceJudgements.SAME)
                        .isEqualTo(judgements.field(job).equals(judgements.field(gig)));
            }
        assertThat(judgements.grade("wedding-photography", "portrait-photography"))
                .isEqualTo(RelevanceJudgements.RELATED);
        assertThat(judgements.grade("portrait-photography", "wedding-photography"))
                .isEqualTo(RelevanceJudgements.RELATED);
        assertThat(judgements.grade("wedding-photography", "kubernetes")).isEqualTo(RelevanceJudgements.NONE);
        assertThatThrownBy(() -> judgements.grade("wedding-photography", "acc_unknown"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void someFreelancersHaveASecondField() {
        var judgements = FULL_SIZE.judgements();
        var grades = judgements
                .documents("acc_")
                .flatMap(freelancer ->
                        SOURCES.fields().stream().map(field -> judgements.grade(field.slug(), freelancer)))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(grades.get(RelevanceJudgements.SAME)).isEqualTo(1_200);
        assertThat(grades.get(RelevanceJudgements.SECOND)).isBetween(120L, 260L);
    }

    @Test
    void everyFieldHasFreelancersGigsJobsAndQueries() {
        var judgements = FULL_SIZE.judgements();
        for (var prefix : List.of("acc_", "gig_", "job_"))
            assertThat(judgements.documents(prefix).map(judgements::field).distinct())
                    .hasSameSizeAs(SOURCES.fields());
        var queries = Marketplace.queries();
        assertThat(queries).hasSizeGreaterThan(120);
        assertThat(queries).extracting(SeedQuery::text).doesNotHaveDuplicates();
        assertThat(queries.stream().map(SeedQuery::field).collect(Collectors.toSet()))
                .isEqualTo(Set.copyOf(Marketplace.fields()));
        assertThat(queries.stream().map(SeedQuery::kind).collect(Collectors.toSet()))
                .isEqualTo(Set.of("plain", "misspelt", "short", "jargon"));
    }

    @Test
    void relatedFieldsExist() {
        assertThat(Marketplace.fields()).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
        for (var field : SOURCES.fields())
            assertThat(field.related())
                    .as(field.slug())
                    .isNotEmpty()
                    .doesNotContain(field.slug())
                    .isSubsetOf(Marketplace.fields());
    }

    @Test
    void plainTextsShareNoWordWithTerms() {
        for (var field : SOURCES.fields()) {
            var terms = WordStems.content(field.name() + " " + String.join(" ", field.terms()));
            for (var plain : field.plain()) {
                var shared = new HashSet<>(WordStems.content(plain));
                shared.retainAll(terms);
                assertThat(shared).as("%s: %s", field.slug(), plain).isEmpty();
            }
        }
    }

    @Test
    void skillsAndCategoriesAreInTheTaxonomy() throws Exception {
        var folder = Path.of("../ai-worker/src/main/resources/taxonomy");
        var skills = column(folder.resolve("skills.tsv"), 1);
        var categories = column(folder.resolve("categories.tsv"), 0);
        for (var field : SOURCES.fields()) {
            assertThat(skills).as(field.slug()).containsAll(field.skills());
            assertThat(categories).as(field.slug()).contains(field.category());
        }
    }

    private static Set<String> column(Path file, int index) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t")[index])
                    .collect(Collectors.toSet());
        }
    }
}
