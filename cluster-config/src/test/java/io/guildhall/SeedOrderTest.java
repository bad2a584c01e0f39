package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which node of a local cluster forms it. */
class SeedOrderTest {
    private final SeedOrder order = new SeedOrder(3);
    private final Set<Integer> running = new HashSet<>();

    private List<Integer> start(int node) {
        var seeds = order.start(node, running::contains);
        running.add(node);
        return seeds;
    }

    private void startAll() {
        for (int i = 0; i < 3; i++) {
            start(i);
            order.setReady(i);
        }
    }

    @Test
    void theFirstNodeThatStartsFormsTheCluster() {
        assertThat(start(0)).containsExactly(0, 1, 2);
        assertThat(start(1)).as("the first one is starting").containsExactly(0, 2, 1);
        assertThat(start(2)).containsExactly(0, 1, 2);
    }

    @Test
    void nodeThatIsRestartedJoinsTheOthers() {
        startAll();
        running.remove(0);
        assertThat(start(0)).containsExactly(1, 2, 0);
    }

    /** A node was killed, and the others have stopped themselves, because they were the minority. */
    @Test
    void oneOfTheNodesThatAreAllRestartedFormsTheCluster() {
        startAll();
        running.remove(2);
        assertThat(start(2)).as("the others are members").containsExactly(0, 1, 2);
        running.removeAll(Set.of(0, 1));
        assertThat(start(1)).as("the running node waits for a cluster").containsExactly(1, 0, 2);
        assertThat(start(0)).as("another forms it").containsExactly(1, 2, 0);
        running.remove(2);
        assertThat(start(2)).containsExactly(0, 1, 2);
        running.removeAll(Set.of(0, 1, 2));
        assertThat(start(2)).containsExactly(2, 0, 1);
    }
}
