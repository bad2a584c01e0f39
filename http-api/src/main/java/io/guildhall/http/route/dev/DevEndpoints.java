package io.guildhall.http.route.dev;

import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Query;
import io.guildhall.port.Mailer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Endpoints for development. They do not exist in production. */
public final class DevEndpoints {
    private static final int MAX_MAILS = 50;
    private static final Query<String> TO =
            Query.text("to", 320, "E-mail address of the recipient.").required();

    private final Mailer.Outbox outbox;

    public DevEndpoints(Mailer.Outbox outbox) {
        this.outbox = outbox;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get("/dev/outbox", "List up to 50 e-mails to an address, newest first.")
                .queries(TO)
                .returns(200, MailList.class)
                .handledBy(this::read));
    }

    public record MailList(List<MailResource> items) {}

    public record MailResource(String id, String kind, String to, String subject, String text, Instant at) {
        static MailResource of(Mailer.Outbox.Sent sent) {
            var mail = sent.mail();
            return new MailResource(mail.id(), mail.kind(), mail.to(), mail.subject(), mail.text(), sent.at());
        }
    }

    private CompletionStage<MailList> read(Call<Void> call) {
        return outbox.sentTo(call.query(TO), MAX_MAILS)
                .thenApply(mails ->
                        new MailList(mails.stream().map(MailResource::of).toList()));
    }
}
