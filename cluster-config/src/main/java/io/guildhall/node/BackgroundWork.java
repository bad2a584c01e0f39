package io.guildhall.node;

import io.guildhall.actors.ChangeSignal;
import io.guildhall.adapter.sandbox.SandboxWebhooks;
import io.guildhall.adapter.webhook.HttpWebhookSender;
import io.guildhall.ai.job.JobRunner;
import io.guildhall.ai.job.alert.AlertDependencies;
import io.guildhall.ai.job.alert.AlertJob;
import io.guildhall.ai.job.alert.AlertSender;
import io.guildhall.ai.job.embed.EmbeddingJob;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.node.Database.Part;
import io.guildhall.port.MailAddresses;
import io.guildhall.projections.Process;
import io.guildhall.projections.Schedule;
import io.guildhall.projections.attachment.UnattachedFiles;
import io.guildhall.projections.audit.Auditor;
import io.guildhall.projections.export.ExportReports;
import io.guildhall.projections.export.Exporter;
import io.guildhall.projections.export.owndata.OwnDataWriter;
import io.guildhall.projections.export.room.RoomExportWriter;
import io.guildhall.projections.export.room.SqlRoomSource;
import io.guildhall.projections.notify.delivery.EmailDelivery;
import io.guildhall.projections.notify.delivery.MessageNotifications;
import io.guildhall.projections.notify.delivery.NotificationDelivery;
import io.guildhall.projections.notify.mail.MailDelivery;
import io.guildhall.projections.notify.mail.MailQueue;
import io.guildhall.projections.notify.mail.MailTemplates;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.process.Processes;
import io.guildhall.projections.process.escrow.RetryPauses;
import io.guildhall.projections.readmodel.account.AccountRow;
import io.guildhall.projections.readmodel.live.LiveSignal;
import io.guildhall.projections.relay.KafkaPublisher;
import io.guildhall.projections.relay.KafkaRelay;
import io.guildhall.projections.relay.MessageWebhooks;
import io.guildhall.projections.relay.WebhookDelivery;
import io.guildhall.projections.relay.WebhookRelay;
import io.guildhall.projections.store.Deadlines;
import io.guildhall.projections.store.EntityJournal;
import io.guildhall.projections.store.ExportTable;
import io.guildhall.projections.store.FollowerMetrics;
import io.guildhall.projections.store.Followers;
import io.guildhall.projections.store.ListChangeSweep;
import io.guildhall.projections.store.MailResults;
import io.guildhall.projections.store.MailTable;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.ViewRebuilds;
import io.guildhall.projections.store.WaitingProposalTable;
import io.guildhall.projections.store.WebhookQueue;
import io.guildhall.projections.view.Views;
import io.guildhall.projections.view.notification.NotificationTiming;
import io.guildhall.projections.view.room.RoomJournal;
import java.util.List;
import java.util.Locale;
import org.apache.pekko.cluster.typed.Cluster;

