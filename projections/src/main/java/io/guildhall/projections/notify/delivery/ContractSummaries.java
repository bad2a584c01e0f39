package io.guildhall.projections.notify.delivery;

import io.guildhall.kernel.Money;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.mail.ContractSummary;
import io.guildhall.projections.readmodel.notification.Link;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads the contracts that notifications are about. */
final class ContractSummaries {
    private static final String SUMMARY = """
            SELECT c.title, c.client_id = recipient.id AS is_client, other.name, coalesce(m.amount, c.price) AS price, c.currency
              FROM contract c CROSS JOIN (VALUES (?::text)) AS recipient (id)
              LEFT JOIN account other ON other.id = CASE WHEN c.client_id = recipient.id THEN c.freelancer_id ELSE c.client_id END
              LEFT JOIN contract_milestone m ON m.contract_id = c.id AND m.number = ?
             WHERE c.id = ? AND recipient.id IN (c.client_id, c.freelancer_id)
            """;

    private ContractSummaries() {}

    /** Empty if the notification is not about a contract of its recipient, or the views are behind. */
    static Optional<ContractSummary> find(Connection connection, Notification notification) throws SQLException {
        var contract = notification.link(Link.Kind.CONTRACT);
        if (contract.isEmpty()) return Optional.empty();
        int milestone = notification
                .link(Link.Kind.MILESTONE)
                .map(it -> Integer.parseInt(it.id()))
                .orElse(0);
        return Sql.list(
                        connection,
                        SUMMARY,
                        ContractSummaries::read,
                        notification.recipientId(),
                        milestone,
                        contract.get().id())
                .stream()
                .findFirst();
    }

    private static ContractSummary read(ResultSet row) throws SQLException {
        return new ContractSummary(
                row.getString("title"),
                row.getBoolean("is_client"),
                Sql.text(row, "name"),
                new Money(row.getLong("price"), row.getString("currency")));
    }
}
