package io.guildhall.http.route.mail;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.actors.Entities;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.email.Email;
import io.guildhall.domain.mailaddress.MailAddress;
import io.guildhall.domain.mailaddress.MailAddressCommand;
import io.guildhall.domain.mailaddress.MailAddressCommand.UseAgain;
import io.guildhall.domain.mailaddress.MailAddressRejection;
import io.guildhall.domain.preference.Preferences;
import io.guildhall.domain.preference.PreferencesCommand;
import io.guildhall.domain.preference.PreferencesCommand.ResumeMail;
import io.guildhall.domain.preference.PreferencesCommand.StopMail;
import io.guildhall.domain.preference.PreferencesRejection;
import io.guildhall.http.auth.AuthenticationService;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.port.UnsubscribeTokens;
import io.guildhall.port.UnsubscribeTokens.Claim;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Stop and resume kinds of e-mail by the signed links in them, without a login. Read whether the caller's address accepts
 * e-mails, and use it again.
 */
public final class MailEndpoints {
    private final AggregateApi<Preferences, PreferencesCommand, PreferencesRejection> preferences;
    private final AggregateApi<MailAddress, MailAddressCommand, MailAddressRejection> addresses;
    private final Entities entities;
    private final UnsubscribeTokens tokens;

    public MailEndpoints(Entities entities, UnsubscribeTokens tokens) {
        this.preferences = new AggregateApi<>(entities, Preferences.AGGREGATE, MailEndpoints::problem);
        this.addresses = new AggregateApi<>(entities, MailAddress.AGGREGATE, MailEndpoints::problem);
        this.entities = entities;
        this.tokens = tokens;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get("/api/mail/unsubscribe/{token}", "Get the kind of e-mail that a link stops.")
                        .returns(200, MailSubscription.class)
                        .handledBy(this::read),
                post(
                                "/api/mail/unsubscribe/{token}",
                                "Stop e-mails of one kind by the link in one of them (RFC 8058). The body is ignored.")
                        .returns(200, MailSubscription.class)
                        .problems(409, "too-many-stopped-mails")
                        .handledBy(this::stop),
                post("/api/mail/resubscribe/{token}", "Resume e-mails of one kind that were stopped.")
                        .returns(200, MailSubscription.class)
                        .handledBy(this::resume),
                get("/api/me/mail-address", "Get the state of your e-mail address: whether it accepts e-mails.")
                        .requiresLogin()
                        .returns(200, MailAddressResource.class)
                        .handledBy(this::readAddress),
                post("/api/me/mail-address/use-again", "Use your e-mail address again after it has refused an e-mail.")
                        .requiresLogin()
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .returns(200, MailAddressResource.class)
                        .problems(409, "mail-refused-recently")
                        .handledBy(this::useAgain));
    }

    public record MailSubscription(String kind, String subject, boolean stopped) {}

    public record MailAddressResource(boolean acceptsMail, String reason, Optional<Instant> refusedAt) {
        static MailAddressResource of(MailAddress address) {
            return switch (address) {
                case MailAddress.Usable _ -> new MailAddressResource(true, "", Optional.empty());
                case MailAddress.Refusing it -> new MailAddressResource(false, it.reason(), Optional.of(it.since()));
            };
        }
    }

    private CompletionStage<MailSubscription> read(Call<Void> call) {
        var claim = claim(call);
        return preferences.read(claim.accountId()).thenApply(it -> subscription(claim, it));
    }

    private CompletionStage<MailSubscription> stop(Call<Void> call) {
        var claim = claim(call);
        return execute(call, claim, new StopMail(claim.kind().key()));
    }

    private CompletionStage<MailSubscription> resume(Call<Void> call) {
        var claim = claim(call);
        return execute(call, claim, new ResumeMail(claim.kind().key()));
    }

    private CompletionStage<MailSubscription> execute(Call<?> call, Claim claim, PreferencesCommand command) {
        return preferences.execute(call, claim.accountId(), command).thenApply(it -> subscription(claim, it));
    }

    private static MailSubscription subscription(Claim claim, Preferences preferences) {
        var kind = claim.kind();
        return new MailSubscription(kind.key(), kind.subject(), !preferences.wantsMail(kind.key()));
    }

    /** An invalid token gets the same response as an unknown address. */
    private Claim claim(Call<?> call) {
        return tokens.verify(call.pathParameter("token")).orElseThrow(AggregateApi::notFound);
    }

    private CompletionStage<MailAddressResource> readAddress(Call<Void> call) {
        return addressId(call).thenCompose(addresses::read).thenApply(MailAddressResource::of);
    }

    private CompletionStage<MailAddressResource> useAgain(Call<Void> call) {
        return addressId(call)
                .thenCompose(id ->
                        addresses.execute(call, id, new UseAgain(call.caller().id())))
                .thenApply(MailAddressResource::of);
    }

    private CompletionStage<String> addressId(Call<?> call) {
        return entities.state(Account.AGGREGATE, call.caller().id())
                .thenApply(it -> Email.id(it.owner()
                        .orElseThrow(AuthenticationService::sessionEnded)
                        .email()));
    }

    private static Problem problem(PreferencesRejection reason) {
        return switch (reason) {
            case TOO_MANY ->
                new Problem(
                        409,
                        "too-many-stopped-mails",
                        "You have stopped " + Preferences.MAX_STOPPED_MAILS + " kinds of e-mail. Resume one of them.");
        };
    }

    private static Problem problem(MailAddressRejection reason) {
        return switch (reason) {
            case REFUSED_RECENTLY ->
                new Problem(
                        409,
                        "mail-refused-recently",
                        "Your address refused an e-mail less than an hour ago. Check your mailbox, and try again later.");
        };
    }
}
