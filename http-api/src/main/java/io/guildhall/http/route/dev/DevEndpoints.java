package io.guildhall.http.route.dev;

import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Query;
import io.guildhall.port.Mailer;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Endpoints for development. They do not exist in production. */
public final class DevEndpoints {
    private static final int MAX_MAILS = 50;
    private static final Query<Optional<String>> TO =
            Query.text("to", 320, "E-mail address of the recipient. Without it, e-mails to all addresses are listed.");

    private final Mailer.Outbox outbox;

    public DevEndpoints(Mailer.Outbox outbox) {
        this.outbox = outbox;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get("/dev/outbox", "List up to 50 e-mails, newest first. A browser shows them as a page.")
                .queries(TO)
                .returns(200, MailList.class)
                .handledBy(this::read));
    }

    public record MailList(List<MailResource> items) {}

    /** @param unsubscribe where a POST request stops mails of this kind */
    public record MailResource(
            String id, String kind, String to, String subject, String text, Optional<URI> unsubscribe, Instant at) {
        static MailResource of(Mailer.Outbox.Sent sent) {
            var mail = sent.mail();
            return new MailResource(
                    mail.id(), mail.kind(), mail.to(), mail.subject(), mail.text(), mail.unsubscribe(), sent.at());
        }
    }

    private CompletionStage<MailList> read(Call<Void> call) {
        return outbox.sentTo(call.query(TO), MAX_MAILS)
                .thenApply(mails ->
                        new MailList(mails.stream().map(MailResource::of).toList()));
    }
}
