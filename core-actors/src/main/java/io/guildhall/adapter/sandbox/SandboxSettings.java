package io.guildhall.adapter.sandbox;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * @param node address of the calling node, stored with each call
 * @param publicUrl base URL of the pages of the sandbox
 * @param webhookUrl URL that webhooks are sent to
 * @param secrets for signing webhooks: the first signs, all are accepted
 * @param timeout after which the result of a call is Unknown
 * @param latePaymentDelay duration of a late payment; longer than {@code timeout}, or the payment is not late
 * @param maxConcurrentCalls maximum number of concurrent calls
 * @param faults intentional faults in the delivery of webhooks
 */
public record SandboxSettings(
        String node,
        URI publicUrl,
        URI webhookUrl,
        List<String> secrets,
        Duration timeout,
        Duration latePaymentDelay,
        int maxConcurrentCalls,
        WebhookFaults faults) {
    public SandboxSettings {
        if (secrets.isEmpty())
            throw new IllegalArgumentException("the sandbox needs at least one secret to sign webhooks with");
        secrets = List.copyOf(secrets);
    }

    public static SandboxSettings withDefaults(String node, URI publicUrl, List<String> secrets) {
        return new SandboxSettings(
                node,
                publicUrl,
                publicUrl.resolve("/api/webhooks/payments"),
                secrets,
                Duration.ofSeconds(2),
                Duration.ofSeconds(4),
                64,
                new WebhookFaults(5, 7));
    }

    public SandboxSettings withMaxConcurrentCalls(int maximum) {
        return new SandboxSettings(node, publicUrl, webhookUrl, secrets, timeout, latePaymentDelay, maximum, faults);
    }

    /**
     * Faults depend on the number of the delivery, so that a run can be repeated.
     *
     * @param duplicateEvery N: every N-th webhook is sent twice; 0: none
     * @param delayEvery N: every N-th webhook is delayed, so that later ones overtake it; 0: none
     */
    public record WebhookFaults(int duplicateEvery, int delayEvery) {
        public static final WebhookFaults NONE = new WebhookFaults(0, 0);

        boolean isDuplicated(long number) {
            return duplicateEvery > 0 && number % duplicateEvery == 0;
        }

        boolean isDelayed(long number) {
            return delayEvery > 0 && number % delayEvery == 0;
        }
    }
}
