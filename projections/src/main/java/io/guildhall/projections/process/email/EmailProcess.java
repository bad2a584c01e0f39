package io.guildhall.projections.process.email;

import static io.guildhall.projections.Process.on;

import io.guildhall.actors.Entities;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountCommand.Open;
import io.guildhall.domain.email.Email;
import io.guildhall.domain.email.EmailEvent;
import io.guildhall.domain.email.EmailEvent.Registered;
import io.guildhall.domain.email.EmailEvent.RegistrationRepeated;
import io.guildhall.domain.email.EmailEvent.RequestIgnored;
import io.guildhall.domain.email.EmailEvent.Verified;
import io.guildhall.domain.mailaddress.MailAddress;
import io.guildhall.domain.mailaddress.MailAddressCommand.Confirm;
import io.guildhall.port.MailKind;
import io.guildhall.port.MailTokens;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import io.guildhall.projections.notify.mail.MailTexts;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.notify.mail.Mails.Recipient;
import io.guildhall.projections.process.CommandSender;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Sends the e-mails of registration: the verification link, and a warning to the owner of an address that is registered
 * again. Opens the account of a verified address, and confirms that the address accepts e-mail.
 */
public final class EmailProcess implements Process {
    private final CommandSender sender;
    private final Mails mails;
    private final MailTokens tokens;

    public EmailProcess(Entities entities, Mails mails, MailTokens tokens) {
        this.sender = new CommandSender(entities);
        this.mails = mails;
        this.tokens = tokens;
    }

    @Override
    public String name() {
        return "email";
    }

    @Override
    public Start start() {
        return Start.beginning();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Email.AGGREGATE, this::onEmailEvent));
    }

    private CompletionStage<Void> onEmailEvent(Recorded<EmailEvent> recorded) {
        return switch (recorded.event()) {
            case Registered e when e.isMailed() -> sendLink(recorded, e);
            case Registered _, RequestIgnored _, EmailEvent.ChangeEvent _ -> CommandSender.NOTHING;
            case RegistrationRepeated e -> warnOwner(recorded, e);
            case Verified e -> openAccount(recorded, e);
        };
    }

    private CompletionStage<Void> sendLink(Recorded<EmailEvent> recorded, Registered e) {
        var token = tokens.issue(new MailTokens.Claim(recorded.entityId(), e.nonce()));
        var link = URI.create(mails.publicUrl().resolve("/verify") + "?token=" + token);
        return mails.send(
                MailKind.VERIFICATION,
                MailKind.VERIFICATION.key() + "/" + recorded.entityId() + "/" + e.nonce(),
                Recipient.of(e.person().id(), e.person().email()),
                MailTexts.verification(link, Email.LINK_LIFETIME));
    }

    private CompletionStage<Void> warnOwner(Recorded<EmailEvent> recorded, RegistrationRepeated e) {
        return mails.send(
                MailKind.REGISTRATION_REPEATED,
                MailKind.REGISTRATION_REPEATED.key() + "/" + recorded.entityId() + "/" + recorded.sequence(),
                Recipient.of(e.accountId(), e.email()),
                MailTexts.registrationRepeated(mails.publicUrl()));
    }

    private CompletionStage<Void> openAccount(Recorded<EmailEvent> recorded, Verified e) {
        var id = e.person().id();
        return sender.send(recorded, Account.AGGREGATE, id, new Open(e.person(), e.passwordHash()))
                .thenCompose(_ ->
                        sender.send(recorded, MailAddress.AGGREGATE, recorded.entityId(), new Confirm(id, e.at())));
    }
}
