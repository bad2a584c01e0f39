package io.guildhall.node;

import io.guildhall.background.BackgroundLoops;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;

/** The metrics of a node, and the loops that report to them. It exists before any part of the node. */
record Monitoring(PrometheusMeterRegistry metrics, BackgroundLoops loops) {
    static Monitoring create() {
        var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return new Monitoring(metrics, new BackgroundLoops(metrics, InstantSource.system()));
    }
}
