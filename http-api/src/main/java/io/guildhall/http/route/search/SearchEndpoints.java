package io.guildhall.http.route.search;

import static io.guildhall.domain.account.Role.FREELANCER;
import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.route.search.SearchService.Source;
import io.guildhall.port.QueryInterpreter;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.readmodel.gig.GigRow;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.search.FreelancerRow;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Searches for jobs, gigs and freelancers by meaning and words, and the freelancer's job feed. */
public final class SearchEndpoints {
    private final SearchService searches;
    private final Source<JobRow> jobs;
    private final Source<GigRow> gigs;
    private final Source<FreelancerRow> freelancers;

    public SearchEndpoints(ReadModel readModel, QueryInterpreter interpreter, Skills skills) {
        this.searches = new SearchService(readModel.search(), interpreter, skills);
        this.jobs = new Source<>(
                Kind.JOB,
                readModel.jobs()::open,
                JobRow::id,
                job -> job.details().skills());
        this.gigs = new Source<>(
                Kind.GIG,
                readModel.gigs()::active,
                GigRow::id,
                gig -> gig.details().tags());
        this.freelancers = new Source<>(
                Kind.FREELANCER, readModel.freelancers()::listed, FreelancerRow::id, FreelancerRow::skills);
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get(
                                "/api/jobs/search",
                                "Search open jobs by meaning and words, best match first. Without q, list the newest.")
                        .queries(SearchQueries.byText(Kind.JOB))
                        .returns(200, JobSearchResults.class)
                        .handledBy(this::searchJobs),
                get(
                                "/api/jobs/feed",
                                "List open jobs that match your profile and gigs, best match first. Excludes jobs that you have applied to.")
                        .requires(FREELANCER)
                        .queries(SearchQueries.withoutText(Kind.JOB))
                        .returns(200, JobSearchResults.class)
                        .handledBy(this::feed),
                get(
                                "/api/gigs/search",
                                "Search active gigs by meaning and words, best match first. Without q, list the newest.")
                        .queries(SearchQueries.byText(Kind.GIG))
                        .returns(200, GigSearchResults.class)
                        .handledBy(this::searchGigs),
                get(
                                "/api/freelancers/search",
                                "Search freelancers by meaning and words, best match first. Without q, list the newest.")
                        .queries(SearchQueries.byText(Kind.FREELANCER))
                        .returns(200, FreelancerSearchResults.class)
                        .handledBy(this::searchFreelancers));
    }

    private CompletionStage<JobSearchResults> searchJobs(Call<Void> call) {
        return searches.search(call, jobs).thenApply(JobSearchResults::of);
    }

    private CompletionStage<JobSearchResults> feed(Call<Void> call) {
        return searches.feed(call, jobs, call.caller().id()).thenApply(JobSearchResults::of);
    }

    private CompletionStage<GigSearchResults> searchGigs(Call<Void> call) {
        return searches.search(call, gigs).thenApply(GigSearchResults::of);
    }

    private CompletionStage<FreelancerSearchResults> searchFreelancers(Call<Void> call) {
        return searches.search(call, freelancers).thenApply(FreelancerSearchResults::of);
    }
}
