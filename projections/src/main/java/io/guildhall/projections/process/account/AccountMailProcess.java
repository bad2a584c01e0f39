package io.guildhall.projections.process.account;

import static io.guildhall.projections.Process.on;

import io.guildhall.actors.Entities;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.port.MailKind;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import io.guildhall.projections.notify.mail.MailContent;
import io.guildhall.projections.notify.mail.MailTexts;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.notify.mail.Mails.Recipient;
import io.guildhall.projections.process.CommandSender;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Notifies the owner of an account of its suspension, with the reason, and of the end of the suspension. */
public final class AccountMailProcess implements Process {
    private final Entities entities;
    private final Mails mails;

    public AccountMailProcess(Entities entities, Mails mails) {
        this.entities = entities;
        this.mails = mails;
    }

    @Override
    public String name() {
        return "account-mail";
    }

    @Override
    public Start start() {
        return Start.beginning();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Account.AGGREGATE, this::onAccountEvent));
    }

    private CompletionStage<Void> onAccountEvent(Recorded<AccountEvent> recorded) {
        return switch (recorded.event()) {
            case AccountEvent.Suspended e ->
                notifyOwner(recorded, MailKind.SUSPENDED, MailTexts.suspended(e.reason(), mails.publicUrl()));
            case AccountEvent.SuspensionLifted _ ->
                notifyOwner(recorded, MailKind.SUSPENSION_LIFTED, MailTexts.suspensionLifted(mails.publicUrl()));
            case AccountEvent.Opened _, AccountEvent.SessionEvent _, AccountEvent.EntitlementEvent _ ->
                CommandSender.NOTHING;
        };
    }

    /** The events do not carry the address. The mail goes to the present one. */
    private CompletionStage<Void> notifyOwner(Recorded<AccountEvent> recorded, MailKind kind, MailContent content) {
        var id = recorded.entityId();
        return entities.state(Account.AGGREGATE, id)
                .thenApply(account -> account.owner().orElseThrow())
                .thenCompose(owner -> mails.send(
                        kind,
                        kind.key() + "/" + id + "/" + recorded.sequence(),
                        Recipient.of(id, owner.email()),
                        content));
    }
}
