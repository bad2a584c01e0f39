package io.guildhall.http.route;

import io.guildhall.actors.Entities;
import io.guildhall.http.auth.AuthenticationService;
import io.guildhall.http.auth.Identities;
import io.guildhall.http.auth.KeyRing;
import io.guildhall.http.auth.SessionService;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.route.abusereport.AbuseReportEndpoints;
import io.guildhall.http.route.account.AccountEndpoints;
import io.guildhall.http.route.account.SessionEndpoints;
import io.guildhall.http.route.admin.AdminEndpoints;
import io.guildhall.http.route.admin.AdminLogEndpoints;
import io.guildhall.http.route.audit.AuditEndpoints;
import io.guildhall.http.route.contact.BlockEndpoints;
import io.guildhall.http.route.contact.ConversationEndpoints;
import io.guildhall.http.route.contact.Counterparties;
import io.guildhall.http.route.contract.ContractEndpoints;
import io.guildhall.http.route.contract.HeldReleaseEndpoints;
import io.guildhall.http.route.contract.RefundEndpoints;
import io.guildhall.http.route.dataexport.DataExportEndpoints;
import io.guildhall.http.route.dev.DevEndpoints;
import io.guildhall.http.route.discrepancy.DiscrepancyEndpoints;
import io.guildhall.http.route.file.FileEndpoints;
import io.guildhall.http.route.gig.GigEndpoints;
import io.guildhall.http.route.hire.HireEndpoints;
import io.guildhall.http.route.invite.InviteEndpoints;
import io.guildhall.http.route.job.JobEndpoints;
import io.guildhall.http.route.keys.KeyEndpoints;
import io.guildhall.http.route.ledger.LedgerEndpoints;
import io.guildhall.http.route.live.LiveEndpoints;
import io.guildhall.http.route.mail.MailEndpoints;
import io.guildhall.http.route.market.AnalysisEndpoints;
import io.guildhall.http.route.market.FormEndpoints;
import io.guildhall.http.route.market.TitleEndpoints;
import io.guildhall.http.route.notification.NotificationEndpoints;
import io.guildhall.http.route.notification.NotificationMarkUpdates;
import io.guildhall.http.route.notification.NotificationTraceEndpoints;
import io.guildhall.http.route.payout.PayoutEndpoints;
import io.guildhall.http.route.preference.NotificationPreferenceEndpoints;
import io.guildhall.http.route.preference.PresenceEndpoints;
import io.guildhall.http.route.profile.HandleEndpoints;
import io.guildhall.http.route.profile.ProfileEndpoints;
import io.guildhall.http.route.proposal.ProposalEndpoints;
import io.guildhall.http.route.record.RecordEndpoints;
import io.guildhall.http.route.review.ReviewEndpoints;
import io.guildhall.http.route.room.MessageEndpoints;
import io.guildhall.http.route.room.ReadMarkUpdates;
import io.guildhall.http.route.room.RoomEndpoints;
import io.guildhall.http.route.room.RoomExportEndpoints;
import io.guildhall.http.route.room.RoomFileEndpoints;
import io.guildhall.http.route.room.RoomListEndpoints;
import io.guildhall.http.route.room.RoomModerationEndpoints;
import io.guildhall.http.route.sandbox.SandboxEndpoints;
import io.guildhall.http.route.savedsearch.SavedSearchEndpoints;
import io.guildhall.http.route.search.MatchEndpoints;
import io.guildhall.http.route.search.SearchEndpoints;
import io.guildhall.http.route.webhook.ProviderWebhookEndpoints;
import io.guildhall.http.route.webhook.WebhookEndpoints;
import io.guildhall.payment.ProviderReports;
import io.guildhall.port.FileStore;
import io.guildhall.port.JobTitles;
import io.guildhall.port.LiveTickets;
import io.guildhall.port.Mailer;
import io.guildhall.port.PaymentGateway;
import io.guildhall.port.QueryInterpreter;
import io.guildhall.port.RoomFiles;
import io.guildhall.port.Skills;
import io.guildhall.port.SuspendedAccounts;
import io.guildhall.port.UnsubscribeTokens;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.readmodel.account.Sessions;
import io.guildhall.projections.readmodel.room.CurrentMessages;
import java.util.List;
import java.util.stream.Stream;

