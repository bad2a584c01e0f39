package io.guildhall.http.route.dev;

import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Query;
import io.guildhall.port.Mailer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What helps in development, and does not exist in production. */
public final class DevEndpoints {
    private static final int MAILS = 50;
    private static final Query<String> TO =
            Query.text("to", 320, "E-mail address of the recipient.").required();

    private final Mailer.Outbox outbox;

    public DevEndpoints(Mailer.Outbox outbox) {
        this.outbox = outbox;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get("/dev/outbox", "The last mails to an address, the latest first")
                .queries(TO)
                .returns(200, Mails.class)
                .handledBy(this::read));
    }

    public record Mails(List<Letter> items) {}

    public record Letter(String id, String kind, String to, String subject, String text, Instant at) {
        static Letter of(Mailer.Outbox.Sent sent) {
            var mail = sent.mail();
            return new Letter(mail.id(), mail.kind(), mail.to(), mail.subject(), mail.text(), sent.at());
        }
    }

    private CompletionStage<Mails> read(Call<Void> call) {
        return outbox.to(call.query(TO), MAILS)
                .thenApply(mails -> new Mails(mails.stream().map(Letter::of).toList()));
    }
}
