package io.guildhall.http.route.search;

import static io.guildhall.domain.account.Role.FREELANCER;
import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.route.search.Finder.Source;
import io.guildhall.port.Queries;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.FreelancerRow;
import io.guildhall.projections.readmodel.GigRow;
import io.guildhall.projections.readmodel.JobRow;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.readmodel.Search.Kind;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What can be found by meaning and by words. */
public final class SearchEndpoints {
    private static final String RATING = "of the freelancer's reviews, on average, 1 to 5";

    private final Finder finder;
    private final Source<JobRow> jobs;
    private final Source<GigRow> gigs;
    private final Source<FreelancerRow> freelancers;

    public SearchEndpoints(ReadModel lists, Queries queries, Skills skills) {
        this.finder = new Finder(lists.search(), queries, skills);
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
                        .gives(200, FoundJobs.class)
                        .handledBy(this::findJobs),
                Filters.narrowed(get(
                                "/api/jobs/feed",
                                "Open jobs that suit your profile and gigs, and that you have not answered"))
                        .by(FREELANCER)
                        .asks("category", "of this category alone")
                        .gives(200, FoundJobs.class)
                        .handledBy(this::feed),
                Filters.asked(get("/api/gigs/search", "Gigs by meaning and words; without q the latest first"))
                        .asks("category", "of this category alone")
                        .asks("deliveryDays", "with a package that takes so many days at most")
                        .asks("ratingAtLeast", RATING)
                        .gives(200, FoundGigs.class)
                        .handledBy(this::findGigs),
                Filters.asked(get("/api/freelancers/search", "Freelancers by meaning and words; without q the latest"))
                        .asks("ratingAtLeast", RATING)
                        .asks("available", "yes: only who says that they are to be had, wholly or partly")
                        .gives(200, FoundFreelancers.class)
                        .handledBy(this::findFreelancers));
    }

    private CompletionStage<FoundJobs> findJobs(Call<Void> call) {
        return finder.find(call, jobs).thenApply(FoundJobs::of);
    }

    private CompletionStage<FoundJobs> feed(Call<Void> call) {
        return finder.suiting(call, jobs, call.caller().id()).thenApply(FoundJobs::of);
    }

    private CompletionStage<FoundGigs> findGigs(Call<Void> call) {
        return finder.find(call, gigs).thenApply(FoundGigs::of);
    }

    private CompletionStage<FoundFreelancers> findFreelancers(Call<Void> call) {
        return finder.find(call, freelancers).thenApply(FoundFreelancers::of);
    }
}
