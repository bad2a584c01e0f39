package io.guildhall.http.route.search;

import static io.guildhall.domain.account.Role.FREELANCER;
import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.route.search.SearchService.Source;
import io.guildhall.port.QueryInterpreter;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.readmodel.gig.GigRow;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.search.FreelancerRow;
import io.guildhall.projections.readmodel.search.Search.Kind;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What can be found by meaning and by words. */
public final class SearchEndpoints {
    private static final String RATING = "of the freelancer's reviews, on average, 1 to 5";

    private final SearchService finder;
    private final Source<JobRow> jobs;
    private final Source<GigRow> gigs;
    private final Source<FreelancerRow> freelancers;

    public SearchEndpoints(ReadModel lists, QueryInterpreter queries, Skills skills) {
        this.finder = new SearchService(lists.search(), queries, skills);
        this.jobs = new Source<>(
                Kind.JOB, lists.jobs()::open, JobRow::id, job -> job.details().skills());
        this.gigs = new Source<>(
                Kind.GIG, lists.gigs()::active, GigRow::id, gig -> gig.details().tags());
        this.freelancers =
                new Source<>(Kind.FREELANCER, lists.freelancers()::listed, FreelancerRow::id, FreelancerRow::skills);
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                Filters.asked(get("/api/jobs/search", "Open jobs by meaning and words; without q the latest first"))
                        .asks("category", "of this category alone")
                        .returns(200, JobSearchResults.class)
                        .handledBy(this::findJobs),
                Filters.narrowed(get(
                                "/api/jobs/feed",
                                "Open jobs that suit your profile and gigs, and that you have not answered"))
                        .requires(FREELANCER)
                        .asks("category", "of this category alone")
                        .returns(200, JobSearchResults.class)
                        .handledBy(this::feed),
                Filters.asked(get("/api/gigs/search", "Gigs by meaning and words; without q the latest first"))
                        .asks("category", "of this category alone")
                        .asks("deliveryDays", "with a package that takes so many days at most")
                        .asks("ratingAtLeast", RATING)
                        .returns(200, GigSearchResults.class)
                        .handledBy(this::findGigs),
                Filters.asked(get("/api/freelancers/search", "Freelancers by meaning and words; without q the latest"))
                        .asks("ratingAtLeast", RATING)
                        .asks("available", "yes: only who says that they are to be had, wholly or partly")
                        .returns(200, FreelancerSearchResults.class)
                        .handledBy(this::findFreelancers));
    }

    private CompletionStage<JobSearchResults> findJobs(Call<Void> call) {
        return finder.find(call, jobs).thenApply(JobSearchResults::of);
    }

    private CompletionStage<JobSearchResults> feed(Call<Void> call) {
        return finder.suiting(call, jobs, call.caller().id()).thenApply(JobSearchResults::of);
    }

    private CompletionStage<GigSearchResults> findGigs(Call<Void> call) {
        return finder.find(call, gigs).thenApply(GigSearchResults::of);
    }

    private CompletionStage<FreelancerSearchResults> findFreelancers(Call<Void> call) {
        return finder.find(call, freelancers).thenApply(FreelancerSearchResults::of);
    }
}
