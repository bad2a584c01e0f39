package io.guildhall.projections.notify.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.ViewFixture;
import org.junit.jupiter.api.Test;

class MessageNotificationsPlanTest {
    private final ViewFixture fixture = new ViewFixture();

    /** The messages of all other rooms must not cost anything. */
    @Test
    void unreadMessagesOfARoomAreReadFromTheIndex() {
        fixture.empty();
        fixture.transaction(connection -> {
            Sql.update(connection, """
                    INSERT INTO message (id, room_id, number, by_id, text, at)
                    SELECT 'm' || i, 'rm_o' || i % 10, i, 'acc_1', 'Hi', now() FROM generate_series(1, 20000) i
                    """);
            Sql.update(connection, "ANALYZE message");
            var plan = Sql.list(
                    connection,
                    "EXPLAIN (COSTS OFF) " + MessageNotifications.UNREAD,
                    row -> row.getString(1),
                    "rm_o1",
                    "rm_o1",
                    9L);
            assertThat(plan)
                    .anyMatch(it -> it.contains("message_pkey"))
                    .noneMatch(it -> it.contains("Seq Scan on message"));
        });
    }
}
