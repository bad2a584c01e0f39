package io.guildhall.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class QueuedBytesTest {
    private final QueuedBytes all = new QueuedBytes(100);
    private final List<String> closed = new CopyOnWriteArrayList<>();

    private QueuedBytes.OfClient open(String name) {
        return all.open(() -> closed.add(name));
    }

    @Test
    void closesTheClientWithTheLongestQueueOnce() {
        var fast = open("fast");
        var slow = open("slow");
        open("idle").add(1);
        fast.add(40);
        assertThat(slow.add(59)).isEqualTo(59);
        assertThat(closed).isEmpty();
        fast.add(1);
        Await.until(() -> assertThat(closed).containsExactly("slow"));
        fast.add(1);
        slow.remove(59);
        slow.close();
        assertThat(all.total()).isEqualTo(43);
        assertThat(closed).containsExactly("slow");
        fast.add(58);
        Await.until(() -> assertThat(closed).containsExactly("slow", "fast"));
    }

    @Test
    void doesNotCountWhatWasSent() {
        var client = open("client");
        for (int i = 0; i < 1_000; i++) {
            client.add(100);
            client.remove(100);
        }
        assertThat(all.total()).isZero();
        assertThat(closed).isEmpty();
    }
}
