package io.guildhall.projections.view.search;

import io.guildhall.projections.readmodel.Search;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.jobs.JobsView;
import java.util.ArrayList;
import java.util.List;

/**
 * What must hold of a document {@code d}.
 *
 * @param sql constant but for its places for values
 */
record Where(String sql, List<Object> values) {
    static Where of(Search.Kind kind, Search.Filter filter) {
        var sql = new StringBuilder("d.listed AND d.kind = ?");
        var values = new ArrayList<Object>();
        values.add(kind.name());
        filter.category().ifPresent(it -> {
            sql.append(" AND d.category_key = ?");
            values.add(JobsView.key(it));
        });
        if (!filter.skills().isEmpty()) {
            sql.append(" AND d.skill_keys @> ?");
            values.add(Sql.texts(filter.skills().stream().map(JobsView::key).toList()));
        }
        filter.currency().ifPresent(it -> {
            sql.append(" AND d.currency = ?");
            values.add(it);
        });
        filter.priceAtLeast().ifPresent(it -> {
            sql.append(" AND d.price_max >= ?");
            values.add(it);
        });
        filter.priceAtMost().ifPresent(it -> {
            sql.append(" AND d.price_min <= ?");
            values.add(it);
        });
        return new Where(sql.toString(), List.copyOf(values));
    }
}
