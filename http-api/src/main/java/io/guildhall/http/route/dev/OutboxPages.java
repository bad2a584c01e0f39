package io.guildhall.http.route.dev;

import io.guildhall.http.endpoint.SecurityHeaders;
import io.guildhall.port.Mailer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * Shows e-mails of the outbox as HTML, in development only: {@code /dev/outbox/mail?id=…}. A browser runs no script of a
 * mail, loads nothing for it, and shows it only on pages of this server.
 */
public final class OutboxPages {
    private static final String PATH = "/dev/outbox/mail";

    private final Mailer.Outbox outbox;

    public OutboxPages(Mailer.Outbox outbox) {
        this.outbox = outbox;
    }

    public boolean serves(HttpRequest request) {
        return request.getUri().path().equals(PATH);
    }

    /** The response to a request for a mail; empty if the request is for something else. */
    public Optional<CompletionStage<HttpResponse>> mail(HttpRequest request) {
        if (!serves(request) || !request.method().equals(HttpMethods.GET)) return Optional.empty();
        return request.getUri()
                .query()
                .get("id")
                .map(id -> outbox.find(id)
                        .thenApply(mail -> mail.map(it -> page(it.mail()))
                                .orElseGet(() -> HttpResponse.create().withStatus(404))
                                .addHeaders(SecurityHeaders.forMails())
                                .addHeader(RawHeader.create("Cache-Control", "no-store"))));
    }

    /** Links open in a new window, since the frame must not leave the mail. */
    private static HttpResponse page(Mailer.Mail mail) {
        return HttpResponse.create()
                .withEntity(
                        ContentTypes.TEXT_HTML_UTF8,
                        mail.html().replaceFirst("<head>", "<head><base target=\"_blank\">"));
    }
}
