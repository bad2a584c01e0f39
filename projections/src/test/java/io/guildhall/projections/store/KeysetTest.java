package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.projections.readmodel.InvalidCursorException;
import io.guildhall.projections.readmodel.Page;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeysetTest {
    private static final Keyset<Long> NUMBERS = new Keyset<>("numbers", List.of(0L), List::of);

    private static String cursor() throws SQLException {
        var page = NUMBERS.page(new Page.Request(2, Optional.empty()), (_, _) -> List.of(1L, 2L, 3L));
        return page.next().orElseThrow();
    }

    private static List<?> start(String cursor) {
        return NUMBERS.start(new Page.Request(2, Optional.of(cursor)));
    }

    @Test
    void continuesAfterTheLastRow() throws SQLException {
        assertThat(start(cursor())).isEqualTo(List.of(2L));
    }

    /** The decoder of Base64 accepts more than one spelling. */
    @Test
    void acceptsACursorOnlyAsItWasReturned() throws SQLException {
        var cursor = cursor();
        var last = cursor.charAt(cursor.length() - 1);
        for (var other : List.of(
                cursor + "=",
                cursor + "==",
                cursor + "!",
                " " + cursor,
                cursor.substring(0, cursor.length() - 1) + (char) (last + 1),
                "!" + cursor,
                "")) assertThatThrownBy(() -> start(other)).as(other).isInstanceOf(InvalidCursorException.class);
    }
}
