package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.AccountScenario.execute;
import static io.guildhall.projections.view.HireScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static io.guildhall.testing.ProfileBuilder.aProfile;
import static io.guildhall.testing.SearchBuilder.aSearchFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.AccountCommand.LiftSuspension;
import io.guildhall.domain.account.AccountCommand.Suspend;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import io.guildhall.domain.savedsearch.SavedSearchesCommand.Save;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.port.Alerts;
import io.guildhall.port.Embeddings;
import io.guildhall.port.QueryEmbedder.QueryVector;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.readmodel.gig.GigRow;
import io.guildhall.projections.readmodel.invite.InviteRow;
import io.guildhall.projections.readmodel.job.JobFilter;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.market.MarketAnalyses.Request;
import io.guildhall.projections.readmodel.market.MarketAnalysis;
import io.guildhall.projections.readmodel.proposal.ProposalRow;
import io.guildhall.projections.readmodel.review.ReviewRow;
import io.guildhall.projections.readmodel.search.Facets;
import io.guildhall.projections.readmodel.search.FreelancerRow;
import io.guildhall.projections.readmodel.search.Matches.Match;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.Hit;
import io.guildhall.projections.readmodel.search.Search.ListedDocument;
import io.guildhall.projections.readmodel.search.Search.Query;
import io.guildhall.projections.readmodel.search.Search.Results;
import io.guildhall.projections.readmodel.search.Search.Weights;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.account.AccessView;
import io.guildhall.projections.view.search.SqlAlerts;
import io.guildhall.projections.view.search.SqlEmbeddings;
import io.guildhall.testing.StubSkills;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What two suspended accounts offer, a client and a freelancer, is in no list that others read, and is back when the
 * suspensions are lifted. Every query of the read model is classified: a new one fails until it is.
 */
class SuspendedOffersTest {
    private static final String MODEL = "bge-small-test";
    private static final String OPEN_JOB = "job_x", JOB_OF_BOB = "job_y", GIG = "gig_1";
    /** Of the jobs of the client, and of the freelancer. */
    private static final String SKILL = "Java";

    private static final float[] VECTOR = new float[384];

    static {
        VECTOR[0] = 1;
    }

    private static final String ANN_MAIL = "ann@example.org", CLIENT_MAIL = "client@example.org";

    /** Queries for the owner of the rows, a party of them, or admins; and those that return numbers and no offers. */
    private static final Set<String> NOT_PUBLIC = Set.of(
            "AccountDirectory.search",
            "AccountDirectory.find",
            "AccountDirectory.findListing",
            "AccountDirectory.suspensions",
            "EndedSessions.since",
            "PresencePreferences.hidden",
            "PublicUsers.find",
            "ReadMarkQueries.ofRoom",
            "ReadMarkQueries.counters",
            "Suspensions.current",
            "Suspensions.find",
            "Suspensions.of",
            "Gigs.ofFreelancer",
            "Invites.sentBy",
            "Jobs.ofClient",
            "Proposals.ofFreelancer",
            "Contracts.ofParty",
            "Contracts.heldMilestones",
            "HeldReleases.waiting",
            "Audits.summary",
            "Discrepancies.all",
            "Discrepancies.unsettled",
            "Timeline.ofContract",
            "Ledger.ofContract",
            "Ledger.accounts",
            "Ledger.trialBalance",
            "OperatorTasks.open",
            "OperatorTasks.countOpen",
            "AdminLog.list",
            "DataExportQueries.of",
            "DataExportQueries.find",
            "RoomExports.request",
            "RoomExports.find",
            "RoomExports.findByFile",
            "Messages.ofRoom",
            "Blocks.by",
            "AbuseReports.all",
            "AbuseReports.open",
            "Messages.before",
            "Messages.after",
            "Messages.around",
            "Messages.revisions",
            "Messages.searchRoom",
            "Messages.searchRoomsOf",
            "RoomList.ofAccount",
            "Reviews.ofContract",
            "Notifications.ofAccount",
            "WebhookDeliveries.ofWebhook",
            "WebhookDeliveries.find",
            "WebhookDeliveries.kinds",
            "Notifications.ofEntry",
            "Notifications.trace",
            "Notifications.traceOfAccount",
            "Notifications.traceOfEvent",
            "Search.offersOf",
            "Records.of");

