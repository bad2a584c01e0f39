package io.guildhall.projections.view.webhook;

import io.guildhall.projections.notify.NotificationKind;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.webhook.WebhookDeliveries;
import io.guildhall.projections.readmodel.webhook.WebhookDeliveryRow;
import io.guildhall.projections.readmodel.webhook.WebhookDeliveryRow.Status;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

public final class SqlWebhookDeliveries implements WebhookDeliveries {
    private static final String SELECT = "SELECT * FROM webhook_delivery WHERE webhook_id = ?";
    private static final PagedQuery<WebhookDeliveryRow> OF_WEBHOOK =
            PagedQuery.newestFirst("webhook-deliveries", "id", SqlWebhookDeliveries::row, WebhookDeliveryRow::id);
    private static final List<String> KINDS =
            Stream.of(NotificationKind.values()).map(Enum::name).sorted().toList();

    private final ReadDatabase database;

    public SqlWebhookDeliveries(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<WebhookDeliveryRow>> ofWebhook(String webhookId, Page.Request page) {
        return database.query(connection -> OF_WEBHOOK.page(connection, page, SELECT, webhookId));
    }

    @Override
    public CompletionStage<Optional<WebhookDeliveryRow>> find(String webhookId, String deliveryId) {
        return database.query(connection ->
                Sql.list(connection, SELECT + " AND id = ?", SqlWebhookDeliveries::row, webhookId, deliveryId).stream()
                        .findFirst());
    }

    @Override
    public List<String> kinds() {
        return KINDS;
    }

    private static WebhookDeliveryRow row(ResultSet row) throws SQLException {
        var status = Status.valueOf(row.getString("status"));
        int response = row.getInt("response_status");
        return new WebhookDeliveryRow(
                row.getString("id"),
                row.getString("kind"),
                status,
                row.getInt("attempts"),
                response == 0 ? OptionalInt.empty() : OptionalInt.of(response),
                Sql.text(row, "failure"),
                row.getString("excerpt"),
                Sql.instant(row, "created_at").orElseThrow(),
                Sql.instant(row, "due_at").filter(_ -> status == Status.WAITING),
                Sql.instant(row, "finished_at"));
    }
}
