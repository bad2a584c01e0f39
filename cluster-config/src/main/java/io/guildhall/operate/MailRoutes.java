package io.guildhall.operate;

import static org.apache.pekko.http.javadsl.server.Directives.entity;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.Directives.toStrictEntity;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.time.Duration;
import java.util.Map;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;

/** The operator route to which a mail server passes the e-mails that were returned as undeliverable. */
final class MailRoutes {
    private static final long MAX_BYTES = 1_000_000;
    private static final Duration BODY_TIMEOUT = Duration.ofSeconds(10);

    private MailRoutes() {}

    static Route routes(Responder responder) {
        return path(
                segment("mail").slash("bounces"),
                () -> post(() -> toStrictEntity(
                        BODY_TIMEOUT,
                        MAX_BYTES,
                        () -> entity(
                                Unmarshaller.entityToByteArray(),
                                body -> responder.respond(services -> services.bounces()
                                        .record(body)
                                        .thenApply(recorded ->
                                                OperatorRoutes.json(200, Map.of("recorded", recorded))))))));
    }
}
