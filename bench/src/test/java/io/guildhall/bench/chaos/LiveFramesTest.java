package io.guildhall.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.bench.chaos.LiveFrames.Frame;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Events that were lost, received twice or received out of order are reported. */
class LiveFramesTest {
    private static final String ROOM = "room:rm_1";
    private static final Map<String, List<Frame>> EVENTS = Map.of(ROOM, frames(2, 3, 4, 6));

    private static List<Frame> frames(long... offsets) {
        return LongStream.of(offsets).mapToObj(it -> new Frame(it, "msg_" + it)).toList();
    }

    private static List<String> violations(long start, long... offsets) {
        var frames = new LiveFrames();
        frames.subscribed(ROOM, start);
        frames(offsets).forEach(it -> frames.received(ROOM, it));
        return frames.violations("Ann", EVENTS);
    }

    @Test
    void acceptsAllEventsAfterTheStart() {
        assertThat(violations(0, 2, 3, 4, 6)).isEmpty();
        assertThat(violations(3, 4, 6)).isEmpty();
        assertThat(violations(6)).isEmpty();
    }

    @Test
    void reportsLostEvents() {
        assertThat(violations(0, 2, 4, 6)).singleElement().asString().contains("Ann", ROOM, "1 lost", "msg_3");
        assertThat(violations(0, 2, 3, 4)).singleElement().asString().contains("1 lost", "msg_6");
    }

    @Test
    void reportsEventsThatWereReceivedTwice() {
        assertThat(violations(0, 2, 3, 3, 4, 6)).singleElement().asString().contains("1 received twice", "msg_3");
        assertThat(violations(0, 2, 3, 4, 6, 7)).singleElement().asString().contains("unknown", "msg_7");
    }

    @Test
    void reportsEventsOutOfOrder() {
        assertThat(violations(0, 2, 4, 3, 6)).singleElement().asString().contains("out of order");
    }

    @Test
    void reportsAnotherMessageThanTheJournalHas() {
        var frames = new LiveFrames();
        frames.subscribed(ROOM, 4);
        frames.received(ROOM, new Frame(6, "msg_other"));
        assertThat(frames.violations("Ann", EVENTS))
                .singleElement()
                .asString()
                .contains("lost", "msg_6", "unknown", "msg_other");
    }

    @Test
    void resumesAfterTheLastEvent() {
        var frames = new LiveFrames();
        frames.subscribed(ROOM, 3);
        assertThat(frames.last(ROOM)).isEqualTo(3);
        assertThat(frames.areComplete(EVENTS)).isFalse();
        frames(4, 6).forEach(it -> frames.received(ROOM, it));
        frames.subscribed(ROOM, 6);
        assertThat(frames.last(ROOM)).isEqualTo(6);
        assertThat(frames.areComplete(EVENTS)).isTrue();
    }
}
