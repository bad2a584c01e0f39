package io.guildhall.http.server;

import io.guildhall.http.server.Connections.Connection;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.http.impl.engine.server.HttpAttributes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;

/**
 * Keeps one connection within the limits: refuses it if there are too many, and closes it if the header of a request
 * does not arrive in time, also if it arrives byte by byte. Pekko's own idle timeout ends only connections on which
 * nothing at all moves, and its request timeout begins after the header.
 */
final class ConnectionGuard extends GraphStage<BidiShape<HttpRequest, HttpRequest, HttpResponse, HttpResponse>> {
    private static final String HEADER_TIMER = "header";
    /** For a response that is sent while its content is read, such as a file. */
    private static final Duration STREAMING_TIME = Duration.ofMinutes(10);

    private final Connections connections;
    private final Inlet<HttpRequest> requestIn = Inlet.create("ConnectionGuard.requestIn");
    private final Outlet<HttpRequest> requestOut = Outlet.create("ConnectionGuard.requestOut");
    private final Inlet<HttpResponse> responseIn = Inlet.create("ConnectionGuard.responseIn");
    private final Outlet<HttpResponse> responseOut = Outlet.create("ConnectionGuard.responseOut");

    ConnectionGuard(Connections connections) {
        this.connections = connections;
    }

    @Override
    public BidiShape<HttpRequest, HttpRequest, HttpResponse, HttpResponse> shape() {
        return new BidiShape<>(requestIn, requestOut, responseIn, responseOut);
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic(address(attributes));
    }

    private static InetAddress address(Attributes attributes) {
        return attributes
                .getAttribute(HttpAttributes.RemoteAddress.class)
                .map(it -> it.address().getAddress())
                .orElseThrow(() -> new IllegalStateException("The connection has no remote address"));
    }

    private final class Logic extends TimerGraphStageLogic {
        private final InetAddress address;
        private Optional<Connection> connection = Optional.empty();
        private int openRequests;
        private boolean closing;

        Logic(InetAddress address) {
            super(ConnectionGuard.this.shape());
            this.address = address;
            setHandler(requestIn, new FromNetwork());
            setHandler(requestOut, new ToHandler());
            setHandler(responseIn, new FromHandler());
            setHandler(responseOut, new ToNetwork());
        }

        @Override
        public void preStart() {
            var close = this.<Boolean>createAsyncCallback(_ -> closeWhenServed());
            connection = connections.open(address, () -> close.invoke(true));
            if (connection.isEmpty()) completeStage();
            else scheduleOnce(HEADER_TIMER, connections.limits().headerTimeout());
        }

        @Override
        public void postStop() {
            connection.ifPresent(Connection::closed);
        }

        @Override
        public void onTimer(Object key) {
            connections.count("header-timeout");
            completeStage();
        }

        private void closeWhenServed() {
            closing = true;
            if (openRequests == 0) completeStage();
        }

        private void requestArrived() {
            openRequests++;
            cancelTimer(HEADER_TIMER);
            connection.ifPresent(Connection::serving);
        }

        private void responded(HttpResponse response) {
            if (--openRequests > 0) return;
            if (closing) {
                completeStage();
                return;
            }
            var keepAlive = connections.limits().keepAliveTimeout();
            scheduleOnce(HEADER_TIMER, response.entity().isStrict() ? keepAlive : keepAlive.plus(STREAMING_TIME));
            connection.ifPresent(Connection::waiting);
        }

        private final class FromNetwork extends AbstractInHandler {
            @Override
            public void onPush() {
                requestArrived();
                push(requestOut, grab(requestIn));
            }

            @Override
            public void onUpstreamFinish() {
                complete(requestOut);
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
                fail(requestOut, failure);
            }
        }

        private final class ToHandler extends AbstractOutHandler {
            @Override
            public void onPull() {
                tryPull(requestIn);
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
                cancel(requestIn, cause);
            }
        }

        private final class FromHandler extends AbstractInHandler {
            @Override
            public void onPush() {
                var response = grab(responseIn);
                push(responseOut, response);
                responded(response);
            }

            @Override
            public void onUpstreamFinish() {
                complete(responseOut);
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
                fail(responseOut, failure);
            }
        }

        private final class ToNetwork extends AbstractOutHandler {
            @Override
            public void onPull() {
                tryPull(responseIn);
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
                cancel(responseIn, cause);
            }
        }
    }
}
