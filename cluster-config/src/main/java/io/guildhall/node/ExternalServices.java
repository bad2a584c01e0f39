package io.guildhall.node;

import io.guildhall.adapter.cloudinary.CloudinaryFileStore;
import io.guildhall.adapter.local.LocalFileStore;
import io.guildhall.adapter.postgres.OutboxMailer;
import io.guildhall.adapter.sandbox.SandboxProvider;
import io.guildhall.adapter.sandbox.SandboxSettings;
import io.guildhall.port.FileStore;
import io.guildhall.port.MailTokens;
import java.security.SecureRandom;
import java.util.List;
import org.apache.pekko.cluster.typed.Cluster;

/** The adapters of payments, files and e-mail that the settings choose. */
record ExternalServices(Payments payments, FileStore files, Mail mail) {

    record Payments(SandboxProvider provider, SandboxSettings settings) {}

    /** @param tokens sign the links in e-mails */
    record Mail(OutboxMailer mailer, MailTokens tokens) {}

    static ExternalServices open(NodeContext context, Database database) {
        return new ExternalServices(
                payments(context, database),
                context.openParts().add(files(context)),
                new Mail(
                        new OutboxMailer(database.pool(), context.clock()),
                        new MailTokens(context.settings().secret())));
    }

    private static Payments payments(NodeContext context, Database database) {
        var settings = SandboxSettings.withDefaults(
                Cluster.get(context.system()).selfMember().address().toString(),
                context.settings().http().publicUrl(),
                List.of("sandbox-webhook/" + context.settings().secret()));
        return new Payments(
                new SandboxProvider(database.pool(), settings, context.clock(), new SecureRandom()), settings);
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
