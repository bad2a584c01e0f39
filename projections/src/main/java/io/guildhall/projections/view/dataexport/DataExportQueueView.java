package io.guildhall.projections.view.dataexport;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.dataexport.DataExports;
import io.guildhall.domain.dataexport.DataExportsEvent;
import io.guildhall.domain.dataexport.DataExportsEvent.*;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.store.ExportTable;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Adds each requested export of own data to the exports that nodes write. It has no table of its own and cannot be rebuilt:
 * the rows are deleted with their files, and a rebuild would write the exports again.
 */
public final class DataExportQueueView implements View {
    @Override
    public String name() {
        return "data-export-queue";
    }

    @Override
    public boolean isRebuildable() {
        return false;
    }

    @Override
    public List<Table<?>> tables() {
        return List.of();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(DataExports.AGGREGATE, DataExportQueueView::apply));
    }

    private static void apply(Connection connection, Recorded<DataExportsEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case ExportRequested e -> ExportTable.add(connection, e.exportId(), e.accountId(), e.at());
            case ExportFinished _, ExportFailed _ -> {}
        }
    }
}
