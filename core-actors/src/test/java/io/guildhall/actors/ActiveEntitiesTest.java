package io.guildhall.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActiveEntitiesTest {
    private final List<String> left = new ArrayList<>();
    /** Two that were used once, and 398 others. */
    private final ActiveEntities active = new ActiveEntities(400);

    /** With the first message. */
    private void start(String... ids) {
        for (var id : ids) {
            active.started(id, () -> left.add(id));
            active.used(id);
        }
    }

    private void startAndUseAgain(String id) {
        start(id);
        active.used(id);
    }

    @Test
    void theLeastRecentlyUsedLeavesFirst() {
        for (int i = 0; i < 398; i++) startAndUseAgain("e" + i);
        assertThat(left).isEmpty();
        active.used("e0");
        startAndUseAgain("more");
        startAndUseAgain("still more");
        assertThat(left).containsExactly("e1", "e2");
        assertThat(active.count()).isEqualTo(398);
    }

    @Test
    void entitiesThatWereUsedOnceDisplaceNoneThatWasUsedAgain() {
        startAndUseAgain("room");
        for (int i = 0; i < 500; i++) start("job" + i);
        assertThat(left).hasSize(498).doesNotContain("room").startsWith("job0", "job1");
        assertThat(active.count()).isEqualTo(3);
    }

    @Test
    void anEntityThatHasStoppedMakesRoom() {
        start("a", "b");
        active.stopped("a");
        start("c");
        assertThat(left).isEmpty();
    }

    /** It was asked to leave and receives a message before it does. */
    @Test
    void anEntityThatLeavesIsNotCountedAgain() {
        start("a", "b", "c");
        active.used("a");
        assertThat(active.count()).isEqualTo(2);
        active.stopped("a");
        assertThat(active.count()).isEqualTo(2);
    }

    @Test
    void anEntityThatStartsAgainIsCountedOnce() {
        startAndUseAgain("a");
        start("a");
        assertThat(active.count()).isEqualTo(1);
    }
}
