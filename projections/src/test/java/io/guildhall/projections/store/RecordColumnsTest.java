package io.guildhall.projections.store;

import static io.guildhall.projections.store.Field.amount;
import static io.guildhall.projections.store.Field.arrays;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.embedded;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.Field.optionalEmbedded;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.Money;
import io.guildhall.projections.Recorded;
import io.guildhall.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordColumnsTest {
    private record Size(int width, int height) {}

    private record Part(String name, Money price) {}

    private record Box(String id, Size size, Optional<Size> lid, Optional<String> note, List<Part> parts) {}

    private static final RecordColumns<Part> PART =
            RecordColumns.of(Part.class, column("names", TEXT, Part::name), amount("prices", Part::price));

    private static final RecordColumns<Box> BOX = RecordColumns.of(
                    Box.class,
                    column("id", TEXT, Box::id),
                    embedded(size(""), Box::size),
                    optionalEmbedded(size("lid_"), Box::lid),
                    optional("note", TEXT, Box::note),
                    arrays("part_", PART, Box::parts))
            .with(optional(
                    "currency",
                    TEXT,
                    it -> it.parts().stream()
                            .map(part -> part.price().currency())
                            .findFirst()));

    private static final Box EMPTY = new Box("a", new Size(1, 2), Optional.empty(), Optional.empty(), List.of());
    private static final Box FULL = new Box(
            "a",
            new Size(3, 4),
            Optional.of(new Size(5, 6)),
            Optional.of("Fragile"),
            List.of(new Part("Bolt, M5", new Money(7, "USD")), new Part("\"Nut\"", new Money(8, "USD"))));

    private final VersionedTable<Box> table = new VersionedTable<>("box", BOX);
    private Connection connection;

    private static RecordColumns<Size> size(String prefix) {
        return RecordColumns.of(
                Size.class,
                column(prefix + "width", INTEGER, Size::width),
                column(prefix + "height", INTEGER, Size::height));
    }

    @BeforeEach
    void createTable() throws SQLException {
        connection = TestDatabase.fresh().getConnection();
        Sql.update(connection, """
                CREATE TABLE box (id text PRIMARY KEY, width integer, height integer, lid_width integer, lid_height integer, note text,
                                  part_names text[], part_prices bigint[], currency text, version bigint)
                """);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private List<Box> boxes() throws SQLException {
        return Sql.list(connection, "SELECT * FROM box", BOX);
    }

    private static Recorded<String> event(long sequence) {
        return new Recorded<>("a", sequence, "event", Instant.EPOCH, Correlation.NONE);
    }

    @Test
    void readsTheRecordThatWasWritten() throws SQLException {
        for (var box : List.of(EMPTY, FULL)) {
            Sql.update(connection, "TRUNCATE box");
            table.insert(connection, event(1), box);
            assertThat(boxes()).containsExactly(box);
        }
    }

    @Test
    void changesNothingTwice() throws SQLException {
        table.insert(connection, event(2), EMPTY);
        table.insert(connection, event(3), FULL);
        table.insertOrReplace(connection, event(2), FULL);
        assertThat(table.change(connection, event(1), "note = ?", "Late")).isFalse();
        assertThat(boxes()).containsExactly(EMPTY);

        table.insertOrReplace(connection, event(3), FULL);
        assertThat(boxes()).containsExactly(FULL);
        assertThat(table.change(connection, event(4), size(""), new Size(8, 9), "note = ?", "Big"))
                .isTrue();
        assertThat(boxes()).containsExactly(new Box("a", new Size(8, 9), FULL.lid(), Optional.of("Big"), FULL.parts()));
    }

    @Test
    void rejectsFieldsThatDoNotMatchTheComponents() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordColumns.of(Size.class, column("width", INTEGER, Size::width)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordColumns.of(
                        Size.class, column("width", INTEGER, Size::width), column("height", TEXT, _ -> "9")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordColumns.of(
                        Size.class, column("width", INTEGER, Size::width), column("width", INTEGER, Size::height)));
    }

    @Test
    void rejectsColumnsThatAreNamedAfterAnotherComponent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordColumns.of(
                        Size.class, column("height", INTEGER, Size::width), column("width", INTEGER, Size::height)));
    }

    @Test
    void acceptsAColumnWithAnotherNameIfTheFieldNamesItsComponent() {
        var renamed = RecordColumns.of(
                Size.class,
                column("w", INTEGER, Size::width).ofComponent("width"),
                column("height", INTEGER, Size::height));
        assertThat(renamed.names()).isEqualTo("w, height");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordColumns.of(
                        Size.class,
                        column("width", INTEGER, Size::width).ofComponent("height"),
                        column("height", INTEGER, Size::height)));
    }
}
