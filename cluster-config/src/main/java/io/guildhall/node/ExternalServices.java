package io.guildhall.node;

import io.guildhall.adapter.cloudinary.CloudinaryFileStore;
import io.guildhall.adapter.local.LocalFileStore;
import io.guildhall.adapter.postgres.OutboxMailer;
import io.guildhall.adapter.sandbox.SandboxProvider;
import io.guildhall.adapter.sandbox.SandboxSettings;
import io.guildhall.node.Database.Part;
import io.guildhall.port.FileStore;
import io.guildhall.port.MailTokens;
import java.security.SecureRandom;
import java.util.List;
import org.apache.pekko.cluster.typed.Cluster;

/** The adapters of payments, files and e-mail that the settings choose. */
record ExternalServices(Payments payments, FileStore files, Mail mail) {

    /** Used in addition to those for calls to the sandbox. */
    static final int WEBHOOK_CONNECTIONS = 1;

    record Payments(SandboxProvider provider, SandboxSettings settings) {}

    /** @param tokens sign the links in e-mails */
    record Mail(OutboxMailer mailer, MailTokens tokens) {}

    static ExternalServices open(NodeContext context, Database database) {
        return new ExternalServices(
                payments(context, database),
                context.openParts().add(files(context)),
                new Mail(
                        new OutboxMailer(database.pool(Part.MAIL), database.connections(Part.MAIL), context.clock()),
                        new MailTokens(context.settings().secret())));
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
        return settings.cloudinary()
                .<FileStore>map(account -> new CloudinaryFileStore(account, context.clock()))
                .orElseGet(() -> new LocalFileStore(
                        settings.dataFolder().resolve("files"),
                        settings.http().publicUrl(),
                        settings.secret(),
                        context.clock()));
    }
}
