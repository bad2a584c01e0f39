package io.guildhall.http.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The metrics of live connections. */
final class LiveMetrics {
    private final MeterRegistry registry;
    private final AtomicInteger subscriptions = new AtomicInteger();
    private final Counter sent;
    private final Counter resyncs;

    LiveMetrics(MeterRegistry registry, Supplier<Number> connections, Supplier<Number> channels) {
        this.registry = registry;
        Gauge.builder("guildhall.live.connections", connections).register(registry);
        Gauge.builder("guildhall.live.channels", channels).register(registry);
        Gauge.builder("guildhall.live.subscriptions", subscriptions, AtomicInteger::get)
                .register(registry);
        this.sent = registry.counter("guildhall.live.frames.sent");
        this.resyncs = registry.counter("guildhall.live.resyncs");
    }

    void subscribed() {
        subscriptions.incrementAndGet();
    }

    void unsubscribed() {
        subscriptions.decrementAndGet();
    }

    void sent() {
        sent.increment();
    }

    void resynced() {
        resyncs.increment();
    }

    void closed(CloseCode code) {
        registry.counter("guildhall.live.closes", "code", Integer.toString(code.number()))
                .increment();
    }
}
