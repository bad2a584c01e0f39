package io.guildhall.http.route.webhook;

import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.actors.LogContext;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.payment.ProviderReports;
import io.guildhall.port.PaymentGateway;
import io.guildhall.port.PaymentGateway.Webhook;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the payment provider's webhooks. Responds with 2xx only if the event was handled or is of a type that is not
 * used; otherwise the provider sends it again.
 */
public final class ProviderWebhookEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderWebhookEndpoints.class);

    private final PaymentGateway gateway;
    private final ProviderReports reports;

    public ProviderWebhookEndpoints(PaymentGateway gateway, ProviderReports reports) {
        this.gateway = gateway;
        this.reports = reports;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(post("/api/webhooks/payments", "Receive a signed event from the payment provider.")
                .with(Endpoint.Feature.RAW_BODY)
                .problems(400, "webhook-rejected", "webhook-malformed")
                .handledBy(this::receive));
    }

    private CompletionStage<Void> receive(Call<Void> call) {
        var signature = call.header(gateway.signatureHeader()).orElse("");
        return switch (gateway.readWebhook(call.rawBody(), signature)) {
            case Webhook.Rejected rejected -> {
                LOG.warn("Payment webhook rejected: {}", rejected.reason());
                throw new Problem(
                        400,
                        "webhook-rejected",
                        "The signature does not match the body, or is too old. Sign the body with the current secret.");
            }
            case Webhook.Malformed malformed -> {
                LOG.warn("Payment webhook is malformed: {}", malformed.reason());
                throw new Problem(400, "webhook-malformed", "The signature is valid, but the body is not an event.");
            }
            case Webhook.Verified verified ->
                reports.handle(call.correlation(), verified.event().change()).exceptionally(failure -> {
                    try (var _ = LogContext.open(call.correlation())) {
                        LOG.warn(
                                "Provider event {} could not be recorded; the provider sends it again",
                                verified.event().id(),
                                failure);
                    }
                    throw Problem.later(503, "outcome-unknown", "The event was not recorded. Send it again.", 2);
                });
        };
    }
}
