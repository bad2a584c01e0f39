package io.guildhall.projections.view.webhook;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TEXTS;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;

import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.VersionedTable;
import java.time.Instant;
import java.util.List;

/** The table {@code webhook}. */
final class WebhookTable {
    record WebhookRow(String id, String accountId, List<String> kinds, boolean isActive, Instant since) {}

    static final VersionedTable<WebhookRow> TABLE = new VersionedTable<>(
            "webhook",
            RecordColumns.of(
                    WebhookRow.class,
                    column("id", TEXT, WebhookRow::id),
                    column("account_id", TEXT, WebhookRow::accountId),
                    column("kinds", TEXTS, WebhookRow::kinds),
                    column("is_active", BOOLEAN, WebhookRow::isActive),
                    column("since", TIMESTAMP, WebhookRow::since)));

    private WebhookTable() {}
}
