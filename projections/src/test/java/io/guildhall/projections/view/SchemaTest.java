package io.guildhall.projections.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.projections.View;
import io.guildhall.projections.store.Column;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The tables of the database have exactly the columns that the views list: by name, type and nullability. Columns that the
 * database computes are not listed.
 */
class SchemaTest {
    private static final ViewFixture FIXTURE = new ViewFixture();

    @TestFactory
    Stream<DynamicTest> tablesHaveTheListedColumns() {
        return tables().map(table -> DynamicTest.dynamicTest(
                table.name(),
                () -> assertThat(columns(table.name()))
                        .containsExactlyInAnyOrderElementsOf(table.columns().stream()
                                .map(SchemaTest::definition)
                                .toList())));
    }

    @Test
    void everyTableOfTheReadModelIsListedByOneView() {
        assertThat(tables().map(Table::name)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(existing());
    }

    private static Stream<Table<?>> tables() {
        return Views.all().stream().map(View::tables).flatMap(List::stream);
    }

    private static Set<String> existing() {
        return FIXTURE.rows().keySet();
    }

    private static String definition(Column<?> column) {
        return column.name() + " " + column.type() + (column.nullable() ? "" : " NOT NULL");
    }

    private static List<String> columns(String table) throws SQLException {
        try (var connection = FIXTURE.database.getConnection()) {
            return Sql.list(connection, """
                    SELECT attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
                      FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                    """, row -> row.getString(1), table);
        }
    }
}