/** The one list of endpoints. Production and tests build it from the same parts, grouped by concern. */
public record NodeEndpoints(
        Entities entities, ReadModel readModel, Accounts accounts, Language language, Files files, Payments payments) {

    public record Accounts(
            AuthenticationService authentication,
            SessionService sessionService,
            Sessions sessions,
            KeyRing keys,
            SuspendedAccounts suspended,
            UnsubscribeTokens unsubscribeTokens,
            LiveTickets tickets,
            Identities identities,
            ReadMarkUpdates readMarks,
            NotificationMarkUpdates notificationMarks,
            WebhookEndpoints.Settings webhooks) {}

    public record Language(QueryInterpreter queries, Skills skills, JobTitles titles) {}

    public record Files(FileStore store, CurrentMessages messages, RoomFiles roomFiles) {}

    /** @param feeBasisPoints the fee of the hires that start */
    public record Payments(PaymentGateway gateway, ProviderReports reports, int feeBasisPoints) {}

    /** What only a node in development has. */
    public record Development(SandboxEndpoints.Pages sandboxPages, Mailer.Outbox outbox) {}

    /** The endpoints of every node. */
    public List<Endpoint<?, ?>> all() {
        return Stream.of(accountEndpoints(), searchEndpoints(), marketEndpoints(), paymentEndpoints())
                .<Endpoint<?, ?>>flatMap(List::stream)
                .toList();
    }

    /** {@link #all} and the endpoints that show what the sandbox and the outbox hold. */
    public List<Endpoint<?, ?>> allWith(Development development) {
        return join(
                all(),
                new SandboxEndpoints(development.sandboxPages).all(),
                new DevEndpoints(development.outbox).all());
    }

    private List<Endpoint<?, ?>> accountEndpoints() {
        return join(
                new AccountEndpoints(accounts.authentication, entities).all(),
                new SessionEndpoints(accounts.sessionService, accounts.sessions).all(),
                new LiveEndpoints(accounts.tickets, accounts.identities).all(),
                new AdminEndpoints(entities, readModel.accounts(), readModel.suspensions()).all(),
                new AdminLogEndpoints(readModel.adminLog()).all(),
                new DataExportEndpoints(entities, readModel.dataExports(), accounts.authentication, files.store).all(),
                new KeyEndpoints(accounts.keys).all(),
                new ProfileEndpoints(entities, files.store, pages()).all(),
                new HandleEndpoints(entities, files.store, pages()).all(),
                new FileEndpoints(files.store).all(),
                new WebhookEndpoints(entities, readModel.webhookDeliveries(), accounts.webhooks).all(),
                new NotificationEndpoints(readModel.notifications(), accounts.notificationMarks).all(),
                new NotificationTraceEndpoints(readModel.notifications()).all(),
                new MailEndpoints(entities, accounts.unsubscribeTokens).all(),
                new PresenceEndpoints(entities).all(),
                new NotificationPreferenceEndpoints(entities).all());
    }

    private PublicPages pages() {
        return new PublicPages(accounts.suspended);
    }

    private List<Endpoint<?, ?>> searchEndpoints() {
        return join(
                new SearchEndpoints(readModel, language.queries, language.skills).all(),
                new AnalysisEndpoints(readModel.analyses(), readModel.jobs(), language.skills).all(),
                new SavedSearchEndpoints(entities).all(),
                new MatchEndpoints(entities, readModel.accounts(), readModel, language.skills).all(),
                new TitleEndpoints(language.titles).all(),
                new FormEndpoints(language.skills).all());
    }

    private List<Endpoint<?, ?>> marketEndpoints() {
        return join(
                new GigEndpoints(entities, readModel.gigs(), pages()).all(),
                new JobEndpoints(entities, readModel.jobs(), pages()).all(),
                new ProposalEndpoints(entities, readModel.proposals(), payments.feeBasisPoints).all(),
                new InviteEndpoints(entities, readModel.accounts(), readModel.invites(), payments.feeBasisPoints).all(),
                new HireEndpoints(entities).all(),
                new ContractEndpoints(entities, readModel.contracts(), readModel.timeline(), readModel.ledger()).all(),
                new RefundEndpoints(entities, readModel.contracts(), readModel.timeline()).all(),
                new HeldReleaseEndpoints(readModel.heldReleases()).all(),
                new RoomEndpoints(
                                entities,
                                readModel.messages(),
                                readModel.readMarks(),
                                accounts.readMarks,
                                files.roomFiles)
                        .all(),
                new RoomFileEndpoints(entities, files.store, files.roomFiles, files.messages, readModel.roomExports())
                        .all(),
                new RoomExportEndpoints(entities, readModel.roomExports()).all(),
                new RoomListEndpoints(entities, readModel.roomList(), readModel.messages()).all(),
                new MessageEndpoints(entities, readModel.messages(), files.messages).all(),
                new RoomModerationEndpoints(entities).all(),
                new ConversationEndpoints(entities, new Counterparties(entities, readModel.accounts())).all(),
                new BlockEndpoints(entities, readModel.accounts(), readModel.blocks()).all(),
                new AbuseReportEndpoints(entities, readModel.messages(), files.messages, readModel.abuseReports())
                        .all(),
                new ReviewEndpoints(entities, readModel.reviews()).all(),
                new RecordEndpoints(entities, readModel.records(), pages()).all());
    }

    private List<Endpoint<?, ?>> paymentEndpoints() {
        return join(
                new PayoutEndpoints(entities, payments.gateway).all(),
                new LedgerEndpoints(readModel.ledger()).all(),
                new AuditEndpoints(readModel.audits()).all(),
                new DiscrepancyEndpoints(readModel.discrepancies()).all(),
                new ProviderWebhookEndpoints(payments.gateway, payments.reports).all());
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static List<Endpoint<?, ?>> join(List<Endpoint<?, ?>>... lists) {
        return Stream.of(lists).<Endpoint<?, ?>>flatMap(List::stream).toList();
    }
}
