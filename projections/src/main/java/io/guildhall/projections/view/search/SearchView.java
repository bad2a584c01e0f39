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
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * What can be found: open jobs, gigs on offer, and the profiles of freelancers who say something of themselves; nothing of who is suspended. What changes, or comes into the list, waits
 * from then on to be read by the model; what leaves the list leaves the index in the same transaction.
 */
public final class SearchView implements View {
    @Override
    public String name() {
        return "search";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(
                on(Job.AGGREGATE, SearchView::job),
                on(Gig.AGGREGATE, SearchView::gig),
                on(Profile.AGGREGATE, SearchView::profile),
                on(Account.AGGREGATE, SearchView::account));
    }

    private static void job(Connection connection, Recorded<JobEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case JobEvent.Posted e ->
                Documents.insert(connection, recorded, Document.from(e.clientId(), e.details()), e.at());
            case JobEvent.Edited e -> Documents.update(connection, recorded, Document.from("", e.details()), e.at());
            case JobEvent.Published e -> Documents.setOffered(connection, recorded, true, e.at());
            case JobEvent.FillingAbandoned e -> Documents.setOffered(connection, recorded, true, e.at());
            case JobEvent.FillingStarted e -> Documents.setOffered(connection, recorded, false, e.at());
            case JobEvent.Hired e -> Documents.setOffered(connection, recorded, false, e.at());
            case JobEvent.Closed e -> Documents.setOffered(connection, recorded, false, e.at());
            case JobEvent.Completed _, JobEvent.Cancelled _, JobEvent.ProposalReceived _ -> {}
        }
    }

    private static void gig(Connection connection, Recorded<GigEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case GigEvent.Posted e ->
                Documents.insert(connection, recorded, Document.from(e.freelancerId(), e.details()), e.at());
            case GigEvent.Edited e -> Documents.update(connection, recorded, Document.from("", e.details()), e.at());
            case GigEvent.Published e -> Documents.setOffered(connection, recorded, true, e.at());
            case GigEvent.Paused e -> Documents.setOffered(connection, recorded, false, e.at());
            case GigEvent.Archived e -> Documents.setOffered(connection, recorded, false, e.at());
        }
    }

    private static void profile(Connection connection, Recorded<ProfileEvent> recorded) throws SQLException {
        var account = recorded.entityId();
        Documents.lockAccount(connection, account);
        switch (recorded.event()) {
            case ProfileEvent.Created e -> Documents.insertBlankProfile(connection, recorded, e.at());
            case ProfileEvent.Edited e -> {
                Documents.update(connection, recorded, Document.from(account, e.details()), e.at());
                Documents.updateListed(connection, account, e.at());
            }
        }
    }

    private static void account(Connection connection, Recorded<AccountEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case AccountEvent.Verified e -> {
                boolean isFreelancer = e.person().roles().contains(Role.FREELANCER);
                person(connection, recorded, e.person().id(), isFreelancer, e.at());
            }
            case AccountEvent.Suspended e -> suspended(connection, recorded, e.accountId(), true, e.at());
            case AccountEvent.SuspensionLifted e -> suspended(connection, recorded, e.accountId(), false, e.at());
            case AccountEvent.RegistrationEvent _, AccountEvent.SessionEvent _, AccountEvent.EntitlementEvent _ -> {}
        }
    }

    private static void person(
            Connection connection, Recorded<?> recorded, String account, boolean isFreelancer, Instant at)
            throws SQLException {
        Documents.lockAccount(connection, account);
        Sql.update(connection, """
                INSERT INTO search_person (account_id, is_freelancer, is_suspended, version) VALUES (?, ?, false, ?)
                ON CONFLICT (account_id) DO NOTHING
                """, account, isFreelancer, recorded.sequence());
        Documents.updateListed(connection, account, at);
    }

    private static void suspended(
            Connection connection, Recorded<?> recorded, String account, boolean isSuspended, Instant at)
            throws SQLException {
        Documents.lockAccount(connection, account);
        Sql.update(
                connection,
                "UPDATE search_person SET is_suspended = ?, version = ? WHERE account_id = ? AND version < ?",
                isSuspended,
                recorded.sequence(),
                account,
                recorded.sequence());
        Documents.updateListed(connection, account, at);
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        Sql.update(connection, "TRUNCATE search_document, search_person");
    }
}
