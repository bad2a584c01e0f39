package io.guildhall.adapter.postgres;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.port.ReadMarks;
import io.guildhall.testing.SettableClock;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PostgresReadMarksTest {
    private static final LiveDatabase DATABASE = new LiveDatabase();

    private final SettableClock clock = new SettableClock();
    private final List<ReadMarks> nodes =
            List.of(new PostgresReadMarks(DATABASE.source(), clock), new PostgresReadMarks(DATABASE.source(), clock));
    private final String room = "rm_" + UUID.randomUUID();

    private boolean move(int node, String account, long number) {
        return result(nodes.get(node).move(room, account, number));
    }

    private int marks(String account, long number) throws SQLException {
        return DATABASE.count(
                "read_mark WHERE room_id = '" + room + "' AND account_id = '" + account + "' AND number = " + number);
    }

    @Test
    void movesForwardOnly() throws SQLException {
        assertThat(move(0, "acc_a", 3)).isTrue();
        assertThat(move(1, "acc_a", 3)).isFalse();
        assertThat(move(1, "acc_a", 2)).isFalse();
        assertThat(marks("acc_a", 3)).isEqualTo(1);
        assertThat(move(1, "acc_a", 4)).isTrue();
        assertThat(marks("acc_a", 4)).isEqualTo(1);
        assertThat(move(0, "acc_b", 1)).as("each member has a mark").isTrue();
    }

    @Test
    void keepsTheHighestOfConcurrentMoves() throws SQLException {
        var numbers = LongStream.rangeClosed(1, 300).boxed().collect(Collectors.toList());
        Collections.shuffle(numbers, new Random(1));
        var moves = numbers.stream()
                .map(it -> nodes.get((int) (it % 2)).move(room, "acc_a", it))
                .toList();
        moves.forEach(it -> result(it));
        assertThat(marks("acc_a", 300)).isEqualTo(1);
    }

    @Test
    void keepsTheMarksOfMembersThatMoveTogether() throws SQLException {
        var moves = LongStream.rangeClosed(1, 100)
                .boxed()
                .flatMap(it -> Stream.of(
                        nodes.getFirst().move(room, "acc_a", it),
                        nodes.getFirst().move(room, "acc_b", it + 100)))
                .toList();
        moves.forEach(it -> result(it));
        assertThat(marks("acc_a", 100)).isEqualTo(1);
        assertThat(marks("acc_b", 200)).isEqualTo(1);
    }
}
