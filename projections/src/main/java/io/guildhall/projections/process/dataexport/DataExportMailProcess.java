package io.guildhall.projections.process.dataexport;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;

import io.guildhall.actors.Entities;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.dataexport.DataExports;
import io.guildhall.domain.dataexport.DataExportsEvent;
import io.guildhall.domain.dataexport.DataExportsEvent.*;
import io.guildhall.port.MailKind;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import io.guildhall.projections.notify.mail.MailContent;
import io.guildhall.projections.notify.mail.MailTexts;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.notify.mail.Mails.Recipient;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Notifies an account by e-mail that an export of its data is ready, or has failed. */
public final class DataExportMailProcess implements Process {
    private final Mails mails;
    private final Entities entities;

    public DataExportMailProcess(Mails mails, Entities entities) {
        this.mails = mails;
        this.entities = entities;
    }

    @Override
    public String name() {
        return "data-export-mail";
    }

    @Override
    public Start start() {
        return Start.beginning();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(DataExports.AGGREGATE, this::onEvent));
    }

    private CompletionStage<Void> onEvent(Recorded<DataExportsEvent> recorded) {
        return switch (recorded.event()) {
            case ExportRequested _ -> NOTHING;
            case ExportFinished e ->
                send(
                        MailKind.DATA_EXPORT_READY,
                        e,
                        MailTexts.dataExportReady(DataExports.ARCHIVE_LIFETIME, mails.publicUrl()));
            case ExportFailed e -> send(MailKind.DATA_EXPORT_FAILED, e, MailTexts.dataExportFailed(mails.publicUrl()));
        };
    }

    private CompletionStage<Void> send(MailKind kind, DataExportsEvent e, MailContent content) {
        return entities.state(Account.AGGREGATE, e.accountId())
                .thenCompose(account -> account.owner()
                        .map(it -> mails.send(
                                kind, kind.key() + "/" + e.exportId(), new Recipient(it.id(), it.email()), content))
                        .orElse(NOTHING));
    }
}