    private final ViewFixture fixture = new ViewFixture();
    private final SqlEmbeddings embeddings = new SqlEmbeddings(new ReadDatabase(fixture.database, 4));
    private final Alerts alerts = new SqlAlerts(new ReadDatabase(fixture.database, 4));
    private final ReadModel read = fixture.readModel;
    private final EventStory story = hireAndPay("A job", "Letter");

    /** Each query that shows offers to others, with what it shows of the two accounts. */
    private Map<String, Supplier<List<String>>> publicLists() {
        return Map.ofEntries(
                list("Jobs.open", () -> ids(read.jobs().open(JobFilter.ALL, firstPage(10)), JobRow::id)),
                list("Jobs.open, of ids", () -> ids(read.jobs().open(List.of(OPEN_JOB)), JobRow::id)),
                list("Gigs.active", () -> ids(read.gigs().active(List.of(GIG)), GigRow::id)),
                list("Gigs.activeOf", () -> ids(read.gigs().activeOf(ANN, firstPage(10)), GigRow::id)),
                list(
                        "Proposals.ofJob",
                        () -> ids(read.proposals().ofJob(JOB, firstPage(10)), ProposalRow::freelancerId)),
                list("Invites.receivedBy", () -> ids(read.invites().receivedBy(ANN, firstPage(10)), InviteRow::id)),
                list("Reviews.about", () -> ids(read.reviews().about(ANN, firstPage(10)), ReviewRow::id)),
                list("Search.find", () -> ofAllKinds(kind -> ids(find(kind).page(), Hit::id))),
                list("Search.browse", () -> ofAllKinds(kind -> ids(browse(kind).page(), ListedDocument::id))),
                list(
                        "Search.find, facets",
                        () -> ofAllKinds(kind -> counted(documents(find(kind).facets())))),
                list(
                        "Search.browse, facets",
                        () -> ofAllKinds(kind -> counted(documents(browse(kind).facets())))),
                list("Freelancers.listed", () -> ids(read.freelancers().listed(List.of(ANN)), FreelancerRow::id)),
                list("Matches.forJob", () -> ids(matches(), Match::freelancerId)),
                list(
                        "MarketAnalyses.analyse",
                        () -> counted(analysis().sample().jobs().count())),
                list(
                        "MarketAnalyses.analyse, supply",
                        () -> counted(analysis().supply().users())),
                list("Alerts.matches", this::alertedDocuments));
    }

    private static Map.Entry<String, Supplier<List<String>>> list(String query, Supplier<List<String>> shown) {
        return Map.entry(query, shown);
    }

    private static <T> List<String> ids(CompletionStage<?> rows, Function<T, String> id) {
        return ids(result(rows), id);
    }

    @SuppressWarnings("unchecked")
    private static <T> List<String> ids(Object rows, Function<T, String> id) {
        var list = rows instanceof Page<?> page ? page.items() : (List<?>) rows;
        return list.stream()
                .map(it -> id.apply((T) it))
                .filter(it -> !Set.of(BOB, CARL, JOB_OF_BOB).contains(it))
                .toList();
    }

    private static List<String> ofAllKinds(Function<Kind, List<String>> shown) {
        return Arrays.stream(Kind.values())
                .flatMap(it -> shown.apply(it).stream())
                .toList();
    }

    private static List<String> counted(long count) {
        return Collections.nCopies(Math.toIntExact(count), "one");
    }

    private static long documents(Optional<Facets> facets) {
        return facets.orElseThrow().documents();
    }

    private Results<Hit> find(Kind kind) {
        var vector = List.of(new QueryVector(MODEL, VECTOR));
        var query = new Query("", List.of(), List.of(), vector, Weights.FOR_QUERY, filter(kind));
        return result(read.search().find(query, firstPage(10), true));
    }

    private Results<ListedDocument> browse(Kind kind) {
        return result(read.search().browse(filter(kind), firstPage(10), true));
    }

    /** Without what Bob offers. */
    private static Filter filter(Kind kind) {
        return Filter.anyOf(kind).newTo(BOB);
    }

    private Page<Match> matches() {
        return result(read.matches().forJob(JOB_OF_BOB, firstPage(10))).orElseThrow();
    }

