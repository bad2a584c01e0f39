package io.guildhall.http.live;

import io.guildhall.actors.ChangeSignal;
import io.guildhall.actors.ClusterTopic;
import io.guildhall.actors.Entities;
import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.http.auth.Identities;
import io.guildhall.http.auth.Identities.Identity;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.PublicPages;
import io.guildhall.port.LiveTickets;
import io.guildhall.port.Presence;
import io.guildhall.port.SuspendedAccounts;
import io.guildhall.projections.readmodel.live.Channel;
import io.guildhall.projections.readmodel.live.LiveEvents;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
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
            String node) {}

    private final Sources sources;
    private final LiveSettings settings;
    private final InstantSource clock;
    private final ChannelAccess access;
    private final LiveFeeds feeds;
    private final LivePresence presence;
    private final LiveMetrics metrics;
    private final Set<LiveSession> sessions = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> perAddress = new ConcurrentHashMap<>();
    private final Map<String, Set<LiveSession>> perAccount = new ConcurrentHashMap<>();
    private final ClusterTopic<ShownFrame> shownFrames;
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
        this.clock = clock;
        this.access = new ChannelAccess(sources.entities(), new PublicPages(sources.suspended()));
        this.feeds = new LiveFeeds(
                sources.events(), ChangeSignal.of(system.classicSystem()), loops, settings.pollInterval());
        this.metrics = new LiveMetrics(registry, sessions::size, feeds::count);
        this.shownFrames = new ClusterTopic<>(system, ShownFrame.class, "live-frames");
        shownFrames.subscribe(this::show);
        var presenceTopic = new ClusterTopic<>(system, LivePresence.PresenceChanged.class, "live-presence");
        this.presence = new LivePresence(sources.presence(), sources.node(), presenceTopic);
        presenceTopic.subscribe(presence::received);
        this.loops = List.of(
                loops.start("live-connections", () -> {
                    var now = clock.instant();
                    for (var it : sessions) it.check(now);
                    return CHECK_INTERVAL;
                }),
                loops.start("live-presence", () -> {
                    presence.refresh();
                    return LivePresence.REFRESH_INTERVAL;
                }));
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
                .thenApply(session -> session.map(it -> new Identity(
                        new Caller(it.accountId(), it.address(), it.sessionId(), it.roles()), it.accessExpires())));
    }

    /** @throws Problem 429 or 503 if there are too many connections */
    void requireRoom(String address) {
        if (sessions.size() >= settings.maxConnections())
            throw Problem.later(
                    503, "too-many-connections", "This node has too many live connections. Try again later.", 5);
        if (perAddress.getOrDefault(address, 0) >= settings.maxPerAddress())
            throw Problem.later(
                    429,
                    "too-many-connections",
                    "Your network address has too many live connections. Close one, or try again later.",
                    30);
    }

    /** @param start runs first, when the session is connected with its client */
    LiveSession open(LiveSession.Client client, String address, boolean isStream, Consumer<LiveSession> start) {
        return new LiveSession(this, client, address, isStream, start);
    }

    void started(LiveSession session) {
        sessions.add(session);
        perAddress.merge(session.address(), 1, Integer::sum);
    }

    /** @return false if the account has too many connections */
    boolean admit(LiveSession session, String accountId) {
        var admitted = perAccount.compute(accountId, (_, existing) -> {
            Set<LiveSession> ofAccount = existing == null ? ConcurrentHashMap.newKeySet() : existing;
            if (ofAccount.size() < settings.maxPerAccount()) ofAccount.add(session);
            return ofAccount;
        });
        return admitted.contains(session);
    }

    void ended(LiveSession session, Optional<Caller> caller) {
        if (sessions.remove(session))
            perAddress.computeIfPresent(session.address(), (_, count) -> count == 1 ? null : count - 1);
        caller.ifPresent(it -> {
            perAccount.computeIfPresent(it.id(), (_, ofAccount) -> {
                ofAccount.remove(session);
                return ofAccount.isEmpty() ? null : ofAccount;
            });
            presence.disconnected(session, it);
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
        for (var it : sessions) it.close(CloseCode.GOING_AWAY, "The node stops. Connect again and resume.");
    }

    @Override
    public void close() {
        loops.forEach(BackgroundLoop::close);
        feeds.close();
    }
}
