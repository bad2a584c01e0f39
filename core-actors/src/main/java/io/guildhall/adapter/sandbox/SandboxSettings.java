package io.guildhall.adapter.sandbox;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * @param node the address of the node that asks, written into the books with each call
 * @param publicUrl where the provider's own pages are shown
 * @param webhookUrl where the provider tells what happened
 * @param secrets sign what it tells: the first is used, all are accepted
 * @param answering how long a caller waits before it gives up with Unknown
 * @param lateness how long a late payment takes: more than {@code answering}, or it is not late
 * @param places calls under way at once
 * @param mischief what goes wrong with the webhooks, on purpose
 */
public record SandboxSettings(
        String node,
        URI publicUrl,
        URI webhookUrl,
        List<String> secrets,
        Duration answering,
        Duration lateness,
        int places,
        Mischief mischief) {
    public SandboxSettings {
        if (secrets.isEmpty()) throw new IllegalArgumentException("the sandbox provider needs a secret to sign with");
        secrets = List.copyOf(secrets);
    }

    public static SandboxSettings of(String node, URI publicUrl, List<String> secrets) {
        return new SandboxSettings(
                node,
                publicUrl,
                publicUrl.resolve("/api/webhooks/payments"),
                secrets,
                Duration.ofSeconds(2),
                Duration.ofSeconds(4),
                64,
                new Mischief(5, 7));
    }

    /**
     * Goes by the number of the delivery, so that a run can be repeated.
     *
     * @param twiceEvery each so-manieth is sent twice; 0: none
     * @param lateEvery each so-manieth is held back, so that later ones overtake it; 0: none
     */
    public record Mischief(int twiceEvery, int lateEvery) {
        public static final Mischief NONE = new Mischief(0, 0);

        boolean twice(long number) {
            return twiceEvery > 0 && number % twiceEvery == 0;
        }

        boolean late(long number) {
            return lateEvery > 0 && number % lateEvery == 0;
        }
    }
}
