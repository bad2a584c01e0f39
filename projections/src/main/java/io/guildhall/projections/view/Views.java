package io.guildhall.projections.view;

import io.guildhall.projections.View;
import io.guildhall.projections.notify.InAppView;
import io.guildhall.projections.notify.SqlNotifications;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.store.Reading;
import io.guildhall.projections.view.accounts.AccountsView;
import io.guildhall.projections.view.analysis.SqlAnalyses;
import io.guildhall.projections.view.contracts.ContractsView;
import io.guildhall.projections.view.contracts.SqlContracts;
import io.guildhall.projections.view.gigs.GigsView;
import io.guildhall.projections.view.gigs.SqlGigs;
import io.guildhall.projections.view.invites.InvitesView;
import io.guildhall.projections.view.invites.SqlInvites;
import io.guildhall.projections.view.jobs.JobsView;
import io.guildhall.projections.view.jobs.SqlJobs;
import io.guildhall.projections.view.ledger.LedgerView;
import io.guildhall.projections.view.ledger.SqlLedger;
import io.guildhall.projections.view.messages.MessagesView;
import io.guildhall.projections.view.messages.SqlMessages;
import io.guildhall.projections.view.proposals.ProposalsView;
import io.guildhall.projections.view.proposals.SqlProposals;
import io.guildhall.projections.view.record.RecordView;
import io.guildhall.projections.view.record.SqlRecords;
import io.guildhall.projections.view.reviews.ReviewsView;
import io.guildhall.projections.view.reviews.SqlReviews;
import io.guildhall.projections.view.savedsearch.SavedSearchesView;
import io.guildhall.projections.view.search.SearchView;
import io.guildhall.projections.view.search.SqlFreelancers;
import io.guildhall.projections.view.search.SqlMatches;
import io.guildhall.projections.view.search.SqlSearch;
import io.guildhall.projections.view.timeline.SqlTimeline;
import io.guildhall.projections.view.timeline.TimelineView;
import java.util.List;

/** All views there are, and what is read from them. */
public final class Views {
    private Views() {}

    public static List<View> all() {
        return List.of(
                new AccountsView(),
                new GigsView(),
                new InvitesView(),
                new JobsView(),
                new ProposalsView(),
                new ContractsView(),
                new TimelineView(),
                new LedgerView(),
                new MessagesView(),
                new ReviewsView(),
                new InAppView(),
                new SearchView(),
                new RecordView(),
                new SavedSearchesView());
    }

    public static ReadModel readModel(Reading reading) {
        return new ReadModel(
                new SqlGigs(reading),
                new SqlInvites(reading),
                new SqlJobs(reading),
                new SqlProposals(reading),
                new SqlContracts(reading),
                new SqlTimeline(reading),
                new SqlLedger(reading),
                new SqlMessages(reading),
                new SqlReviews(reading),
                new SqlNotifications(reading),
                new SqlSearch(reading),
                new SqlMatches(reading, new SqlRecords(reading)),
                new SqlFreelancers(reading),
                new SqlRecords(reading),
                new SqlAnalyses(reading));
    }
}
