package io.guildhall.projections.view.search;

import io.guildhall.kernel.SearchKey;
import io.guildhall.projections.readmodel.search.Search;
import io.guildhall.projections.store.Sql;
import java.util.ArrayList;
import java.util.List;

/**
 * What must hold of a document {@code d}.
 *
 * @param sql constant but for its places for values
 */
record SqlFilter(String sql, List<Object> values) {
    static SqlFilter of(Search.Kind kind, Search.Filter filter) {
        var sql = new StringBuilder("d.listed AND d.kind = ?");
        var values = new ArrayList<Object>();
        values.add(kind.name());
        filter.category().ifPresent(it -> {
            sql.append(" AND d.category_key = ?");
            values.add(SearchKey.from(it));
        });
        filter.skills().forEach(spellings -> {
            sql.append(" AND d.skill_keys && ?");
            values.add(Sql.texts(SearchKey.from(spellings)));
        });
        filter.price().ifPresent(it -> {
            sql.append(" AND d.currency = ?");
            values.add(it.currency());
            it.atLeast().ifPresent(least -> {
                sql.append(" AND d.price_max >= ?");
                values.add(least);
            });
            it.atMost().ifPresent(most -> {
                sql.append(" AND d.price_min <= ?");
                values.add(most);
            });
        });
        filter.deliveryDays().ifPresent(it -> {
            sql.append(" AND d.delivery_days <= ?");
            values.add(it);
        });
        filter.ratingAtLeast().ifPresent(it -> {
            sql.append(" AND (SELECT avg(overall) FROM record_review WHERE freelancer_id = d.owner_id) >= ?");
            values.add(it);
        });
        if (filter.available()) sql.append(" AND d.availability IN ('AVAILABLE', 'PARTLY')");
        filter.newTo().ifPresent(it -> {
            sql.append(
                    " AND d.owner_id <> ? AND NOT EXISTS (SELECT FROM proposal WHERE job_id = d.id AND freelancer_id = ?)");
            values.add(it);
            values.add(it);
        });
        return new SqlFilter(sql.toString(), List.copyOf(values));
    }
}
