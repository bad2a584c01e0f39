package io.guildhall.http.route;

import static io.guildhall.testing.GigBuilder.aGig;
import static io.guildhall.testing.InviteBuilder.anInvite;
import static io.guildhall.testing.JobBuilder.aJob;
import static io.guildhall.testing.PackageBuilder.aPackage;
import static io.guildhall.testing.TermsBuilder.someTerms;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.gig.GigPackage;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.review.Ratings;
import io.guildhall.domain.review.Side;
import io.guildhall.kernel.Money;
import io.guildhall.port.JobTitles;
import io.guildhall.port.QueryEmbedder;
import io.guildhall.port.QueryInterpreter;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.ReadModel;
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
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A read model with one row in every list; every optional component of a row is present. */
final class SampleReadModel {
    private static final Instant AT = Instant.parse("2026-11-23T15:04:05Z");
    private static final Money TEN = new Money(10_00, "USD");

    private SampleReadModel() {}

    static CompletionStage<QueryInterpreter.Interpretation> interpret(String text) {
        var asked = new QueryEmbedder.QueryVector("toy", new float[] {1, 0});
        var meant = text.replace("lgo", "logo");
        return completedFuture(new QueryInterpreter.Interpretation(
                meant, !meant.equals(text), List.of("Logo design", "Chess"), List.of(), Optional.of(asked)));
    }

    static CompletionStage<Optional<List<JobTitles.Match>>> titles(String title, int limit) {
        var match = new JobTitles.Match("Logo design", "Brand designer", 0.9);
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
        public List<String> mentionedIn(String text) {
            return text.contains("logo") ? List.of("Logo design") : List.of();
        }

        @Override
        public Coverage coverage(Collection<String> wanted, Collection<String> offered) {
            return new Coverage(List.of("Logo design"), List.of(), List.of("Chess"));
        }
    }

    static ReadModel all() {
        return new ReadModel(
                new Gigs() {
                    @Override
                    public CompletionStage<List<GigRow>> active(List<String> ids) {
                        return completedFuture(List.of(gig()));
                    }

                    @Override
                    public CompletionStage<Page<GigRow>> activeOf(String freelancerId, Page.Request page) {
                        return page(gig());
                    }

                    @Override
                    public CompletionStage<Page<GigRow>> ofFreelancer(String freelancerId, Page.Request page) {
                        return page(gig());
                    }
                },
                new Invites() {
                    @Override
                    public CompletionStage<Page<InviteRow>> sentBy(String clientId, Page.Request page) {
                        return page(invite());
                    }

                    @Override
                    public CompletionStage<Page<InviteRow>> receivedBy(String freelancerId, Page.Request page) {
                        return page(invite());
                    }
                },
                new Jobs() {
                    @Override
                    public CompletionStage<Page<JobRow>> open(JobFilter filter, Page.Request page) {
                        return page(job());
                    }

                    @Override
                    public CompletionStage<List<JobRow>> open(List<String> ids) {
                        return completedFuture(List.of(job()));
                    }

                    @Override
                    public CompletionStage<Page<JobRow>> ofClient(String clientId, Page.Request page) {
                        return page(job());
                    }
                },
                new Proposals() {
                    @Override
                    public CompletionStage<Page<ProposalRow>> ofJob(String jobId, Page.Request page) {
                        return page(proposal());
                    }

                    @Override
                    public CompletionStage<Page<ProposalRow>> ofFreelancer(String freelancerId, Page.Request page) {
                        return page(proposal());
                    }
                },
                (_, _) -> page(contract()),
                (id, _) -> page(new TimelineEntry(
                                id,
                                1,
                                AT,
                                "acc_1",
                                TimelineEntry.What.FUNDED,
                                OptionalInt.of(1),
                                "All of it",
                                Optional.of(TEN),
                                "",
                                TimelineEntry.NO_PREVIOUS,
                                "")
                        .withHash()),
                new Ledger() {
                    @Override
                    public CompletionStage<Page<Posting>> ofContract(String contractId, Page.Request page) {
                        return page(new Posting(
                                "e",
                                1,
                                AT,
                                Posting.What.HELD,
                                contractId,
                                1,
                                "provider-cash",
                                Posting.Side.DEBIT,
                                TEN));
                    }

                    @Override
                    public CompletionStage<TrialBalance> trialBalance() {
                        var balance = new Balance("provider-cash", "USD", 10_00, 10_00);
                        return completedFuture(new TrialBalance(List.of(balance), List.of(balance)));
                    }

                    @Override
                    public CompletionStage<Page<Balance>> accounts(Page.Request page) {
                        return page(new Balance("provider-cash", "USD", 10_00, 0));
                    }
                },
                (room, _) -> page(new MessageRow("msg_1", room, 1, "acc_1", "<script>alert(1)</script>", AT)),
                new Reviews() {
                    @Override
                    public CompletionStage<List<ReviewRow>> ofContract(String contractId, String readerId) {
                        return completedFuture(List.of(review(Optional.empty()), review(content())));
                    }

                    @Override
                    public CompletionStage<Page<ReviewRow>> about(String accountId, Page.Request page) {
                        return page(review(content()));
                    }
                },
                (_, _) -> page(new NotificationRow(
                        "ntf_1",
                        "WORK_SUBMITTED",
                        "Work was submitted.",
                        "",
                        List.of(Link.contract("ctr_1"), Link.milestone(1)),
                        AT)),
                new Search() {
                    @Override
                    public CompletionStage<Results<Hit>> find(Query query, Page.Request page, boolean withFacets) {
                        return query.text().equals("xyzzy")
                                ? completedFuture(
                                        new Results<>(new Page<>(List.of(), Optional.empty()), Optional.empty()))
                                : found(new Hit(id(query.kind()), 0.8, OptionalDouble.of(0.9), 0.2));
                    }

                    @Override
                    public CompletionStage<Offers> offersOf(String freelancerId) {
                        return completedFuture(new Offers(List.of("logo"), List.of()));
                    }

                    @Override
                    public CompletionStage<Results<ListedDocument>> browse(
                            Kind kind, Filter filter, Page.Request page, boolean withFacets) {
                        return found(new ListedDocument(id(kind), AT));
                    }
                },
                (jobId, _) -> {
                    var record = new RecordRow("acc_2", 1, 0, 2, 2, 1, 5, 0).score();
                    return page(new Matches.Match("acc_2", MatchScore.of(0.8, 0.6, record)))
                            .thenApply(Optional::of);
                },
                ids -> completedFuture(
                        List.of(new FreelancerRow("acc_2", "Ben", "CH", "I draw", List.of("logo"), Optional.of(TEN)))),
                ids -> completedFuture(ids.stream()
                        .map(id -> new RecordRow(id, 3, 1, 5, 4, 2, 9, 1))
                        .toList()),
                asked -> completedFuture(analysis(asked)));
    }

