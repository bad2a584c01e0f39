package io.guildhall.http.endpoint;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Passes bytes on and fails with a TimeoutException if the sender is too slow. Counts only the time during which the
 * receiver waits.
 */
final class MinimumRate extends GraphStage<FlowShape<ByteString, ByteString>> {
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);

    private final Duration grace;
    private final LongSupplier bytesPerSecond;
    private final Inlet<ByteString> in = Inlet.create("MinimumRate.in");
    private final Outlet<ByteString> out = Outlet.create("MinimumRate.out");

    /**
     * @param grace how long the receiver waits in addition to the time that the bytes take at the rate
     * @param bytesPerSecond the present rate, which applies to all bytes
     */
    MinimumRate(Duration grace, LongSupplier bytesPerSecond) {
        this.grace = grace;
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return new FlowShape<>(in, out);
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new TimerGraphStageLogic(shape()) {
            private long received;
            private long waitedNanos;
            private long waitingSince;

            {
                setHandler(in, new AbstractInHandler() {
                    @Override
                    public void onPush() {
                        waitedNanos += System.nanoTime() - waitingSince;
                        var bytes = grab(in);
                        received += bytes.size();
                        push(out, bytes);
                    }
                });
                setHandler(out, new AbstractOutHandler() {
                    @Override
                    public void onPull() {
                        waitingSince = System.nanoTime();
                        pull(in);
                    }
                });
            }

            @Override
            public void preStart() {
                scheduleAtFixedRate("check", CHECK_INTERVAL, CHECK_INTERVAL);
            }

            @Override
            public void onTimer(Object key) {
                if (!hasBeenPulled(in)) return;
                long waited = waitedNanos + System.nanoTime() - waitingSince;
                long rate = bytesPerSecond.getAsLong();
                long allowed =
                        grace.toNanos() + received * Duration.ofSeconds(1).toNanos() / rate;
                if (waited > allowed) failStage(new TimeoutException("fewer than " + rate + " bytes/s"));
            }
        };
    }
}
