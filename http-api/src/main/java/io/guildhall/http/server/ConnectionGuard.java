package io.guildhall.http.server;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Keeps one connection within its deadlines and limits, between HTTP and the network. Closes it if the header of a
 * request does not arrive in time, even if it arrives byte by byte. HTTP gets a header only when it is complete: its
 * parser reads an incomplete line again for every piece, and what it parses takes many times the memory of the bytes.
 * Aborts the connection if the client reads a response too slowly: a close would wait until the client has read what was
 * written. Pekko's own idle timeout ends only connections without any traffic. The stage below must request bytes only
 * when the network has accepted all earlier ones.
 */
final class ConnectionGuard extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {
    private static final String TIMER = "limits";
    private static final long MIN_TIMER_MILLIS = 10;
    /**
     * The maximum number of bytes that HTTP gets in one element. Pekko's parser calls itself for each of several
     * requests in one element: with about 400 of them, its stack overflows, which ends the process. The shortest request
     * has 16 bytes.
     */
    private static final int MAX_ELEMENT_BYTES = 2 * 1024;

    /** The maximum size of the header of one request. Pekko does not limit the number of lines of some headers. */
    static final int MAX_HEADER_BYTES = 16 * 1024;

    private final Connections connections;
    private final Connection connection;
    private final Inlet<ByteString> fromHttp = Inlet.create("ConnectionGuard.fromHttp");
    private final Outlet<ByteString> toNetwork = Outlet.create("ConnectionGuard.toNetwork");
    private final Inlet<ByteString> fromNetwork = Inlet.create("ConnectionGuard.fromNetwork");
    private final Outlet<ByteString> toHttp = Outlet.create("ConnectionGuard.toHttp");

