package io.guildhall.http.live;

import io.guildhall.actors.ChangeSignal;
import io.guildhall.actors.ClusterTopic;
import io.guildhall.actors.Entities;
import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.http.auth.Identities;
import io.guildhall.http.auth.Identities.Identity;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.route.PublicPages;
import io.guildhall.http.route.notification.NotificationMarkUpdates;
import io.guildhall.http.route.profile.NamedUsers;
import io.guildhall.http.route.room.ReadMarkUpdates;
import io.guildhall.port.LiveTickets;
import io.guildhall.port.NotificationMarks;
import io.guildhall.port.Presence;
import io.guildhall.port.ReadMarks;
import io.guildhall.port.SuspendedAccounts;
import io.guildhall.projections.readmodel.live.Channel;
import io.guildhall.projections.readmodel.live.LiveEvents;
import io.guildhall.projections.readmodel.live.LiveSignal;
import io.guildhall.projections.readmodel.preference.PresencePreferences;
import io.guildhall.projections.readmodel.room.ReadMarkQueries;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;

/** The live connections of a node, within its limits. */
public final class LiveServer implements AutoCloseable {
    static final Duration TYPING_INTERVAL = Duration.ofSeconds(1);
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);

    /** A frame for the subscribers of a channel on all nodes that is not stored. */
    private record ShownFrame(Channel.Kind kind, String id, String accountId, String json)
            implements ClusterTopic.Message {}

    /**
     * The services that live connections use.
     *
     * @param node the name of this node
     */
    public record Sources(
            Entities entities,
            LiveEvents events,
            Identities identities,
            SuspendedAccounts suspended,
            LiveTickets tickets,
            Presence presence,
            PresencePreferences presencePreferences,
            ReadMarkQueries readMarkQueries,
            ReadMarks readMarks,
            NotificationMarks notificationMarks,
            NamedUsers users,
            String node) {}

    private final Sources sources;
    private final LiveSettings settings;
    private final QueuedBytes queuedBytes;
    private final InstantSource clock;
    private final ChannelAccess access;
    private final LiveFeeds feeds;
    private final LivePresence presence;
    private final LiveMetrics metrics;
    private final LiveCounters counters;
    private final LiveReadMarks readMarks;
    private final LiveNotificationMarks notificationMarks;
    private final OpenConnections connections;
    private final AccountChanges accounts;
    private final ClusterTopic<ShownFrame> shownFrames;
    private final Runnable endSignal;
    private final List<BackgroundLoop> loops;

    public LiveServer(
            Sources sources,
            LiveSettings settings,
            ActorSystem<?> system,
            MeterRegistry registry,
            BackgroundLoops loops,
            InstantSource clock) {
        this.sources = sources;
        this.settings = settings;
        this.queuedBytes = new QueuedBytes(settings.maxQueuedBytesOfAll());
        this.clock = clock;
        this.access = new ChannelAccess(sources.entities(), new PublicPages(sources.suspended()));
        this.connections = new OpenConnections(settings);
        this.accounts = new AccountChanges(sources.entities(), connections);
        this.counters = new LiveCounters(sources.readMarkQueries());
        var signal = ChangeSignal.of(system.classicSystem());
        this.readMarks = new LiveReadMarks(
                sources.entities(), sources.readMarks(), sources.notificationMarks(), signal, this::publish);
        this.notificationMarks = new LiveNotificationMarks(sources.notificationMarks(), signal);
        this.feeds = new LiveFeeds(sources.events(), sources.users(), signal, loops, settings.pollInterval());
        this.metrics = new LiveMetrics(registry, connections::count, feeds::count);
        this.shownFrames = new ClusterTopic<>(system, ShownFrame.class, "live-frames");
        shownFrames.subscribe(this::show);
        var presenceTopic = new ClusterTopic<>(system, LivePresence.PresenceChanged.class, "live-presence");
        this.presence =
                new LivePresence(sources.presence(), sources.presencePreferences(), sources.node(), presenceTopic);
        presenceTopic.subscribe(presence::received);
        this.endSignal = signal.subscribe(this::changed);
        this.loops = List.of(
                loops.start("live-connections", () -> {
                    var now = clock.instant();
                    for (var it : connections.all()) it.check(now);
                    return CHECK_INTERVAL;
                }),
                loops.start("live-presence", () -> {
                    presence.refresh();
                    counters.refresh();
                    return LivePresence.REFRESH_INTERVAL;
                }));
    }

    private void changed(List<String> keys) {
        accounts.changed(keys);
        var counted = new ArrayList<String>();
        for (var key : keys)
            LiveSignal.parse(key).ifPresent(it -> {
                switch (it.kind()) {
                    case COUNTERS -> counted.add(it.accountId());
                    case BLOCKS -> connections.ofAccount(it.accountId()).forEach(LiveConnection::checkRooms);
                    case PRESENCE -> presence.preferenceChanged(it.accountId());
                    case ME -> {} // The feeds read the events.
                }
            });
        counters.changed(counted);
    }

    NamedUsers users() {
        return sources.users();
    }

    QueuedBytes queuedBytes() {
        return queuedBytes;
    }

    LiveSettings settings() {
        return settings;
    }

    Instant now() {
        return clock.instant();
    }

    LiveEvents events() {
        return sources.events();
    }

    Identities identities() {
        return sources.identities();
    }

    ChannelAccess access() {
        return access;
    }

    LiveFeeds feeds() {
        return feeds;
    }

    LivePresence presence() {
        return presence;
    }

    LiveCounters counters() {
        return counters;
    }

    OpenConnections connections() {
        return connections;
    }

    /** Moves read marks for REST and for live connections. */
    public ReadMarkUpdates readMarks() {
        return readMarks;
    }

    /** Marks notifications as read for REST and for live connections. */
    public NotificationMarkUpdates notificationMarks() {
        return notificationMarks;
    }

    LiveMetrics metrics() {
        return metrics;
    }

    boolean isSuspended(String accountId) {
        return sources.suspended().contains(accountId);
    }

    /** Redeems a ticket; empty if it is not valid. */
    CompletionStage<Optional<Identity>> redeem(String ticket) {
        return sources.tickets()
                .redeem(ticket)
                .thenApply(session -> session.map(it ->
                        new Identity(new Caller(it.accountId(), it.sessionId(), it.roles()), it.accessExpires())));
    }

    /** @param start runs first, when frames can be sent to the client */
    LiveConnection open(
            LiveConnection.Client client, String address, boolean isStream, Consumer<LiveConnection> start) {
        return new LiveConnection(this, client, address, isStream, start);
    }

    /** A connection has ended. */
    void ended(LiveConnection connection, Optional<Caller> caller) {
        connections.remove(connection);
        caller.ifPresent(it -> {
            connections.removeFrom(it, connection);
            presence.disconnected(connection, it);
        });
    }

    /** Shows a frame to the other subscribers of a channel, on all nodes. */
    void publish(Channel channel, ServerFrame.Ephemeral frame) {
        shownFrames.publish(new ShownFrame(channel.kind(), channel.id(), frame.accountId(), EventFrames.write(frame)));
    }

    private void show(ShownFrame frame) {
        feeds.show(Channel.of(frame.kind(), frame.id()), frame.accountId(), frame.json());
    }

    /** The node stops: clients connect to another one. */
    public void closeConnections() {
        for (var it : connections.all()) it.close(CloseCode.GOING_AWAY, "The node stops. Connect again and resume.");
    }

    @Override
    public void close() {
        endSignal.run();
        loops.forEach(BackgroundLoop::close);
        feeds.close();
    }
}
