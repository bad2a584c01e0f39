package io.guildhall.http.route.webhook;

import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.actors.LogContext;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.payment.PaymentRecorder;
import io.guildhall.port.PaymentGateway;
import io.guildhall.port.PaymentGateway.Notice;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the payment provider tells what happened. Answered 2xx only when it is recorded; anything else, and it tells again. */
public final class WebhookEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookEndpoints.class);

    private final PaymentGateway gateway;
    private final PaymentRecorder news;

    public WebhookEndpoints(PaymentGateway gateway, PaymentRecorder news) {
        this.gateway = gateway;
        this.news = news;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(post("/api/webhooks/payments", "For the payment provider: what happened, signed")
                .with(Endpoint.Feature.RAW_BODY)
                .problems(400, "webhook-rejected")
                .handledBy(this::hear));
    }

    private CompletionStage<Void> hear(Call<Void> call) {
        var signature = call.header(gateway.signatureHeader()).orElse("");
        return switch (gateway.read(call.rawBody(), signature)) {
            case Notice.Rejected rejected -> {
                LOG.warn("a payment webhook is rejected: {}", rejected.why());
                throw new Problem(400, "webhook-rejected", "The signature is not good for this body at this time.");
            }
            case Notice.Genuine genuine ->
                news.hear(call.correlation(), genuine.event().news()).exceptionally(failure -> {
                    try (var _ = LogContext.of(call.correlation())) {
                        LOG.warn(
                                "the provider's event {} waits to be told again",
                                genuine.event().id(),
                                failure);
                    }
                    throw Problem.later(503, "outcome-unknown", "Not recorded; send it again.", 2);
                });
        };
    }
}
