package io.guildhall.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActiveEntitiesTest {
    private final List<String> left = new ArrayList<>();
    private final ActiveEntities active = new ActiveEntities(3);

    private void start(String... ids) {
        for (var id : ids) active.started(id, () -> left.add(id));
    }

    @Test
    void theLeastRecentlyUsedLeavesFirst() {
        start("a", "b", "c");
        assertThat(left).isEmpty();
        active.used("a");
        start("d");
        assertThat(left).containsExactly("b");
        start("e", "f");
        assertThat(left).containsExactly("b", "c", "a");
        assertThat(active.count()).isEqualTo(3);
    }

    @Test
    void anEntityThatHasStoppedMakesRoom() {
        start("a", "b", "c");
        active.stopped("b");
        start("d");
        assertThat(left).isEmpty();
    }

    /** It was asked to leave and receives a message before it does. */
    @Test
    void anEntityThatLeavesIsNotCountedAgain() {
        start("a", "b", "c", "d");
        active.used("a");
        assertThat(active.count()).isEqualTo(3);
        active.stopped("a");
        assertThat(active.count()).isEqualTo(3);
    }

    @Test
    void anEntityThatStartsAgainIsCountedOnce() {
        start("a", "a");
        assertThat(active.count()).isEqualTo(1);
    }
}
