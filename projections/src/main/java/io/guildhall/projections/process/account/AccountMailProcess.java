package io.guildhall.projections.process.account;

import static io.guildhall.projections.Process.on;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.account.AccountEvent.Registered;
import io.guildhall.domain.account.AccountEvent.RegistrationRepeated;
import io.guildhall.port.MailTokens;
import io.guildhall.port.Mailer;
import io.guildhall.port.Mailer.Mail;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import io.guildhall.projections.process.CommandSender;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Sends the e-mails of registration: the verification link, and a warning to the owner of an address that is registered
 * again.
 */
public final class AccountMailProcess implements Process {
    private final Mailer mailer;
    private final MailTokens tokens;
    private final URI publicUrl;

    public AccountMailProcess(Mailer mailer, MailTokens tokens, URI publicUrl) {
        this.mailer = mailer;
        this.tokens = tokens;
        this.publicUrl = publicUrl;
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
            case Registered e -> mailer.send(verification(recorded.entityId(), e));
            case RegistrationRepeated e -> mailer.send(alreadyRegistered(recorded, e));
            case AccountEvent.Verified _,
                    AccountEvent.SessionEvent _,
                    AccountEvent.SuspensionEvent _,
                    AccountEvent.EntitlementEvent _ -> CommandSender.NOTHING;
        };
    }

    private Mail verification(String address, Registered e) {
        var token = tokens.issue(new MailTokens.Claim(address, e.nonce()));
        return new Mail(
                "verification/" + address + "/" + e.nonce(),
                "verification",
                e.person().email(),
                "Confirm your e-mail address",
                """
                Hello %s,

                Please confirm your e-mail address within %d hours:

                %s

                If you did not register at Guildhall, you can ignore this e-mail.
                """.formatted(
                                e.person().name(),
                                Account.LINK_LIFETIME.toHours(),
                                publicUrl.resolve("/verify") + "?token=" + token));
    }

    private Mail alreadyRegistered(Recorded<AccountEvent> recorded, RegistrationRepeated e) {
        return new Mail(
                "registration-repeated/" + recorded.entityId() + "/" + recorded.sequence(),
                "registration-repeated",
                e.person().email(),
                "You already have an account",
                """
                Hello %s,

                Someone tried to register at Guildhall with this e-mail address. You already have an account. Log in at

                %s

                If this was not you, you can ignore this e-mail.
                """.formatted(e.person().name(), publicUrl));
    }
}
