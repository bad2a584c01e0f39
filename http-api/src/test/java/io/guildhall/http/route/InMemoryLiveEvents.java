package io.guildhall.http.route;

import io.guildhall.actors.ChangeSignal;
import io.guildhall.projections.readmodel.live.Channel;
import io.guildhall.projections.readmodel.live.LiveEvent;
import io.guildhall.projections.readmodel.live.LiveEvents;
import io.guildhall.projections.readmodel.live.LiveSignal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Channels to which a test adds events. Reads take a random time, and some signals are lost. */
final class InMemoryLiveEvents implements LiveEvents {
    private static final int MAX_READ_MILLIS = 4;

    private final ChangeSignal signal;
    private final Map<Channel, List<LiveEvent>> channels = new java.util.concurrent.ConcurrentHashMap<>();
    volatile String epoch = "first";
    /** The first offset that is kept. */
    volatile long firstKept = 1;
    /** Of a hundred signals. */
    volatile int lostSignals;

    InMemoryLiveEvents(ChangeSignal signal) {
        this.signal = signal;
    }

    synchronized void add(Channel channel, LiveEvent.Change change) {
        var events = channels.computeIfAbsent(channel, _ -> new CopyOnWriteArrayList<>());
        events.add(new LiveEvent(events.size() + 1L, Instant.now(), Optional.empty(), Optional.of(change)));
        if (ThreadLocalRandom.current().nextInt(100) >= lostSignals)
            signal.publish(List.of(
                    switch (channel.kind()) {
                        case ME -> new LiveSignal(LiveSignal.Kind.ME, channel.id()).key();
                        case ROOM -> "room|" + channel.id();
                        case CONTRACT -> "contract|" + channel.id();
                        case JOB -> "job|" + channel.id();
                    }));
    }

    private List<LiveEvent> events(Channel channel) {
        return channels.getOrDefault(channel, List.of());
    }

    private static Executor later() {
        return CompletableFuture.delayedExecutor(
                ThreadLocalRandom.current().nextInt(MAX_READ_MILLIS), TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<Head> head(Channel channel, OptionalLong after) {
        return CompletableFuture.supplyAsync(
                () -> {
                    long last = events(channel).size();
                    boolean isComplete = after.isEmpty()
                            || (after.getAsLong() <= last && after.getAsLong() + 1 >= Math.min(firstKept, last + 1));
                    return new Head(epoch, last, last, isComplete);
                },
                later());
    }

    @Override
    public CompletionStage<Map<Channel, Long>> last(Collection<Channel> wanted) {
        var last = new HashMap<Channel, Long>();
        for (var it : wanted) last.put(it, (long) events(it).size());
        return CompletableFuture.completedFuture(last);
    }

    @Override
    public CompletionStage<List<LiveEvent>> read(Channel channel, long after) {
        return CompletableFuture.supplyAsync(
                () -> events(channel).stream().skip(after).limit(MAX_READ).toList(), later());
    }
}
