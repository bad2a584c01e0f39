package io.guildhall.http.live;

import io.guildhall.actors.ChangeSignal;
import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.http.route.profile.NamedUsers;
import io.guildhall.projections.readmodel.live.Channel;
import io.guildhall.projections.readmodel.live.LiveEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The channels that have subscribers on this node. Events are read once for all of them when a signal reports new ones.
 * A signal can be lost: a poll of the last offsets finds the missed events.
 */
final class LiveFeeds implements AutoCloseable {
    private static final int MAX_POLLED = 2_000;
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(10);

    /** Receives the events of a channel. */
    interface Subscriber {
        /**
         * @param events without gaps between them; there can be a gap before the first one, and some can be known
         *     already
         */
        void offer(List<EventFrames.Written> events);

        /** Passes on a frame that is not stored, unless it is the subscriber's own. */
        void show(String accountId, String json);
    }

    private final class Feed {
        private final Channel channel;
        private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
        /** Written by one read at a time. */
        private volatile long position;

        private boolean isReading;
        private boolean isChanged;

        Feed(Channel channel, long position) {
            this.channel = channel;
            this.position = position;
        }

        void changed() {
            synchronized (this) {
                if (isReading) {
                    isChanged = true;
                    return;
                }
                isReading = true;
            }
            read();
        }

        private void read() {
            var _ = events.read(channel, position)
                    .thenCompose(it -> EventFrames.of(channel, it, users))
                    .whenComplete(this::received);
        }

        private void received(@Nullable List<EventFrames.Written> read, @Nullable Throwable failure) {
            // The poll finds the events that could not be read.
            boolean hasMore = read != null && read.size() == LiveEvents.MAX_READ;
            try {
                if (read != null && !read.isEmpty()) {
                    position = read.getLast().offset();
                    subscribers.forEach(it -> it.offer(read));
                }
            } finally {
                if (continues(hasMore)) read();
            }
        }

        private synchronized boolean continues(boolean hasMore) {
            isReading = hasMore || isChanged;
            isChanged = false;
            return isReading;
        }
    }

    private final LiveEvents events;
    private final Map<Channel, Feed> feeds = new ConcurrentHashMap<>();
    private final NamedUsers users;
    private final Runnable endSignal;
    private final BackgroundLoop poll;

    LiveFeeds(LiveEvents events, NamedUsers users, ChangeSignal signal, BackgroundLoops loops, Duration pollInterval) {
        this.events = events;
        this.users = users;
        this.endSignal = signal.subscribe(this::changed);
        this.poll = loops.start("live-poll", () -> {
            poll();
            return pollInterval;
        });
    }

    private void changed(List<String> keys) {
        for (var key : keys) Channel.ofSignal(key).map(feeds::get).ifPresent(Feed::changed);
    }

    private void poll() throws Exception {
        var channels = new ArrayList<>(feeds.keySet());
        for (int from = 0; from < channels.size(); from += MAX_POLLED) {
            var some = channels.subList(from, Math.min(from + MAX_POLLED, channels.size()));
            var last = events.last(some).toCompletableFuture().get(POLL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            last.forEach((channel, offset) -> {
                var feed = feeds.get(channel);
                if (feed != null && feed.position < offset) feed.changed();
            });
        }
    }

    /**
     * Adds a subscriber. It gets every event after the last one that is committed now, and possibly earlier ones: a
     * subscriber that reads from an earlier offset after this call misses none.
     *
     * @param last an offset that the channel has reached
     */
    void add(Channel channel, Subscriber subscriber, long last) {
        var _ = feeds.compute(channel, (_, existing) -> {
            var feed = existing == null ? new Feed(channel, last) : existing;
            feed.subscribers.add(subscriber);
            return feed;
        });
    }

    void remove(Channel channel, Subscriber subscriber) {
        var _ = feeds.computeIfPresent(channel, (_, feed) -> {
            feed.subscribers.remove(subscriber);
            return feed.subscribers.isEmpty() ? null : feed;
        });
    }

    /** @param accountId the account that the frame is about */
    void show(Channel channel, String accountId, String json) {
        var feed = feeds.get(channel);
        if (feed != null) feed.subscribers.forEach(it -> it.show(accountId, json));
    }

    int count() {
        return feeds.size();
    }

    @Override
    public void close() {
        endSignal.run();
        poll.close();
    }
}
