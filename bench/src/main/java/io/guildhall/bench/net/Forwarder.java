package io.guildhall.bench.net;

import java.net.InetSocketAddress;

/**
 * A program that forwards connections until it is stopped: run in a network namespace, it connects the loopback address
 * there with the outside. Each argument is {@code HOST:PORT=HOST:PORT}, from where to where.
 */
public final class Forwarder {
    private Forwarder() {}

    public static void main(String[] arguments) throws InterruptedException {
        for (var argument : arguments) {
            var ends = argument.split("=");
            // It forwards until this program ends.
            var _ = new FaultyProxy(address(ends[0]), address(ends[1]));
        }
        Thread.currentThread().join();
    }

    private static InetSocketAddress address(String text) {
        var parts = text.split(":");
        return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
    }
}
