package io.guildhall.projections.process.account;

import static io.guildhall.projections.Process.on;

import io.guildhall.actors.Entities;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.account.AccountEvent.Registered;
import io.guildhall.domain.account.AccountEvent.RegistrationRepeated;
import io.guildhall.domain.account.AccountOwner;
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
import java.util.function.Function;

/**
 * Sends the e-mails of registration: the verification link, and a warning to the owner of an address that is registered
 * again. Also tells the owner of a suspension with its reason, and of its end.
 */
public final class AccountMailProcess implements Process {
    private static final String SUSPENDED = """
            Hello %s,

            Your account at Guildhall was suspended. The reason:

            %s

            Your jobs and gigs are not listed, and you cannot start anything new. You can still log in at %s to read your
            contracts and money, and to finish what has begun. Contact support to appeal.
            """;

    private static final String SUSPENSION_LIFTED = """
            Hello %s,

            Your account at Guildhall is no longer suspended. Your jobs and gigs are listed again. Log in at

            %s
            """;

    private final Entities entities;
    private final Mailer mailer;
    private final MailTokens tokens;
    private final URI publicUrl;

    public AccountMailProcess(Entities entities, Mailer mailer, MailTokens tokens, URI publicUrl) {
        this.entities = entities;
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
            case AccountEvent.Suspended e ->
                tellOwner(
                        recorded,
                        "suspended",
                        "Your account was suspended",
                        owner -> SUSPENDED.formatted(owner.name(), e.reason(), publicUrl));
            case AccountEvent.SuspensionLifted _ ->
                tellOwner(
                        recorded,
                        "suspension-lifted",
                        "Your account is no longer suspended",
                        owner -> SUSPENSION_LIFTED.formatted(owner.name(), publicUrl));
            case AccountEvent.Verified _, AccountEvent.SessionEvent _, AccountEvent.EntitlementEvent _ ->
                CommandSender.NOTHING;
        };
    }

    /** The events do not carry the owner, who never changes once the account is verified. */
    private CompletionStage<Void> tellOwner(
            Recorded<AccountEvent> recorded, String template, String subject, Function<AccountOwner, String> text) {
        var address = recorded.entityId();
        return entities.state(Account.AGGREGATE, address)
                .thenApply(account -> account.owner().orElseThrow())
                .thenCompose(owner -> mailer.send(new Mail(
                        template + "/" + address + "/" + recorded.sequence(),
                        template,
                        owner.email(),
                        subject,
                        text.apply(owner))));
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
