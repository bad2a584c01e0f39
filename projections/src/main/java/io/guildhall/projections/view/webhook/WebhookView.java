package io.guildhall.projections.view.webhook;

import static io.guildhall.projections.View.on;
import static io.guildhall.projections.view.webhook.WebhookTable.TABLE;

import io.guildhall.domain.webhook.Webhooks;
import io.guildhall.domain.webhook.WebhooksEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.webhook.WebhookTable.WebhookRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes which webhooks receive which kinds of events. */
public final class WebhookView implements View {
    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(TABLE.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Webhooks.AGGREGATE, WebhookView::apply));
    }

    private static void apply(Connection connection, Recorded<WebhooksEvent> recorded) throws SQLException {
        var id = recorded.event().webhookId();
        switch (recorded.event()) {
            case WebhooksEvent.Registered e ->
                TABLE.insert(
                        connection,
                        recorded,
                        new WebhookRow(e.webhookId(), recorded.entityId(), e.kinds(), true, e.at()));
            case WebhooksEvent.Changed e ->
                TABLE.changeRow(connection, recorded, id, "kinds = ?", Sql.texts(e.kinds()));
            case WebhooksEvent.Resumed e ->
                TABLE.changeRow(connection, recorded, id, "is_active = true, since = ?", e.at());
            case WebhooksEvent.Paused _, WebhooksEvent.Disabled _ ->
                TABLE.changeRow(connection, recorded, id, "is_active = false");
            case WebhooksEvent.Removed _ ->
                TABLE.changeRow(connection, recorded, id, "is_active = false, kinds = '{}'");
            case WebhooksEvent.SecretRotated _, WebhooksEvent.DeliveriesDropped _, WebhooksEvent.SendEvent _ -> {}
        }
    }
}
