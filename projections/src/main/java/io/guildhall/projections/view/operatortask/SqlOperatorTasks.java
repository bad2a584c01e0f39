package io.guildhall.projections.view.operatortask;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.operatortask.OperatorTask;
import io.guildhall.projections.readmodel.operatortask.OperatorTasks;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

public final class SqlOperatorTasks implements OperatorTasks {
    private static final PagedQuery<OperatorTask> OPEN = PagedQuery.newestFirst(
            "operator-tasks", "since", "id", OperatorTaskColumns.ROW, OperatorTask::since, OperatorTask::id);

    private final ReadDatabase database;

    public SqlOperatorTasks(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<OperatorTask>> open(Page.Request page) {
        return database.query(connection -> OPEN.page(connection, page, "SELECT * FROM operator_task WHERE is_open"));
    }

    @Override
    public CompletionStage<Map<OperatorTask.Kind, Long>> countOpen() {
        return database.query(connection -> {
            var counts = new EnumMap<OperatorTask.Kind, Long>(OperatorTask.Kind.class);
            Sql.list(
                            connection,
                            "SELECT kind, count(*) FROM operator_task WHERE is_open GROUP BY kind",
                            row -> Map.entry(OperatorTask.Kind.valueOf(row.getString(1)), row.getLong(2)))
                    .forEach(it -> counts.put(it.getKey(), it.getValue()));
            return counts;
        });
    }
}
