package io.guildhall.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.room.Room;
import io.guildhall.http.live.EventStreams.Cursor;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventStreamsTest {
    private static final String EPOCH = "0b55f9a2-5a1c-4f0e-9d4e-2f6f0a7c1b11";

    private static List<String> conversations(int count) {
        var account = "acc_01k9x5m2r8qtzv4w6y8a0b2c3d";
        return IntStream.range(0, count)
                .mapToObj(it -> "room:" + Room.conversationId(account, "acc_01k9x5m2r8qtzv4w6y8a0b" + (1000 + it)))
                .toList();
    }

    /** As many as the default of guildhall.live.max-subscriptions. */
    @Test
    void cursorOfAsManyConversationsAsAllowedIsReadAgain() {
        var channels = conversations(100);
        var cursor = new Cursor(
                EPOCH,
                channels.stream().collect(Collectors.toMap(it -> it, it -> 999_999_999_999_999_000L + it.length())));
        var text = cursor.text(channels);
        assertThat(text.length()).isLessThanOrEqualTo(Cursor.maxLength(channels.size()));
        assertThat(Cursor.parse(text, channels)).contains(cursor);
    }

    @Test
    void channelsThatWereNotOpenHaveNoOffset() {
        var channels = List.of("me", "room:rm_1", "job:job_1");
        var cursor = new Cursor(EPOCH, Map.of("room:rm_1", 7L));
        assertThat(cursor.text(channels)).endsWith(";,7,");
        assertThat(Cursor.parse(cursor.text(channels), channels)).contains(cursor);
    }

    @Test
    void rejectsTextsOfOtherChannelsAndInvalidOffsets() {
        var channels = List.of("me", "room:rm_1");
        var text = new Cursor(EPOCH, Map.of("me", 3L, "room:rm_1", 7L)).text(channels);
        assertThat(Cursor.parse(text, channels.reversed())).isEmpty();
        assertThat(Cursor.parse(text, List.of("me"))).isEmpty();
        for (var it : List.of(text + ",1", text + "-", text + "0".repeat(18), text.replace(EPOCH, ""), text + ";"))
            assertThat(Cursor.parse(it, channels)).as(it).isEmpty();
    }
}
