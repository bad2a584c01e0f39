package io.guildhall.http.live;

import io.guildhall.http.live.EventFrames.Written;
import io.guildhall.projections.readmodel.live.Channel;
import io.guildhall.projections.readmodel.live.LiveEvents;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A channel of a connection: every event after its position, in order and once. It takes events from the channel's feed
 * while they directly follow its position and the client keeps up. Otherwise it reads from its position on, as fast as
 * the client reads, until it has reached the feed. Guarded by its connection.
 */
final class Subscription implements LiveFeeds.Subscriber {
    /** The progress of a subscription before its first event. */
    enum Phase {
        CHECKING_ACCESS,
        OPEN,
        ENDED
    }

    private final LiveConnection connection;
    private final Channel channel;
    private Phase phase = Phase.CHECKING_ACCESS;
    private ChannelAccess.Grant grant = ChannelAccess.Grant.CERTAIN;
    private long position;
    /** The client's access was checked after the event with this offset. */
    private long checkedAt;

    private final Deque<Written> backlog = new ArrayDeque<>();
    private boolean isCatchingUp;
    /** Whether the last read found the end of the channel. */
    private boolean isAtEnd;
    /** The last offset that the feed has offered while this was catching up. */
    private long offered;

    Subscription(LiveConnection connection, Channel channel) {
        this.connection = connection;
        this.channel = channel;
    }

    Channel channel() {
        return channel;
    }

    Phase phase() {
        return phase;
    }

    ChannelAccess.Grant grant() {
        return grant;
    }

    long position() {
        return position;
    }

    /**
     * @param after the position
     * @param last the offset of an event after which the access was checked
     */
    void open(ChannelAccess.Grant granted, long after, long last) {
        grant = granted;
        position = after;
        checkedAt = last;
        phase = Phase.OPEN;
    }

    /** Whether the client can have lost its access by the event with this offset. */
    boolean isAfterCheck(long offset) {
        return offset > checkedAt;
    }

    void granted(ChannelAccess.Grant again) {
        grant = again;
    }

    void end() {
        phase = Phase.ENDED;
        backlog.clear();
    }

    @Override
    public void offer(List<Written> events) {
        connection.run(() -> accept(events));
    }

    @Override
    public void show(String accountId, String json) {
        connection.run(() -> {
            boolean isOwn = connection.accountId().filter(accountId::equals).isPresent();
            if (phase == Phase.OPEN && !isOwn) connection.frames().send(json, "");
        });
    }

    void show(ServerFrame frame) {
        connection.run(() -> {
            if (phase == Phase.OPEN) connection.frames().send(frame);
        });
    }

    private void accept(List<Written> events) {
        if (phase != Phase.OPEN) return;
        if (isCatchingUp) {
            offered = Math.max(offered, events.getLast().offset());
            return;
        }
        if (events.getLast().offset() <= position) return;
        if (events.getFirst().offset() > position + 1 || !connection.frames().hasCapacity()) {
            startCatchingUp();
            return;
        }
        for (var it : events) {
            if (it.offset() <= position) continue;
            if (!connection.frames().hasCapacity()) {
                startCatchingUp();
                return;
            }
            connection.frames().deliver(this, it);
            if (phase == Phase.ENDED) return;
        }
    }

    /** Reads from the position on. */
    void startCatchingUp() {
        isCatchingUp = true;
        isAtEnd = false;
        connection.frames().catchUp(this);
    }

    Optional<Written> nextOfBacklog() {
        return Optional.ofNullable(backlog.poll());
    }

    void read(List<Written> events) {
        backlog.addAll(events);
        isAtEnd = events.size() < LiveEvents.MAX_READ;
        if (events.isEmpty()) offered = Math.min(offered, position);
    }

    /** Whether all events of the channel were delivered, including those that the feed has offered in the meantime. */
    boolean hasCaughtUp() {
        return phase == Phase.ENDED || (backlog.isEmpty() && isAtEnd && position >= offered);
    }

    /** The feed continues. If events could not be read, the next event reveals the gap. */
    void stopCatchingUp() {
        isCatchingUp = false;
    }

    void delivered(long offset) {
        position = offset;
    }
}
