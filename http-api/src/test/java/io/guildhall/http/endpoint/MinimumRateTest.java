package io.guildhall.http.endpoint;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MinimumRateTest {
    private static final ByteString BYTES = ByteString.fromArray(new byte[100]);

    private final ActorTestKit kit = ActorTestKit.create();

    @AfterAll
    void close() {
        kit.shutdownTestKit();
    }

    private Done run(Source<ByteString, ?> bytes, Duration grace, long bytesPerSecond) {
        return result(bytes.via(new MinimumRate(grace, () -> bytesPerSecond)).runWith(Sink.ignore(), kit.system()));
    }

    @Test
    void failsIfNothingArrives() {
        assertThatThrownBy(() -> run(Source.never(), Duration.ZERO, 100))
                .hasMessageContaining("fewer than 100 bytes/s");
    }

    @Test
    void failsIfBytesArriveTooSlowly() {
        var slow = Source.repeat(BYTES).throttle(10, Duration.ofSeconds(1));
        assertThatThrownBy(() -> run(slow, Duration.ZERO, 1_000_000)).hasMessageContaining("fewer than 1000000");
    }

    /** Uploads must be faster while few permits are left. */
    @Test
    void failsIfTheRateRisesAboveThatOfTheSender() {
        var rate = new AtomicLong(1);
        var steady = Source.repeat(BYTES)
                .throttle(10, Duration.ofSeconds(1))
                .via(new MinimumRate(Duration.ofSeconds(1), rate::get))
                .runWith(Sink.foreach(_ -> rate.set(1_000_000)), kit.system());
        assertThatThrownBy(() -> result(steady)).hasMessageContaining("fewer than 1000000");
    }

    @Test
    void passesWhatArrivesInTime() {
        var steady = Source.from(Collections.nCopies(10, BYTES)).throttle(10, Duration.ofSeconds(1));
        assertThat(run(steady, Duration.ofSeconds(30), 100)).isEqualTo(Done.getInstance());
    }

    /** A receiver that is busy, such as with a slow disk, does not count against the sender. */
    @Test
    void timeOfTheReceiverDoesNotCount() {
        var received = Source.from(Collections.nCopies(12, BYTES))
                .via(new MinimumRate(Duration.ZERO, () -> 1_000_000))
                .throttle(6, Duration.ofSeconds(1))
                .runWith(Sink.ignore(), kit.system());
        assertThat(result(received)).isEqualTo(Done.getInstance());
    }
}
