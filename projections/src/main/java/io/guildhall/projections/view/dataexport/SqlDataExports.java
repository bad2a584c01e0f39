package io.guildhall.projections.view.dataexport;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.dataexport.DataExport;
import io.guildhall.projections.readmodel.dataexport.DataExportQueries;
import io.guildhall.projections.readmodel.room.RoomExport.State;
import io.guildhall.projections.store.ExportTable;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

public final class SqlDataExports implements DataExportQueries {
    private static final PagedQuery<DataExport> NEWEST_FIRST = PagedQuery.newestFirst(
            "data-exports", "requested_at", "id", SqlDataExports::read, DataExport::requestedAt, DataExport::id);
    private static final String OF_ACCOUNT = "SELECT * FROM export WHERE account_id = ? AND room_id IS NULL";

    private final ReadDatabase database;

    public SqlDataExports(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<DataExport>> of(String accountId, Page.Request page) {
        return database.query(it -> NEWEST_FIRST.page(it, page, OF_ACCOUNT, accountId));
    }

    @Override
    public CompletionStage<Optional<DataExport>> find(String accountId, String id) {
        return database.query(
                it -> Sql.list(it, OF_ACCOUNT + " AND id = ?", SqlDataExports::read, accountId, id).stream()
                        .findFirst());
    }

    private static DataExport read(ResultSet row) throws SQLException {
        return new DataExport(
                row.getString("id"),
                State.valueOf(row.getString("state")),
                row.getLong("done"),
                row.getLong("total"),
                Sql.instant(row, "requested_at").orElseThrow(),
                Sql.instant(row, "finished_at"),
                ExportTable.archive(row));
    }
}
