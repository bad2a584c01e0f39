package io.guildhall.projections.view.notification;

import io.guildhall.projections.notify.NotificationKind;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.notification.NotificationRow;
import io.guildhall.projections.readmodel.notification.Notifications;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

public final class SqlNotifications implements Notifications {
    private static final PagedQuery<NotificationRow> OF_ACCOUNT =
            PagedQuery.newestFirst("notifications", "n.id", SqlNotifications::row, NotificationRow::id);
    private static final String SELECT = """
            SELECT n.*, j.title AS job_title
              FROM notification n LEFT JOIN job j
                ON j.id = jsonb_path_query_first(n.links, '$[*] ? (@.kind == "JOB").id') #>> '{}'
             WHERE
            """;

    private final ReadDatabase database;

    public SqlNotifications(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<NotificationRow>> ofAccount(String accountId, Page.Request page) {
        return database.query(connection -> OF_ACCOUNT.page(connection, page, SELECT + "n.account_id = ?", accountId));
    }

    /** Returns the existing ones of these notifications, by id. */
    public static Map<String, NotificationRow> find(Connection connection, List<String> ids) throws SQLException {
        if (ids.isEmpty()) return Map.of();
        return Sql.list(connection, SELECT + "n.id = ANY(?)", SqlNotifications::row, Sql.texts(ids)).stream()
                .collect(Collectors.toMap(NotificationRow::id, it -> it));
    }

    private static NotificationRow row(ResultSet row) throws SQLException {
        var stored = StoredNotification.COLUMNS.read(row);
        var title = stored.title().or(stored::jobTitle).orElse("a job");
        return new NotificationRow(
                stored.id(),
                stored.kind(),
                sentence(stored.kind(), title),
                stored.detail(),
                stored.links(),
                stored.at());
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
