package io.guildhall.adapter.sandbox;

import io.guildhall.kernel.Ids;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** What the charges, transfers, refunds and accounts of the sandbox share. */
record SandboxContext(
        InstantSource clock, RandomGenerator random, WebhookDeliveries deliveries, SandboxSettings settings) {
    String newId(String prefix) {
        return Ids.generate(prefix, clock.instant(), random);
    }
}
