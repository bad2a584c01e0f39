package io.guildhall.http.live;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that are queued for all clients of this node. When there are too many, the client with the most is closed:
 * clients that do not read share one limit, whatever their number.
 */
final class QueuedBytes {
    private final long max;
    private final AtomicLong total = new AtomicLong();
    private final Set<OfClient> clients = ConcurrentHashMap.newKeySet();

    QueuedBytes(long max) {
        this.max = max;
    }

    long total() {
        return total.get();
    }

    /** @param closeSlow closes the client because it does not read fast enough; called once, on another thread */
    OfClient open(Runnable closeSlow) {
        var client = new OfClient(closeSlow);
        clients.add(client);
        return client;
    }

    /** The bytes that are queued for one client. */
    final class OfClient {
        private final Runnable closeSlow;
        private final AtomicInteger bytes = new AtomicInteger();
        private final AtomicBoolean isSlow = new AtomicBoolean();

        private OfClient(Runnable closeSlow) {
            this.closeSlow = closeSlow;
        }

        int get() {
            return bytes.get();
        }

        /** Returns the bytes that are queued now. */
        int add(int added) {
            int now = bytes.addAndGet(added);
            if (total.addAndGet(added) > max)
                clients.stream().max(Comparator.comparingInt(OfClient::get)).ifPresent(OfClient::closeAsSlow);
            return now;
        }

        /** The caller can hold the lock of another connection. */
        private void closeAsSlow() {
            if (!isSlow.compareAndSet(false, true)) return;
            var _ = CompletableFuture.runAsync(closeSlow);
        }

        void remove(int removed) {
            bytes.addAndGet(-removed);
            total.addAndGet(-removed);
        }

        /** The client is closed. Its bytes no longer count once they are {@linkplain #remove removed}. */
        void close() {
            clients.remove(this);
        }
    }
}
