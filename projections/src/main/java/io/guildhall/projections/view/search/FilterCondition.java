package io.guildhall.projections.view.search;

/** The conditions that a filter can set on a document {@code d}. Searches and saved searches use the same ones. */
enum FilterCondition {
    CATEGORY("d.category_key = %1$s"),
    SKILL("d.skill_keys && %1$s"),
    CURRENCY("d.currency = %1$s"),
    PRICE_AT_LEAST("d.price_max >= %1$s"),
    PRICE_AT_MOST("d.price_min <= %1$s"),
    DELIVERY_DAYS("d.delivery_days <= %1$s"),
    RATING_AT_LEAST("(SELECT avg(overall) FROM record_review WHERE freelancer_id = d.owner_id) >= %1$s"),
    AVAILABLE("d.availability IN ('AVAILABLE', 'PARTLY')"),
    NOT_OWNED_BY("d.owner_id <> %1$s"),
    NOT_ANSWERED_BY("NOT EXISTS (SELECT FROM proposal WHERE job_id = d.id AND freelancer_id = %1$s)");

    private final String sql;

    /** @param sql with {@code %1$s} for the value */
    FilterCondition(String sql) {
        this.sql = sql;
    }

    /** @param value constant SQL: a column, or {@code ?} */
    String on(String value) {
        return sql.formatted(value);
    }

    /** True where the column is null. */
    String onOptional(String column) {
        return "(" + column + " IS NULL OR " + on(column) + ")";
    }
}
