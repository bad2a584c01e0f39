package io.guildhall.projections.view.operatortask;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.Field.optionalAmount;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.operatortask.OperatorTask;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.VersionedTable;

/** The table {@code operator_task}. A task that is done keeps its row, so that an older event cannot open it again. */
final class OperatorTaskColumns {
    static final RecordColumns<OperatorTask> ROW = RecordColumns.of(
                    OperatorTask.class,
                    column("id", TEXT, OperatorTask::id),
                    column("kind", enumOf(OperatorTask.Kind.class), OperatorTask::kind),
                    optional("contract_id", TEXT, OperatorTask::contractId),
                    optionalAmount("amount", OperatorTask::amount),
                    column("detail", TEXT, OperatorTask::detail),
                    column("attempts", INTEGER, OperatorTask::attempts),
                    column("since", TIMESTAMP, OperatorTask::since))
            .with(optional("currency", TEXT, it -> it.amount().map(Money::currency)))
            .with(column("is_open", BOOLEAN, _ -> true));

    static final VersionedTable<OperatorTask> TABLE = new VersionedTable<>("operator_task", ROW);

    private OperatorTaskColumns() {}
}
