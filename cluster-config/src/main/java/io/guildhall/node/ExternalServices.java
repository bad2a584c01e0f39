package io.guildhall.node;

import io.guildhall.adapter.cloudinary.CloudinaryFileStore;
import io.guildhall.adapter.local.LocalFileStore;
import io.guildhall.adapter.postgres.OutboxMailer;
import io.guildhall.adapter.sandbox.SandboxProvider;
import io.guildhall.adapter.sandbox.SandboxSettings;
import io.guildhall.adapter.smtp.DsnReader;
import io.guildhall.adapter.smtp.ReturnPaths;
import io.guildhall.adapter.smtp.SmtpMailer;
import io.guildhall.node.Database.Part;
import io.guildhall.port.BounceReports;
import io.guildhall.port.FileStore;
import io.guildhall.port.MailTokens;
import io.guildhall.port.Mailer;
import io.guildhall.port.UnsubscribeTokens;
import io.guildhall.port.WebhookSecrets;
import io.guildhall.projections.notify.mail.MailDelivery;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.cluster.typed.Cluster;

/** The adapters of payments, files and e-mail that the settings choose. */
record ExternalServices(Payments payments, FileStore files, Mail mail, WebhookSecrets webhookSecrets) {

    /** Used in addition to those for calls to the sandbox. */
    static final int WEBHOOK_CONNECTIONS = 1;

    /** Connections in addition to those for the queue of e-mails. */
    static final int OUTBOX_CONNECTIONS = 2;

    record Payments(SandboxProvider provider, SandboxSettings settings) {}

    /**
     * @param outbox in development only
     * @param tokens tokens of the links that verify an address
     * @param unsubscribeTokens tokens of the links that stop e-mails
     */
    record Mail(
            Mailer mailer,
            Optional<Mailer.Outbox> outbox,
            BounceReports bounces,
            MailTokens tokens,
            UnsubscribeTokens unsubscribeTokens) {}

    static ExternalServices open(NodeContext context, Database database) {
        return new ExternalServices(
                payments(context, database),
                context.openParts().add(files(context)),
                mail(context, database),
                new WebhookSecrets(context.settings().secret()));
    }

    private static Mail mail(NodeContext context, Database database) {
        var settings = context.settings();
        var returnPaths = new ReturnPaths(settings.secret());
        var outbox = new OutboxMailer(database.pool(Part.MAIL), OUTBOX_CONNECTIONS, context.clock());
        return new Mail(
                settings.mail()
                        .smtp()
                        .<Mailer>map(it ->
                                new SmtpMailer(it.server(), it.sender(), returnPaths, MailDelivery.MAX_CONCURRENT))
                        .orElse(outbox),
                Optional.<Mailer.Outbox>of(outbox).filter(_ -> settings.isDevelopment()),
                new DsnReader(returnPaths),
                new MailTokens(settings.secret()),
                new UnsubscribeTokens(settings.secret()));
    }

    private static Payments payments(NodeContext context, Database database) {
        var settings = SandboxSettings.withDefaults(
                        Cluster.get(context.system()).selfMember().address().toString(),
                        context.settings().http().publicUrl(),
                        List.of("sandbox-webhook/" + context.settings().secret()))
                .withMaxConcurrentCalls(database.connections(Part.SANDBOX) - WEBHOOK_CONNECTIONS);
        return new Payments(
                new SandboxProvider(database.pool(Part.SANDBOX), settings, context.clock(), new SecureRandom()),
                settings);
    }

    private static FileStore files(NodeContext context) {
        var settings = context.settings();
        return settings.files()
                .cloudinary()
                .<FileStore>map(account -> new CloudinaryFileStore(account, context.clock()))
                .orElseGet(() -> new LocalFileStore(
                        settings.dataFolder().resolve("files"),
                        settings.http().publicUrl(),
                        settings.secret(),
                        context.clock()));
    }
}
