package io.guildhall.projections.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.projections.store.Column;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.RecordGenerator.Change;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A column is written from the component that it is named after: if only this component changes, then of all columns
 * only this one does.
 */
class ColumnAccessorsTest {
    /** Components without a column of their table. */
    private static final Set<String> JOINED = Set.of("proposal.jobTitle", "contract.milestones");

    /** Components whose column has another name. */
    private static final Map<String, String> RENAMED = Map.of(
            "proposal.declineReason", "declined",
            "invite.acceptanceFailure", "refused",
            "contract.createdAt", "drawn_at",
            "message.authorId", "by_id",
            "ledger_account_kind.account", "kind");

    /** Components that are stored as JSON in one column. */
    private static final Set<String> JSON = Set.of("links", "settings");

    private static final Set<String> DERIVED = Set.of("category_key", "skill_keys");

    @TestFactory
    Stream<DynamicTest> eachComponentIsWrittenToItsColumn() {
        return Views.all().stream()
                .flatMap(it -> it.tables().stream())
                .filter(it -> it.declaredColumns() instanceof RecordColumns)
                .map(it ->
                        DynamicTest.dynamicTest(it.name(), () -> check(it, (RecordColumns<?>) it.declaredColumns())));
    }

    private static <R> void check(Table<?> table, RecordColumns<R> columns) {
        var generator = new RecordGenerator(1, "acc_ann", true);
        Record record = generator.record(columns.recordType().asSubclass(Record.class));
        var components = Stream.of(record.getClass().getRecordComponents())
                .filter(it -> !JOINED.contains(table.name() + "." + it.getName()))
                .toList();
        for (var component : components)
            for (Change<Record> change : generator.changes(record, component).toList())
                assertThat(changed(columns, record, change.value()))
                        .as("changed by " + change.component())
                        .singleElement()
                        .asString()
                        .contains(columnName(
                                table, JSON.contains(component.getName()) ? component.getName() : change.component()));
    }

    private static <R> List<String> changed(RecordColumns<R> columns, Record before, Record after) {
        var type = columns.recordType();
        return columns.list().stream()
                .filter(it -> !DERIVED.contains(it.name()))
                .filter(it -> !values(it, type.cast(before)).equals(values(it, type.cast(after))))
                .map(Column::name)
                .toList();
    }

    private static <R> List<?> values(Column<R> column, R record) {
        return column.values().apply(record);
    }

    private static String columnName(Table<?> table, String component) {
        return RENAMED.getOrDefault(
                table.name() + "." + component,
                component.replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT));
    }
}