    /** The client reads too slowly, or the server stops. */
    private static final class AbortedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AbortedException(String reason) {
            super(reason, null, false, false);
        }
    }

    ConnectionGuard(Connections connections, Connection connection) {
        this.connections = connections;
        this.connection = connection;
    }

    @Override
    public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
        return new BidiShape<>(fromHttp, toNetwork, fromNetwork, toHttp);
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {
        private final long sendTimeout = connections.limits().sendTimeout().toNanos();
        /** How long the network can still accept nothing. Every byte that it accepts adds a little. */
        private long allowance = sendTimeout;

        private boolean isBlocked;
        private long blockedSince;
        private boolean hasHttpEnded;
        /** The bytes that were received and not yet passed on, as one array. */
        private ByteString received = ByteString.emptyByteString();

        private boolean hasNetworkEnded;
        private HeaderEnd headerEnd = new HeaderEnd();
        /** How many of the received bytes belong to a complete header. */
        private int headerLeft;
        /** How many bytes HTTP got since the last request arrived, while none was served. */
        private int headerBytes;

        private long requestsArrived;

        Logic() {
            super(ConnectionGuard.this.shape());
            setHandler(fromHttp, new FromHttp());
            setHandler(toNetwork, new ToNetwork());
            setHandler(fromNetwork, new FromNetwork());
            setHandler(toHttp, new ToHttp());
        }

        @Override
        public void preStart() {
            var run = this.<Runnable>createAsyncCallback(Runnable::run);
            var _ = connection.close().thenRun(() -> run.invoke(this::closeIfIdle));
            var _ = connection.abort().thenRun(() -> run.invoke(() -> abort("the server stops")));
            checkLater(Duration.ZERO);
        }

        @Override
        public void postStop() {
            connection.closed();
        }

        @Override
        public void onTimer(Object key) {
            if (isBlocked) checkSending();
            else connection.timeLeft().ifPresentOrElse(this::checkWaiting, () -> checkLater(maxInterval()));
        }

        private void checkSending() {
            long left = allowance - (System.nanoTime() - blockedSince);
            if (left > 0) {
                checkLater(Duration.ofNanos(left));
                return;
            }
            connections.count("slow-reader");
            abort("the client reads too slowly");
        }

        private void checkWaiting(Duration left) {
            if (connection.isClosing()) completeStage();
            else if (left.isPositive()) checkLater(left);
            else {
                connections.count("header-timeout");
                completeStage();
            }
        }

        /** A deadline can start at any time, so the interval of the checks is at most the shortest deadline. */
        private void checkLater(Duration delay) {
            var next = delay.compareTo(maxInterval()) < 0 ? delay : maxInterval();
            scheduleOnce(TIMER, Duration.ofMillis(Math.max(MIN_TIMER_MILLIS, next.toMillis())));
        }

        private Duration maxInterval() {
            var limits = connections.limits();
            return Collections.min(List.of(limits.sendTimeout(), limits.headerTimeout(), limits.keepAliveTimeout()));
        }

        private void closeIfIdle() {
            if (connection.isIdle()) completeStage();
        }

        private void abort(String reason) {
            failStage(new AbortedException(reason));
        }

        private void blocked(int bytes) {
            long time = bytes
                    * Duration.ofSeconds(1).toNanos()
                    / connections.limits().minBytesPerSecond();
            allowance = Math.min(allowance, sendTimeout) + time;
            isBlocked = true;
            blockedSince = System.nanoTime();
            connection.blocked();
        }

        private void unblocked() {
            allowance -= System.nanoTime() - blockedSince;
            isBlocked = false;
            if (connection.unblocked()) completeStage();
        }

        private void passOn() {
            if (isHeaderIncomplete()) {
                awaitHeader();
                return;
            }
            var next = received.take(MAX_ELEMENT_BYTES);
            received = received.drop(MAX_ELEMENT_BYTES);
            headerLeft = Math.max(0, headerLeft - next.size());
            headerBytes = headerBytes() + next.size();
            if (headerBytes > MAX_HEADER_BYTES && connection.isWaiting()) abortLongHeader();
            else push(toHttp, next);
            if (hasNetworkEnded && received.isEmpty()) complete(toHttp);
        }

        private boolean isHeaderIncomplete() {
            if (hasNetworkEnded || headerLeft > 0 || !connection.isWaiting()) return false;
            headerLeft = headerEnd.find(received.toArrayUnsafe()).orElse(0);
            if (headerLeft > 0) headerEnd = new HeaderEnd();
            return headerLeft == 0;
        }

        private void awaitHeader() {
            connection.headerBegins();
            if (headerBytes() + received.size() > MAX_HEADER_BYTES) abortLongHeader();
            else tryPull(fromNetwork);
        }

        private void abortLongHeader() {
            connections.count("header-too-long");
            abort("the header of a request is too long");
        }

        private int headerBytes() {
            long arrived = connection.requestsArrived();
            if (arrived != requestsArrived || !connection.isWaiting()) headerBytes = 0;
            requestsArrived = arrived;
            return headerBytes;
        }

        private final class FromHttp extends AbstractInHandler {
            @Override
            public void onPush() {
                var bytes = grab(fromHttp);
                blocked(bytes.size());
                push(toNetwork, bytes);
            }

            @Override
            public void onUpstreamFinish() {
                if (isBlocked) hasHttpEnded = true;
                else complete(toNetwork);
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
                fail(toNetwork, failure);
            }
        }

        private final class ToNetwork extends AbstractOutHandler {
            /** The network has accepted the bytes before. */
            @Override
            public void onPull() {
                if (isBlocked) unblocked();
                if (hasHttpEnded) complete(toNetwork);
                else if (!isClosed(fromHttp)) tryPull(fromHttp);
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
                cancel(fromHttp, cause);
            }
        }

        private final class FromNetwork extends AbstractInHandler {
            @Override
            public void onPush() {
                received = received.concat(grab(fromNetwork)).compact();
                passOn();
            }

            @Override
            public void onUpstreamFinish() {
                hasNetworkEnded = true;
                if (received.isEmpty()) complete(toHttp);
                else if (isAvailable(toHttp)) passOn();
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
                fail(toHttp, failure);
            }
        }

        private final class ToHttp extends AbstractOutHandler {
            @Override
            public void onPull() {
                if (received.isEmpty()) tryPull(fromNetwork);
                else passOn();
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
                cancel(fromNetwork, cause);
            }
        }
    }
}