    private MarketAnalysis analysis() {
        var skills = new StubSkills() {
            @Override
            public Optional<String> canonicalName(String text) {
                return Optional.of(text);
            }
        };
        return result(read.analyses().analyse(new Request(Set.of(SKILL), skills, 100, 4, story.now)));
    }

    private List<String> alertedDocuments() {
        var batch = new Alerts.Batch.Documents(List.of(OPEN_JOB));
        return result(alerts.matches(MODEL, batch, Optional.empty(), 10)).stream()
                .map(Alerts.Match::documentId)
                .toList();
    }

    @BeforeEach
    void fill() {
        revealReviews(story);
        AccountScenario.active(story, CLIENT, CLIENT_MAIL);
        AccountScenario.active(story, ANN, ANN_MAIL);
        story.execute(Profile.AGGREGATE, ANN, new ProfileCommand.Create("ann", "Ann", "DE"))
                .execute(
                        Profile.AGGREGATE,
                        ANN,
                        new ProfileCommand.Edit(1, aProfile().withSkills(SKILL).build()));
        GigScenario.addAll(story, "A gig");
        InviteScenario.addAll(story, "A boat");
        SavedSearchScenario.execute(
                story,
                BOB,
                new Save(SavedSearchScenario.search(
                        "srch_1", "Jobs", aSearchFor(Kind.JOB).build())));
        post(OPEN_JOB, CLIENT, SKILL);
        post(JOB_OF_BOB, BOB, "Cobol");
        fixture.apply(story.events());
        embed();
    }

    private void post(String id, String client, String skill) {
        story.execute(Job.AGGREGATE, id, new JobCommand.Post(client, details("Work", "Design", skill), true));
    }

    /** Embeds what is listed, and the saved search. */
    private void embed() {
        result(embeddings.register(MODEL));
        result(alerts.register(MODEL));
        var texts = result(embeddings.claim(MODEL, 100));
        result(embeddings.store(
                MODEL,
                texts.stream()
                        .map(it -> new Embeddings.Vector(it.id(), it.hash(), VECTOR))
                        .toList()));
        result(embeddings.activateIfComplete(MODEL));
        result(alerts.storeSearches(
                MODEL,
                result(alerts.pendingSearches(10)).stream()
                        .map(it -> new Alerts.EmbeddedSearch(it, Optional.empty(), List.of()))
                        .toList()));
    }

    private void suspendBoth() {
        for (var account : List.of(CLIENT, ANN)) execute(story, account, new Suspend("acc_root", "Spam"));
    }

    private void liftBoth() {
        for (var account : List.of(CLIENT, ANN)) execute(story, account, new LiftSuspension("acc_root", "Checked"));
    }

    @Test
    void everyPublicListIsWithoutThemUntilTheSuspensionsAreLifted() {
        var before = shown();
        assertThat(before)
                .allSatisfy((query, shown) -> assertThat(shown).as(query).isNotEmpty());

        suspendBoth();
        fixture.apply(story.events());
        embed();
        assertThat(shown())
                .allSatisfy((query, shown) -> assertThat(shown).as(query).isEmpty());

        liftBoth();
        fixture.apply(story.events());
        embed();
        assertThat(shown()).isEqualTo(before);
    }

    /** Also before the search has unlisted the documents. */
    @Test
    void listsReadTheSuspensionsThemselves() {
        suspendBoth();
        fixture.apply(new AccessView(), story.events());
        assertThat(shown())
                .allSatisfy((query, shown) -> assertThat(shown).as(query).isEmpty());
    }

    private Map<String, List<String>> shown() {
        return publicLists().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().get()));
    }

    @Test
    void everyQueryIsClassified() {
        var publicQueries = publicLists().keySet().stream()
                .map(it -> it.replaceAll(",.*", ""))
                .filter(it -> !it.startsWith("Alerts."));
        var queries = Arrays.stream(ReadModel.class.getRecordComponents())
                .map(RecordComponent::getType)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                        .map(method -> type.getSimpleName() + "." + method.getName()))
                .collect(Collectors.toSet());
        assertThat(Stream.concat(publicQueries, NOT_PUBLIC.stream()).distinct())
                .containsExactlyInAnyOrderElementsOf(queries);
    }
}
