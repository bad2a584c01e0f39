package io.guildhall.http.route;

import static io.guildhall.http.route.SampleReadModel.AT;
import static io.guildhall.http.route.SampleReadModel.TEN;
import static io.guildhall.http.route.SampleReadModel.page;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.port.JobTitles;
import io.guildhall.port.QueryEmbedder;
import io.guildhall.port.QueryInterpreter;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.account.*;
import io.guildhall.projections.readmodel.contract.*;
import io.guildhall.projections.readmodel.gig.*;
import io.guildhall.projections.readmodel.invite.*;
import io.guildhall.projections.readmodel.job.*;
import io.guildhall.projections.readmodel.ledger.*;
import io.guildhall.projections.readmodel.market.*;
import io.guildhall.projections.readmodel.notification.*;
import io.guildhall.projections.readmodel.proposal.*;
import io.guildhall.projections.readmodel.record.*;
import io.guildhall.projections.readmodel.review.*;
import io.guildhall.projections.readmodel.room.*;
import io.guildhall.projections.readmodel.search.*;
import io.guildhall.projections.readmodel.timeline.*;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A search that finds one document of each kind, and the language services that it needs. */
final class SampleSearch {
    static final Search SEARCH = new Search() {
        @Override
        public CompletionStage<Results<Hit>> find(Query query, Page.Request page, boolean withFacets) {
            return query.words().equals("xyzzy")
                    ? completedFuture(new Results<>(new Page<>(List.of(), Optional.empty()), Optional.empty()))
                    : found(new Hit(id(query.filter().kind()), 0.8, OptionalDouble.of(0.9), 0.2));
        }

        @Override
        public CompletionStage<Offers> offersOf(String freelancerId) {
            return completedFuture(new Offers(List.of("logo"), List.of()));
        }

        @Override
        public CompletionStage<Results<ListedDocument>> browse(Filter filter, Page.Request page, boolean withFacets) {
            return found(new ListedDocument(id(filter.kind()), AT));
        }
    };

    private SampleSearch() {}

    static CompletionStage<QueryInterpreter.Interpretation> interpret(String text) {
        var queryVector = new QueryEmbedder.QueryVector("toy", new float[] {1, 0});
        var meant = text.replace("lgo", "logo");
        return completedFuture(new QueryInterpreter.Interpretation(
                meant,
                !meant.equals(text),
                List.of("Logo design", "Chess"),
                List.of(),
                Optional.of(queryVector).filter(_ -> !text.contains("outage")),
                text.contains("outage")));
    }

    static CompletionStage<Optional<List<JobTitles.TitleMatch>>> titles(String title, int limit) {
        var match = new JobTitles.TitleMatch("Logo design", "Brand designer", 0.9);
        return completedFuture(title.equals("early") ? Optional.empty() : Optional.of(List.of(match)));
    }

    /** A taxonomy with one skill. */
    static final class OneSkill implements Skills {
        @Override
        public Optional<String> canonicalName(String free) {
            return Optional.of("Logo design").filter(_ -> free.equalsIgnoreCase("logo"));
        }

        @Override
        public List<String> suggestions(String free) {
            return List.of("Logo design");
        }

        @Override
        public Set<String> spellings(String free) {
            return canonicalName(free).isPresent() ? Set.of("logo", "logo design") : Set.of(free);
        }

        @Override
        public List<SkillCategory> categories() {
            return List.of(new SkillCategory("graphic-design", "Graphic design", "Logos and layouts."));
        }

        @Override
        public List<KnownSkill> startingWith(String text, int max) {
            return List.of(new KnownSkill("Logo design", "graphic-design"));
        }

        @Override
        public Coverage coverage(Collection<String> wanted, Collection<String> offered) {
            return new Coverage(List.of("Logo design"), List.of(), List.of("Chess"));
        }
    }

    private static <T> CompletionStage<Search.Results<T>> found(T row) {
        var facets = new Facets(
                1,
                Map.of("category", List.of(new Facets.ValueCount("design", 1))),
                List.of(new Facets.PriceSummary("USD", 1, 10_00, 10_00, 10_00)),
                List.of(new Facets.DeliveryDaysCount(7, 1)));
        return page(row).thenApply(page -> new Search.Results<>(page, Optional.of(facets)));
    }

    /** Has data for one skill only. */
    static MarketAnalysis analysis(MarketAnalyses.Request request) {
        boolean isLogo = request.spellings().contains("logo");
        var read = new MarketAnalysis.SamplePart(isLogo ? 1 : 0, true, Optional.of(AT), Optional.of(AT));
        var few = new MarketAnalysis.Quantiles("USD", 1, Optional.empty(), Optional.of("Few."));
        var share = new MarketAnalysis.SkillShare("Chess", request.sampleSize(), 1);
        var week = new MarketAnalysis.TrendWeek(
                LocalDate.parse("2026-11-23"),
                false,
                OptionalInt.of(request.weeks()),
                OptionalInt.empty(),
                OptionalInt.of(0),
                List.of(TEN));
        return new MarketAnalysis(
                new MarketAnalysis.Sample(read, read, read),
                new MarketAnalysis.Demand(1, 1, List.of(few), List.of(), Optional.of(1.0), Optional.empty()),
                new MarketAnalysis.Supply(1, 0, 1, List.of(few), List.of()),
                new MarketAnalysis.RelatedSkills(
                        List.of(share),
                        List.of(share),
                        List.of(new MarketAnalysis.SkillGap("Chess", 3, 1, 0, 0)),
                        Optional.empty()),
                new MarketAnalysis.Trend(List.of(week), Optional.empty(), Optional.of("Few weeks.")));
    }

    private static String id(Kind kind) {
        return switch (kind) {
            case JOB -> "job_1";
            case GIG -> "gig_1";
            case FREELANCER -> "acc_2";
        };
    }
}
