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

    /** A comparison of two columns with different collations cannot use the index of one of them. */
    @Test
    void idsAreComparedByteByByte() throws SQLException {
        try (var connection = FIXTURE.database.getConnection()) {
            assertThat(Sql.list(connection, """
                            SELECT c.relnamespace::regnamespace || '.' || c.relname || '.' || a.attname
                              FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation n ON n.oid = a.attcollation
                             WHERE c.relkind = 'r' AND c.relnamespace IN ('public'::regnamespace, 'embedding'::regnamespace, 'alert'::regnamespace)
                               AND c.relname NOT IN ('event_journal', 'event_tag', 'snapshot', 'flyway_schema_history')
                               AND c.relname NOT LIKE 'pekko_projection_%'
                               AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND n.collname <> 'C'
                               AND a.attname LIKE '%id'
                            """, row -> row.getString(1))).isEmpty();
        }
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
