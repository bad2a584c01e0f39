package io.guildhall.projections.readmodel;

import io.guildhall.projections.readmodel.abusereport.AbuseReports;
import io.guildhall.projections.readmodel.account.AccountDirectory;
import io.guildhall.projections.readmodel.account.EndedSessions;
import io.guildhall.projections.readmodel.account.Suspensions;
import io.guildhall.projections.readmodel.admin.AdminLog;
import io.guildhall.projections.readmodel.audit.Audits;
import io.guildhall.projections.readmodel.contact.Blocks;
import io.guildhall.projections.readmodel.contract.Contracts;
import io.guildhall.projections.readmodel.contract.HeldReleases;
import io.guildhall.projections.readmodel.dataexport.DataExportQueries;
import io.guildhall.projections.readmodel.discrepancy.Discrepancies;
import io.guildhall.projections.readmodel.gig.Gigs;
import io.guildhall.projections.readmodel.invite.Invites;
import io.guildhall.projections.readmodel.job.Jobs;
import io.guildhall.projections.readmodel.ledger.Ledger;
import io.guildhall.projections.readmodel.market.MarketAnalyses;
import io.guildhall.projections.readmodel.notification.Notifications;
import io.guildhall.projections.readmodel.operatortask.OperatorTasks;
import io.guildhall.projections.readmodel.preference.PresencePreferences;
import io.guildhall.projections.readmodel.profile.PublicUsers;
import io.guildhall.projections.readmodel.proposal.Proposals;
import io.guildhall.projections.readmodel.record.Records;
import io.guildhall.projections.readmodel.review.Reviews;
import io.guildhall.projections.readmodel.room.Messages;
import io.guildhall.projections.readmodel.room.ReadMarkQueries;
import io.guildhall.projections.readmodel.room.RoomExports;
import io.guildhall.projections.readmodel.room.RoomList;
import io.guildhall.projections.readmodel.search.Freelancers;
import io.guildhall.projections.readmodel.search.Matches;
import io.guildhall.projections.readmodel.search.Search;
import io.guildhall.projections.readmodel.timeline.Timeline;
import io.guildhall.projections.readmodel.webhook.WebhookDeliveries;

/**
 * The query interfaces over all tables that the views write. Results lag behind the journal by the lag of the
 * followers, usually a fraction of a second.
 */
public record ReadModel(
        AccountDirectory accounts,
        PublicUsers publicUsers,
        EndedSessions endedSessions,
        Suspensions suspensions,
        Gigs gigs,
        Invites invites,
        Jobs jobs,
        Proposals proposals,
        Contracts contracts,
        HeldReleases heldReleases,
        Timeline timeline,
        Ledger ledger,
        Audits audits,
        Discrepancies discrepancies,
        OperatorTasks operatorTasks,
        Messages messages,
        RoomList roomList,
        ReadMarkQueries readMarks,
        RoomExports roomExports,
        DataExportQueries dataExports,
        AdminLog adminLog,
        Blocks blocks,
        AbuseReports abuseReports,
        PresencePreferences presencePreferences,
        Reviews reviews,
        Notifications notifications,
        WebhookDeliveries webhookDeliveries,
        Search search,
        Matches matches,
        Freelancers freelancers,
        Records records,
        MarketAnalyses analyses) {}
