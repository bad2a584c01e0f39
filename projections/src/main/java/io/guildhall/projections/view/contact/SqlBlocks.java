package io.guildhall.projections.view.contact;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.contact.BlockRow;
import io.guildhall.projections.readmodel.contact.Blocks;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;

public final class SqlBlocks implements Blocks {
    private static final PagedQuery<BlockRow> NEWEST_FIRST = PagedQuery.newestFirst(
            "blocks", "b.blocked_at", "b.blocked_id", SqlBlocks::row, BlockRow::at, BlockRow::accountId);

    private final ReadDatabase database;

    public SqlBlocks(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<BlockRow>> by(String accountId, Page.Request page) {
        return database.query(connection -> NEWEST_FIRST.page(connection, page, """
                SELECT b.blocked_id, b.blocked_at
                  FROM account_block b
                 WHERE b.blocker_id = ? AND b.is_active
                """, accountId));
    }

    private static BlockRow row(ResultSet row) throws SQLException {
        return new BlockRow(
                row.getString("blocked_id"), Sql.instant(row, "blocked_at").orElseThrow());
    }
}
