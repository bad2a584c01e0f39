package io.guildhall.http.live;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;

/**
 * Connects a {@link LiveConnection} with its client. Passes on the parts of frames as the client sends them, and queues
 * frames up to a limit while the client does not read.
 */
final class ConnectionStage extends GraphStage<FlowShape<ConnectionStage.Incoming, ConnectionStage.Outgoing>> {
    /** How long a client can take to confirm a close. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
    /** Responses to pings of a client that does not read are dropped beyond this number. */
    private static final int MAX_QUEUED_RESPONSES = 16;

    /** An input from the client. */
    sealed interface Incoming {
        record TextPart(String text, boolean isLast) implements Incoming {}

        record Binary() implements Incoming {}

        /** Is sent back unchanged, such as the response to a ping. */
        record Response(Object frame) implements Incoming {}

        /** The client closes the connection, or has violated the protocol. */
        record Closing(Object frame) implements Incoming {}

        record Nothing() implements Incoming {}
    }

    /** An output to the client. */
    sealed interface Outgoing {
        /** @param cursor where to resume after it; empty if it is not an event of a channel */
        record Frame(String json, String cursor) implements Outgoing {}

        record Ping() implements Outgoing {}

        record Close(CloseCode code, String reason) implements Outgoing {}

        record Response(Object frame) implements Outgoing {}

        /** Everything was sent. */
        record End() implements Outgoing {}
    }

    private final LiveSettings settings;
    private final QueuedBytes queuedBytesOfAll;
    private final boolean isConfirmed;
    private final Runnable identified;
    private final Function<LiveConnection.Client, LiveConnection> open;
    private final Inlet<Incoming> in = Inlet.create("ConnectionStage.in");
    private final Outlet<Outgoing> out = Outlet.create("ConnectionStage.out");

    /**
     * @param isConfirmed whether the client confirms a close, for which the connection waits
     * @param identified runs when the client has authenticated
     * @param open creates the live connection
     */
    ConnectionStage(
            LiveSettings settings,
            QueuedBytes queuedBytesOfAll,
            boolean isConfirmed,
            Runnable identified,
            Function<LiveConnection.Client, LiveConnection> open) {
        this.settings = settings;
        this.queuedBytesOfAll = queuedBytesOfAll;
        this.isConfirmed = isConfirmed;
        this.identified = identified;
        this.open = open;
    }

