package io.guildhall.projections.notify;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.notification.NotificationRow;
import io.guildhall.projections.readmodel.notification.Notifications;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

public final class SqlNotifications implements Notifications {
    private static final PagedQuery<NotificationRow> OF_ACCOUNT =
            PagedQuery.newestFirst("notifications", "n.id", SqlNotifications::row, NotificationRow::id);
    private static final String SELECT = """
            SELECT n.*, coalesce(n.title, j.title) AS shown_title
              FROM notification n LEFT JOIN job j
                ON j.id = jsonb_path_query_first(n.links, '$[*] ? (@.kind == "JOB").id') #>> '{}'
             WHERE n.account_id = ?
            """;

    private final ReadDatabase database;

    public SqlNotifications(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<NotificationRow>> ofAccount(String accountId, Page.Request page) {
        return database.query(connection -> OF_ACCOUNT.page(connection, page, SELECT, accountId));
    }

    private static NotificationRow row(ResultSet row) throws SQLException {
        var kind = row.getString("kind");
        var title = Sql.text(row, "shown_title").orElse("a job");
        return new NotificationRow(
                row.getString("id"),
                kind,
                sentence(kind, title),
                row.getString("detail"),
                LinksJson.read(row.getString("links")),
                Sql.instant(row, "at").orElseThrow());
    }

    /**
     * A kind that this version does not know is shown by its title: during a rolling upgrade a newer node may have
     * written it.
     */
    private static String sentence(String kind, String title) {
        return Stream.of(NotificationKind.values())
                .filter(it -> it.name().equals(kind))
                .findFirst()
                .map(it -> it.sentence(title))
                .orElse(title);
    }
}