/** Everything that runs without a request: followers, deadlines, e-mails, the auditor, AI jobs and the sandbox's webhooks. */
record BackgroundWork(
        Followers followers,
        ViewRebuilds rebuilds,
        Deadlines deadlines,
        MailDelivery mails,
        WebhookDelivery outgoingWebhooks,
        NotificationDelivery notifications,
        Auditor auditor,
        Exporter exports,
        SandboxWebhooks webhooks) {

    static BackgroundWork open(NodeContext context, Parts parts, RequestsInProgress requests) {
        var open = context.openParts();
        var database = parts.database();
        var followers = open.add(new Followers(
                context.system(),
                database.pool(Part.FOLLOWERS),
                new FollowerMetrics(context.metrics(), context.clock()),
                context.loops(),
                context.settings().followerReaders()));
        var deadlines = open.add(new Deadlines(database.pool(Part.DEADLINES), context.clock(), context.loops()));
        var mails = mails(context, parts);
        var composer = composer(context, parts, mails);
        var notifications = notifications(context, parts, composer);
        var processes = processes(context, parts, deadlines, composer, notifications);
        var views = Views.all(new NotificationTiming(
                context.clock(), context.settings().mail().delays().notification()));
        views.forEach(followers::run);
        processes.forEach(followers::run);
        var outgoingWebhooks = outgoingWebhooks(context, parts, followers);
        context.settings().services().kafka().ifPresent(it -> followers.run(relay(context, it)));
        deadlines.run(processes);
        var rebuilds =
                open.add(new ViewRebuilds(context.system(), database.pool(Part.FOLLOWERS), context.loops(), views));
        var sweep = new ListChangeSweep(database.pool(Part.LIVE_EVENTS));
        if (Cluster.get(context.system()).selfMember().hasRole(Followers.ROLE))
            open.add(context.loops().start("live-entry-sweep", sweep::sweep));
        startFileSweep(context, parts);
        runAiJobs(context, parts, requests);
        var payments = parts.external().payments();
        var webhooks = open.add(new SandboxWebhooks(
                payments.provider(),
                database.pool(Part.SANDBOX),
                payments.settings(),
                context.clock(),
                context.loops()));
        return new BackgroundWork(
                followers,
                rebuilds,
                deadlines,
                mails,
                outgoingWebhooks,
                notifications,
                auditor(context, parts),
                exports(context, parts),
                webhooks);
    }

    /** Runs on the nodes that run followers. */
    private static WebhookDelivery outgoingWebhooks(NodeContext context, Parts parts, Followers followers) {
        var settings = context.settings();
        var queue = new WebhookQueue(parts.database().pool(Part.WEBHOOKS));
        var sender = context.openParts()
                .add(new HttpWebhookSender(
                        settings.webhooks().targets(), settings.webhooks().timeouts(), WebhookDelivery.MAX_CONCURRENT));
        var delivery = context.openParts()
                .add(new WebhookDelivery(
                        queue,
                        sender,
                        parts.external().webhookSecrets(),
                        parts.writeSide().entities(),
                        parts.suspended(),
                        context.clock(),
                        context.metrics()));
        followers.run(new WebhookRelay(queue, delivery::wake, context.clock()));
        if (Cluster.get(context.system()).selfMember().hasRole(Followers.ROLE)) delivery.start(context.loops());
        return delivery;
    }

    private static KafkaRelay relay(NodeContext context, ServiceSettings.Relay settings) {
        var publisher = context.openParts().add(new KafkaPublisher(context.system(), settings.kafka()));
        return new KafkaRelay(publisher, settings.start());
    }

    /** The auditor runs on the nodes that run followers. */
    private static Auditor auditor(NodeContext context, Parts parts) {
        var self = Cluster.get(context.system()).selfMember();
        var auditor = context.openParts()
                .add(new Auditor(
                        parts.database().pool(Part.AUDIT),
                        parts.writeSide().discrepancies(),
                        parts.providerReports(),
                        parts.external().payments().provider(),
                        context.clock(),
                        self.uniqueAddress().toString(),
                        context.settings().payments().auditHour()));
        if (self.hasRole(Followers.ROLE)) auditor.start(context.loops());
        return auditor;
    }

    private static void startFileSweep(NodeContext context, Parts parts) {
        var files = context.openParts()
                .add(new UnattachedFiles(
                        parts.shared().files(),
                        parts.readSide().messages(),
                        parts.external().files(),
                        context.clock()));
        if (Cluster.get(context.system()).selfMember().hasRole(Followers.ROLE)) files.start(context.loops());
    }

    /** Runs on the nodes that run followers. */
    private static Exporter exports(NodeContext context, Parts parts) {
        var pool = parts.database().pool(Part.QUERIES);
        var database = new ReadDatabase(pool, ExportTable.CONNECTIONS);
        var files = parts.external().files();
        var entities = parts.writeSide().entities();
        var exporter = context.openParts()
                .add(new Exporter(
                        new ExportTable(pool),
                        new RoomExportWriter(
                                new SqlRoomSource(database, new RoomJournal(new EntityJournal(pool, context.system()))),
                                files::read,
                                context.settings().http().publicUrl()),
                        new OwnDataWriter(database, entities, files::read),
                        ExportReports.inJournal(entities),
                        files,
                        context.settings().dataFolder().resolve("exports"),
                        context.clock()));
        if (Cluster.get(context.system()).selfMember().hasRole(Followers.ROLE)) exporter.start(context.loops());
        return exporter;
    }

    /** Runs on the nodes that run followers, which send e-mails. */
    private static MailDelivery mails(NodeContext context, Parts parts) {
        var mails = context.openParts()
                .add(new MailDelivery(
                        new MailTable(parts.database().pool(Part.MAIL)),
                        new MailResults(parts.database().pool(Part.MAIL)),
                        parts.external().mail().mailer(),
                        parts.writeSide().entities(),
                        context.settings().mail().limits(),
                        context.clock(),
                        context.loops(),
                        context.metrics()));
        if (Cluster.get(context.system()).selfMember().hasRole(Followers.ROLE)) mails.start();
        return mails;
    }

    private static Mails composer(NodeContext context, Parts parts, MailQueue queue) {
        var publicUrl = context.settings().http().publicUrl();
        return new Mails(
                new MailTemplates(publicUrl), queue, parts.external().mail().unsubscribeTokens(), publicUrl);
    }

    private static MailAddresses addresses(Parts parts) {
        return accountId -> parts.readSide()
                .readModel()
                .accounts()
                .find(accountId)
                .thenApply(account -> account.map(AccountRow::email));
    }

    /** Runs on the nodes that run followers. */
    private static NotificationDelivery notifications(NodeContext context, Parts parts, Mails mails) {
        var database = new ReadDatabase(parts.database().pool(Part.MAIL), NotificationDelivery.DECISION_CONCURRENCY);
        var changes = ChangeSignal.of(context.system().classicSystem());
        var delivery = context.openParts()
                .add(new NotificationDelivery(
                        database,
                        new EmailDelivery(mails, addresses(parts)),
                        new MessageNotifications(
                                context.settings().mail().delays().mail(), new MessageWebhooks()),
                        context.clock(),
                        context.loops(),
                        signals -> changes.publish(
                                signals.stream().map(LiveSignal::key).toList())));
        if (Cluster.get(context.system()).selfMember().hasRole(Followers.ROLE)) delivery.start();
        return delivery;
    }

    private static List<Process> processes(
            NodeContext context, Parts parts, Schedule schedule, Mails mails, NotificationDelivery notifications) {
        var settings = context.settings();
        var payments = settings.payments();
        var external = parts.external();
        return new Processes(
                        parts.writeSide().entities(),
                        schedule,
                        parts.suspended(),
                        context.clock(),
                        new Processes.Mail(mails, external.mail().tokens(), addresses(parts), notifications),
                        new Processes.Payments(
                                external.payments().provider(),
                                parts.paymentRecorder(),
                                parts.providerReports(),
                                payments.feeBasisPoints(),
                                payments.confirmationWindow(),
                                new RetryPauses(payments.openCallPause(), payments.refusedCallPause()),
                                kind -> count(context, kind)),
                        new Processes.Hires(
                                new WaitingProposalTable(parts.database().pool(Part.DEADLINES)),
                                settings.hires().timeLimit(),
                                settings.escrowRules()),
                        settings.roomReadOnlyAfter())
                .all();
    }

    private static void count(NodeContext context, Report.Kind kind) {
        context.metrics()
                .counter("guildhall_payment_discrepancies", "kind", kind.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    private static void runAiJobs(NodeContext context, Parts parts, RequestsInProgress requests) {
        var stored = context.metrics().counter("guildhall_embeddings_stored");
        var models = parts.models();
        var readSide = parts.readSide();
        if (JobRunner.isAiNode(context.system()))
            context.openParts()
                    .add(EmbeddingJob.start(
                            context.loops(),
                            readSide.embeddings(),
                            models.embedder(),
                            stored::increment,
                            requests::areWaiting));
        AlertJob.start(
                context.system(),
                context.loops(),
                new AlertDependencies(
                        readSide.alerts(),
                        models.embedder(),
                        models.queries(),
                        models.skills(),
                        new AlertSender(parts.writeSide().entities())));
    }

    /** Stops what calls entities without being asked, so that it does not fail while they move to other nodes. */
    void stopCallingEntities() {
        OpenParts.close(webhooks);
        OpenParts.close(auditor);
        OpenParts.close(exports);
        OpenParts.close(outgoingWebhooks);
        OpenParts.close(notifications);
        OpenParts.close(mails);
        OpenParts.close(deadlines);
    }
}
