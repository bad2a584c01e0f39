package io.guildhall.projections.view.search;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigEvent;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.store.VersionedTable.Versioned;
import io.guildhall.projections.view.search.SearchTables.NewDocument;
import io.guildhall.projections.view.search.SearchTables.Owner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Writes the documents of all jobs, gigs and profiles. Listed are open jobs, active gigs and the profiles of
 * freelancers that contain a text, unless their owner is suspended. A document that is listed, or changed while it is,
 * is added to the queue of documents to embed; one that is unlisted loses its vector in the same transaction.
 */
public final class SearchView implements View {
    private final Documents documents;

    public SearchView() {
        this(new Documents(true));
    }

    private SearchView(Documents documents) {
        this.documents = documents;
    }

    @Override
    public String name() {
        return "search";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(SearchTables.DOCUMENT.table(), SearchTables.OWNER.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(
                on(Job.AGGREGATE, new Offers<>(documents, SearchView::job)),
                on(Gig.AGGREGATE, new Offers<>(documents, SearchView::gig)),
                on(Profile.AGGREGATE, this::profile),
                on(Account.AGGREGATE, this::account));
    }

    @Override
    public View forRebuild() {
        return new SearchView(new Documents(false));
    }

    @Override
    public void alignAfterRebuild(Connection connection) throws SQLException {
        Documents.alignIndex(connection);
    }

    @Override
    public void lock(Connection connection, List<Recorded<?>> events) throws SQLException {
        SearchLocks.lockFor(connection, events);
    }

    private static OfferChange job(JobEvent event) {
        return switch (event) {
            case JobEvent.Posted e -> new OfferChange.Posted(e.clientId(), Document.from(e.details()), e.at());
            case JobEvent.Edited e -> new OfferChange.Edited(Document.from(e.details()), e.at());
            case JobEvent.Published e -> new OfferChange.Offered(true, e.at());
            case JobEvent.FillingAbandoned e -> new OfferChange.Offered(true, e.at());
            case JobEvent.FillingStarted e -> new OfferChange.Offered(false, e.at());
            case JobEvent.Hired e -> new OfferChange.Offered(false, e.at());
            case JobEvent.Closed e -> new OfferChange.Offered(false, e.at());
            case JobEvent.Completed _, JobEvent.Cancelled _, JobEvent.CountEvent _ -> new OfferChange.None();
        };
    }

    private static OfferChange gig(GigEvent event) {
        return switch (event) {
            case GigEvent.Posted e -> new OfferChange.Posted(e.freelancerId(), Document.from(e.details()), e.at());
            case GigEvent.Edited e -> new OfferChange.Edited(Document.from(e.details()), e.at());
            case GigEvent.Published e -> new OfferChange.Offered(true, e.at());
            case GigEvent.Paused e -> new OfferChange.Offered(false, e.at());
            case GigEvent.Archived e -> new OfferChange.Offered(false, e.at());
        };
    }

    private void profile(Connection connection, Recorded<ProfileEvent> recorded) throws SQLException {
        var accountId = recorded.entityId();
        switch (recorded.event()) {
            case ProfileEvent.Created e ->
                documents.insertAll(
                        connection,
                        List.of(new Versioned<>(
                                new NewDocument(accountId, accountId, Document.BLANK_PROFILE, false, e.at()),
                                recorded.sequence())));
            case ProfileEvent.Edited e -> {
                documents.update(connection, recorded, Document.from(e.details()), e.at());
                documents.updateListed(connection, accountId, e.at());
            }
            case ProfileEvent.HandleChanged _ -> {}
        }
    }

    private void account(Connection connection, Recorded<AccountEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case AccountEvent.Opened e -> {
                boolean isFreelancer = e.person().roles().contains(Role.FREELANCER);
                insertOwner(connection, recorded, e.person().id(), isFreelancer, e.at());
            }
            case AccountEvent.Suspended e -> setSuspended(connection, recorded, e.accountId(), true, e.at());
            case AccountEvent.SuspensionLifted e -> setSuspended(connection, recorded, e.accountId(), false, e.at());
            case AccountEvent.SessionEvent _, AccountEvent.EntitlementEvent _ -> {}
        }
    }

    private void insertOwner(
            Connection connection, Recorded<?> recorded, String accountId, boolean isFreelancer, Instant at)
            throws SQLException {
        SearchTables.OWNER.insert(connection, recorded, new Owner(accountId, isFreelancer, false));
        documents.updateListed(connection, accountId, at);
    }

    private void setSuspended(
            Connection connection, Recorded<?> recorded, String accountId, boolean isSuspended, Instant at)
            throws SQLException {
        SearchTables.OWNER.changeRow(connection, recorded, accountId, "is_suspended = ?", isSuspended);
        documents.updateListed(connection, accountId, at);
    }
}