    private static <T> CompletionStage<Search.Results<T>> found(T row) {
        var facets = new Facets(
                1,
                Map.of("category", List.of(new Facets.Count("design", 1))),
                List.of(new Facets.Prices("USD", 1, 10_00, 10_00, 10_00)),
                List.of(new Facets.Days(7, 1)));
        return page(row).thenApply(page -> new Search.Results<>(page, Optional.of(facets)));
    }

    /** Has data for one skill only. */
    private static MarketAnalysis analysis(MarketAnalyses.Request asked) {
        boolean isLogo = asked.spellings().contains("logo");
        var read = new MarketAnalysis.SamplePart(isLogo ? 1 : 0, true, Optional.of(AT), Optional.of(AT));
        var few = new MarketAnalysis.Quantiles("USD", 1, Optional.empty(), Optional.of("Few."));
        var share = new MarketAnalysis.Share("Chess", asked.sampleSize(), 1);
        var week = new MarketAnalysis.Week(
                LocalDate.parse("2026-11-23"),
                false,
                OptionalInt.of(asked.weeks()),
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
                        List.of(new MarketAnalysis.Gap("Chess", 3, 1, 0, 0)),
                        Optional.empty()),
                new MarketAnalysis.Trend(List.of(week), Optional.empty(), Optional.of("Few weeks.")));
    }

    private static String id(Search.Kind kind) {
        return switch (kind) {
            case JOB -> "job_1";
            case GIG -> "gig_1";
            case FREELANCER -> "acc_2";
        };
    }

    private static <T> CompletionStage<Page<T>> page(T row) {
        return completedFuture(new Page<>(List.of(row), Optional.of("more")));
    }

    private static GigRow gig() {
        var basic = aPackage(GigPackage.Tier.BASIC)
                .named("Sketch")
                .priced(TEN)
                .including("One draft")
                .build();
        var details = aGig().tagged("logo")
                .withPackages(basic)
                .withMedia("acc_2/gig/1.png")
                .build();
        return new GigRow("gig_1", "acc_2", details, GigStatus.ACTIVE, 2, AT);
    }

    private static InviteRow invite() {
        var offer = someTerms().priced(TEN).buildOffer();
        var letter = anInvite()
                .from("acc_1")
                .to("acc_2")
                .offering(offer)
                .expiringAt(AT)
                .build();
        return new InviteRow(
                "inv_1-1",
                letter,
                InviteStatus.SENT,
                Optional.of(AcceptanceFailure.PAYOUT_NOT_READY),
                Optional.empty(),
                AT);
    }

    private static JobRow job() {
        var details = aJob().requiring("logo").budget(TEN).build();
        return new JobRow("job_1", "acc_1", details, JobStatus.HIRED, 2, 3, AT, Optional.of(AT), Optional.of("ctr_1"));
    }

    private static ProposalRow proposal() {
        return new ProposalRow(
                "prp_1-1",
                "job_1",
                Optional.of("A logo"),
                "acc_1",
                "acc_2",
                TestServer.TERMS,
                ProposalStatus.SHORTLISTED,
                true,
                1,
                Optional.empty(),
                Optional.empty(),
                AT,
                AT);
    }

    private static ContractRow contract() {
        return new ContractRow(
                "ctr_1",
                Optional.of("job_1"),
                Optional.empty(),
                Optional.of("inv_1-1"),
                "acc_1",
                "acc_2",
                "A logo",
                TEN,
                500,
                ContractStatus.ACTIVE,
                List.of(Milestone.pending(1, "All of it", TEN, 7)),
                AT,
                AT);
    }

    private static Optional<ReviewRow.Content> content() {
        return Optional.of(new ReviewRow.Content(new Ratings(5, 5, 5, 5, 5), "Good.", AT));
    }

    private static ReviewRow review(Optional<ReviewRow.Content> content) {
        return new ReviewRow(
                "rev_1-c",
                "ctr_1",
                "A logo",
                Side.CLIENT,
                "acc_1",
                "acc_2",
                ReviewRow.Status.WRITTEN,
                AT,
                content,
                Optional.empty());
    }
}
