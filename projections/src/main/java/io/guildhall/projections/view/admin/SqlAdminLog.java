package io.guildhall.projections.view.admin;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.admin.AdminLog;
import io.guildhall.projections.readmodel.admin.AdminLogEntry;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

public final class SqlAdminLog implements AdminLog {
    private static final PagedQuery<AdminLogEntry> NEWEST_FIRST =
            PagedQuery.newestFirst("admin-log", "at", "id", AdminLogColumns.ROW, AdminLogEntry::at, AdminLogEntry::id);

    private final ReadDatabase database;

    public SqlAdminLog(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<AdminLogEntry>> list(Filter filter, Page.Request page) {
        var conditions = new ArrayList<>(List.of("true"));
        var values = new ArrayList<Object>();
        add("account_id = ?", filter.accountId(), conditions, values);
        add("by_id = ?", filter.by(), conditions, values);
        add("action = ?", filter.action(), conditions, values);
        add("at >= ?", filter.from(), conditions, values);
        add("at < ?", filter.until(), conditions, values);
        var select = "SELECT * FROM admin_log WHERE " + String.join(" AND ", conditions);
        return database.query(connection -> NEWEST_FIRST.page(connection, page, select, values.toArray()));
    }

    private static void add(String condition, Optional<?> value, List<String> conditions, List<Object> values) {
        if (value.isEmpty()) return;
        conditions.add(condition);
        values.add(value.get());
    }
}