    @Override
    public FlowShape<Incoming, Outgoing> shape() {
        return new FlowShape<>(in, out);
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic implements LiveConnection.Client {
        /**
         * The outputs that are sent next. Other threads add to them and wake the stage: messages to the stage would not
         * arrive in order if one of them came from the stage itself.
         */
        private final Queue<Outgoing> queue = new ConcurrentLinkedQueue<>();

        private final AtomicReference<Outgoing.@Nullable Close> requestedClose = new AtomicReference<>();
        private final AtomicBoolean isWoken = new AtomicBoolean();
        private final AtomicInteger queuedFrames = new AtomicInteger();

        private final QueuedBytes.OfClient queuedBytes = queuedBytesOfAll.open(this::closeAsSlow);
        private final StringBuilder text = new StringBuilder();
        private final AsyncCallback<Boolean> wakeUp = createAsyncCallback(_ -> woken());
        private boolean isClosing;
        private volatile boolean isEnded;
        private final LiveConnection connection;

        @SuppressWarnings("this-escape") // The connection uses the stage when it has started.
        Logic() {
            super(ConnectionStage.this.shape());
            setHandler(in, new FromClient());
            setHandler(out, new ToClient());
            this.connection = open.apply(this);
        }

        @Override
        public void preStart() {
            pull(in);
            connection.started();
        }

        private void closeAsSlow() {
            connection.closeAsSlow();
        }

        @Override
        public void postStop() {
            isEnded = true;
            clearQueue();
            queuedBytes.close();
            connection.ended();
        }

        private void clearQueue() {
            for (var next = queue.poll(); next != null; next = queue.poll()) {
                if (next instanceof Outgoing.Frame(var json, var _)) {
                    queuedFrames.decrementAndGet();
                    queuedBytes.remove(json.length());
                }
            }
        }

        @Override
        public boolean send(String json, String cursor) {
            int frames = queuedFrames.incrementAndGet();
            int bytes = queuedBytes.add(json.length());
            boolean fits = frames <= settings.maxQueuedFrames() && (bytes <= settings.maxQueuedBytes() || frames == 1);
            if (!fits) {
                queuedFrames.decrementAndGet();
                queuedBytes.remove(json.length());
                return false;
            }
            add(new Outgoing.Frame(json, cursor));
            if (isEnded) clearQueue();
            return true;
        }

        @Override
        public boolean hasCapacity() {
            return queuedFrames.get() <= settings.maxQueuedFrames() / 2
                    && queuedBytes.get() <= settings.maxQueuedBytes() / 2;
        }

        @Override
        public boolean isDrained() {
            return queuedFrames.get() == 0;
        }

        @Override
        public void ping() {
            add(new Outgoing.Ping());
        }

        @Override
        public void identified() {
            identified.run();
        }

        @Override
        public void close(CloseCode code, String reason) {
            requestedClose.set(new Outgoing.Close(code, reason));
            wake();
        }

        private void add(Outgoing frame) {
            queue.add(frame);
            wake();
        }

        private void wake() {
            if (isWoken.compareAndSet(false, true)) wakeUp.invoke(true);
        }

        private void woken() {
            isWoken.set(false);
            var close = requestedClose.get();
            if (close != null) startClosing(close);
            flush();
        }

        /** Queued outputs are not sent: the client resumes at the last event that it has received. */
        private void startClosing(Outgoing.Close close) {
            if (isClosing) return;
            isClosing = true;
            clearQueue();
            queue.add(close);
            scheduleOnce("close", CLOSE_TIMEOUT);
        }

        private void flush() {
            if (!isAvailable(out)) return;
            var next = queue.poll();
            if (next == null) return;
            push(out, next);
            switch (next) {
                case Outgoing.Frame(var json, var _) -> {
                    queuedFrames.decrementAndGet();
                    queuedBytes.remove(json.length());
                    reportIfDrained();
                }
                case Outgoing.Close _ -> {
                    if (!isConfirmed) completeStage();
                }
                case Outgoing.End _ -> completeStage();
                case Outgoing.Ping _, Outgoing.Response _ -> reportIfDrained();
            }
        }

        /** The connection waits for it if there was no room. */
        private void reportIfDrained() {
            if (queue.isEmpty()) connection.drained();
        }

        @Override
        public void onTimer(Object key) {
            if (queue.isEmpty()) completeStage();
            else failStage(new ClientGoneException());
        }

        private void received(Incoming incoming) {
            switch (incoming) {
                case Incoming.TextPart(var part, var isLast) -> receivedText(part, isLast);
                case Incoming.Binary _ ->
                    connection.violated(CloseCode.UNSUPPORTED_DATA, "Send JSON as text, not as binary data.");
                case Incoming.Response(var frame) -> {
                    if (queue.size() < MAX_QUEUED_RESPONSES && !isClosing) queue.add(new Outgoing.Response(frame));
                    flush();
                }
                case Incoming.Closing(var frame) -> {
                    isClosing = true;
                    clearQueue();
                    queue.add(new Outgoing.Response(frame));
                    queue.add(new Outgoing.End());
                    scheduleOnce("close", CLOSE_TIMEOUT);
                    flush();
                }
                case Incoming.Nothing _ -> {}
            }
        }

        private void receivedText(String part, boolean isLast) {
            if (isClosing) return;
            if (text.length() + part.length() > settings.maxFrameBytes()) {
                text.setLength(0);
                connection.violated(
                        CloseCode.TOO_BIG, "A frame must not be larger than " + settings.maxFrameBytes() + " bytes.");
                return;
            }
            text.append(part);
            if (!isLast) return;
            var frame = text.toString();
            text.setLength(0);
            connection.received(frame);
        }

        private final class FromClient extends AbstractInHandler {
            @Override
            public void onPush() {
                received(grab(in));
                if (!hasBeenPulled(in) && !isClosed(in)) pull(in);
            }
        }

        private final class ToClient extends AbstractOutHandler {
            @Override
            public void onPull() {
                flush();
            }
        }
    }

    /** The client has not read the close frame in time. */
    private static final class ClientGoneException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ClientGoneException() {
            super("the client does not read", null, false, false);
        }
    }
}
