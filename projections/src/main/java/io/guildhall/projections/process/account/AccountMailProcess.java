package io.guildhall.projections.process.account;

import static io.guildhall.projections.Process.on;

import io.guildhall.actors.Entities;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.account.AccountEvent.Registered;
import io.guildhall.domain.account.AccountEvent.RegistrationRepeated;
import io.guildhall.domain.account.AccountOwner;
import io.guildhall.domain.mailaddress.MailAddress;
import io.guildhall.domain.mailaddress.MailAddressCommand.Confirm;
import io.guildhall.port.MailKind;
import io.guildhall.port.MailTokens;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import io.guildhall.projections.notify.mail.MailContent;
import io.guildhall.projections.notify.mail.MailTexts;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.notify.mail.Mails.Recipient;
import io.guildhall.projections.process.CommandSender;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Sends the e-mails of registration: the verification link, and a warning to the owner of an address that is registered
 * again. Also notifies the owner of a suspension with its reason, and of its end, and confirms a verified address.
 */
public final class AccountMailProcess implements Process {
    private final Entities entities;
    private final Mails mails;
    private final MailTokens tokens;

    public AccountMailProcess(Entities entities, Mails mails, MailTokens tokens) {
        this.entities = entities;
        this.mails = mails;
        this.tokens = tokens;
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
            case Registered e ->
                send(
                        MailKind.VERIFICATION,
                        recorded.entityId() + "/" + e.nonce(),
                        e.person(),
                        MailTexts.verification(verificationLink(recorded.entityId(), e), Account.LINK_LIFETIME));
            case RegistrationRepeated e ->
                send(
                        MailKind.REGISTRATION_REPEATED,
                        recorded.entityId() + "/" + recorded.sequence(),
                        e.person(),
                        MailTexts.registrationRepeated(mails.publicUrl()));
            case AccountEvent.Suspended e ->
                notifyOwner(recorded, MailKind.SUSPENDED, MailTexts.suspended(e.reason(), mails.publicUrl()));
            case AccountEvent.SuspensionLifted _ ->
                notifyOwner(recorded, MailKind.SUSPENSION_LIFTED, MailTexts.suspensionLifted(mails.publicUrl()));
            case AccountEvent.Verified e -> confirmAddress(recorded, e);
            case AccountEvent.SessionEvent _, AccountEvent.EntitlementEvent _ -> CommandSender.NOTHING;
        };
    }

    /** The events do not carry the owner, who never changes once the account is verified. */
    private CompletionStage<Void> notifyOwner(Recorded<AccountEvent> recorded, MailKind kind, MailContent content) {
        var address = recorded.entityId();
        return entities.state(Account.AGGREGATE, address)
                .thenApply(account -> account.owner().orElseThrow())
                .thenCompose(owner -> send(kind, address + "/" + recorded.sequence(), owner, content));
    }

    private CompletionStage<Void> send(MailKind kind, String id, AccountOwner owner, MailContent content) {
        return mails.send(kind, kind.key() + "/" + id, new Recipient(owner.id(), owner.email()), content);
    }

    private CompletionStage<Void> confirmAddress(Recorded<AccountEvent> recorded, AccountEvent.Verified e) {
        return entities.execute(
                        recorded.correlation(),
                        MailAddress.AGGREGATE,
                        recorded.entityId(),
                        new Confirm(e.person().id(), e.at()))
                .thenApply(_ -> null);
    }

    private URI verificationLink(String address, Registered e) {
        var token = tokens.issue(new MailTokens.Claim(address, e.nonce()));
        return URI.create(mails.publicUrl().resolve("/verify") + "?token=" + token);
    }
}
