package io.guildhall.projections.view;

import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.abusereport.AbuseReportView;
import io.guildhall.projections.view.abusereport.SqlAbuseReports;
import io.guildhall.projections.view.account.AccessView;
import io.guildhall.projections.view.account.AccountDetailsView;
import io.guildhall.projections.view.account.AccountView;
import io.guildhall.projections.view.account.SqlAccess;
import io.guildhall.projections.view.account.SqlAccountDirectory;
import io.guildhall.projections.view.admin.AdminLogView;
import io.guildhall.projections.view.admin.SqlAdminLog;
import io.guildhall.projections.view.audit.AuditView;
import io.guildhall.projections.view.audit.SqlAudits;
import io.guildhall.projections.view.contact.BlockView;
import io.guildhall.projections.view.contact.SqlBlocks;
import io.guildhall.projections.view.contract.ContractView;
import io.guildhall.projections.view.contract.HeldReleaseView;
import io.guildhall.projections.view.contract.SqlContracts;
import io.guildhall.projections.view.contract.SqlHeldReleases;
import io.guildhall.projections.view.dataexport.DataExportQueueView;
import io.guildhall.projections.view.dataexport.SqlDataExports;
import io.guildhall.projections.view.discrepancy.DiscrepancyView;
import io.guildhall.projections.view.discrepancy.SqlDiscrepancies;
import io.guildhall.projections.view.gig.GigView;
import io.guildhall.projections.view.gig.SqlGigs;
import io.guildhall.projections.view.invite.InviteView;
import io.guildhall.projections.view.invite.SqlInvites;
import io.guildhall.projections.view.job.JobView;
import io.guildhall.projections.view.job.SqlJobs;
import io.guildhall.projections.view.ledger.LedgerView;
import io.guildhall.projections.view.ledger.SqlLedger;
import io.guildhall.projections.view.market.SqlMarketAnalyses;
import io.guildhall.projections.view.notification.NotificationTiming;
import io.guildhall.projections.view.notification.NotificationView;
import io.guildhall.projections.view.notification.SqlNotifications;
import io.guildhall.projections.view.operatortask.OperatorTaskView;
import io.guildhall.projections.view.operatortask.SqlOperatorTasks;
import io.guildhall.projections.view.preference.NotificationPreferenceView;
import io.guildhall.projections.view.preference.PresencePreferenceView;
import io.guildhall.projections.view.preference.SqlPresencePreferences;
import io.guildhall.projections.view.profile.PublicUserView;
import io.guildhall.projections.view.profile.SqlPublicUsers;
import io.guildhall.projections.view.proposal.ProposalView;
import io.guildhall.projections.view.proposal.SqlProposals;
import io.guildhall.projections.view.record.RecordView;
import io.guildhall.projections.view.record.SqlRecords;
import io.guildhall.projections.view.review.ReviewView;
import io.guildhall.projections.view.review.SqlReviews;
import io.guildhall.projections.view.room.MessageView;
import io.guildhall.projections.view.room.RoomListView;
import io.guildhall.projections.view.room.SqlMessages;
import io.guildhall.projections.view.room.SqlReadMarkQueries;
import io.guildhall.projections.view.room.SqlRoomExports;
import io.guildhall.projections.view.room.SqlRoomList;
import io.guildhall.projections.view.savedsearch.SavedSearchView;
import io.guildhall.projections.view.search.SearchView;
import io.guildhall.projections.view.search.SqlFreelancers;
import io.guildhall.projections.view.search.SqlMatches;
import io.guildhall.projections.view.search.SqlSearch;
import io.guildhall.projections.view.timeline.SqlTimeline;
import io.guildhall.projections.view.timeline.TimelineView;
import io.guildhall.projections.view.webhook.SqlWebhookDeliveries;
import io.guildhall.projections.view.webhook.WebhookView;
import java.util.List;

/** The list of all views, and the queries over their tables. */
public final class Views {
    private Views() {}

    public static List<View> all() {
        return all(NotificationTiming.STANDARD);
    }

    public static List<View> all(NotificationTiming notifications) {
        return List.of(
                new AccountView(),
                new AccountDetailsView(),
                new PublicUserView(),
                new AccessView(),
                new AdminLogView(),
                new DataExportQueueView(),
                new GigView(),
                new InviteView(),
                new JobView(),
                new ProposalView(),
                new ContractView(),
                new HeldReleaseView(),
                new TimelineView(),
                new LedgerView(),
                new AuditView(),
                new DiscrepancyView(),
                new OperatorTaskView(),
                new MessageView(),
                new RoomListView(),
                new BlockView(),
                new AbuseReportView(),
                new PresencePreferenceView(),
                new NotificationPreferenceView(),
                new ReviewView(),
                new NotificationView(notifications),
                new SearchView(),
                new RecordView(),
                new SavedSearchView(),
                new WebhookView());
    }

    public static ReadModel readModel(ReadDatabase database) {
        return readModel(database, database);
    }

    /** @param searches for searches of messages, with its own limit of concurrent queries */
    public static ReadModel readModel(ReadDatabase database, ReadDatabase searches) {
        var access = new SqlAccess(database);
        var records = new SqlRecords(database);
        return new ReadModel(
                new SqlAccountDirectory(database),
                new SqlPublicUsers(database),
                access,
                access,
                new SqlGigs(database),
                new SqlInvites(database),
                new SqlJobs(database),
                new SqlProposals(database),
                new SqlContracts(database),
                new SqlHeldReleases(database),
                new SqlTimeline(database),
                new SqlLedger(database),
                new SqlAudits(database),
                new SqlDiscrepancies(database),
                new SqlOperatorTasks(database),
                new SqlMessages(database, searches),
                new SqlRoomList(database),
                new SqlReadMarkQueries(database),
                new SqlRoomExports(database),
                new SqlDataExports(database),
                new SqlAdminLog(database),
                new SqlBlocks(database),
                new SqlAbuseReports(database),
                new SqlPresencePreferences(database),
                new SqlReviews(database),
                new SqlNotifications(database),
                new SqlWebhookDeliveries(database),
                new SqlSearch(database),
                new SqlMatches(database, records),
                new SqlFreelancers(database),
                records,
                new SqlMarketAnalyses(database));
    }
}
