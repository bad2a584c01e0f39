package io.guildhall.projections.view.notification;

import io.guildhall.projections.notify.NotificationKind;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.notification.NotificationRow;
import io.guildhall.projections.readmodel.notification.Notifications;
import io.guildhall.projections.readmodel.notification.TraceRow;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.LinksJson;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.PagedQuery.Order;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

public final class SqlNotifications implements Notifications {
    private static final PagedQuery<NotificationRow> OF_ACCOUNT =
            PagedQuery.newestFirst("notifications", "n.newest_id", SqlNotifications::row, NotificationRow::newestId);

    private static final PagedQuery<NotificationRow> OF_ENTRY = PagedQuery.newestFirst(
            "notifications-of-entry", "n.newest_id", SqlNotifications::row, NotificationRow::newestId);

    private static final PagedQuery<TraceRow> TRACE = new PagedQuery<>(
            new Keyset<>("notification-trace", List.of(0L), row -> List.of(row.number())),
            Order.ASCENDING,
            List.of("t.number"),
            SqlNotifications::trace);

    private static final PagedQuery<TraceRow> NEWEST_TRACE = new PagedQuery<>(
            new Keyset<>("newest-notification-trace", List.of(Long.MAX_VALUE), row -> List.of(row.number())),
            Order.DESCENDING,
            List.of("t.number"),
            SqlNotifications::trace);

    /** The title of the job, for a notification without a title. */
    private static final String SELECT = """
            SELECT n.*, j.title AS job_title
              FROM %s n LEFT JOIN job j
                ON j.id = jsonb_path_query_first(n.links, '$[*] ? (@.kind == "JOB").id') #>> '{}'
             WHERE\s
            """;

    private static final String ENTRIES = SELECT.formatted("notification_entry");

    private static final String NOTIFICATIONS_OF_ENTRY = SELECT.formatted("""
            (SELECT d.notification_id AS id, d.notification_id AS newest_id, d.account_id, d.entry_id, d.kind, d.title, d.detail,
                    d.links, d.at, coalesce(d.messages, 1) AS count, e.read_at
               FROM notification_delivery d JOIN notification_entry e ON e.id = d.entry_id)""");

    private static final String TRACES = """
            SELECT t.*, d.kind FROM notification_trace t
              JOIN notification_delivery d ON d.notification_id = t.notification_id AND d.channel = t.channel
             WHERE\s
            """;

    private final ReadDatabase database;

    public SqlNotifications(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<NotificationRow>> ofAccount(String accountId, Page.Request page) {
        return database.query(connection -> OF_ACCOUNT.page(connection, page, ENTRIES + "n.account_id = ?", accountId));
    }

    @Override
    public CompletionStage<Page<NotificationRow>> ofEntry(String accountId, String entryId, Page.Request page) {
        return database.query(connection -> OF_ENTRY.page(
                connection, page, NOTIFICATIONS_OF_ENTRY + "n.account_id = ? AND n.entry_id = ?", accountId, entryId));
    }

    @Override
    public CompletionStage<Page<TraceRow>> trace(String accountId, String id, Page.Request page) {
        return database.query(connection -> TRACE.page(connection, page, TRACES + """
                        t.account_id = ? AND t.notification_id = ANY (ARRAY(
                            SELECT notification_id FROM notification_delivery WHERE entry_id = ? UNION SELECT ?))
                        """, accountId, id, id));
    }

    @Override
    public CompletionStage<Page<TraceRow>> traceOfAccount(String accountId, Page.Request page) {
        return database.query(
                connection -> NEWEST_TRACE.page(connection, page, TRACES + "t.account_id = ?", accountId));
    }

    @Override
    public CompletionStage<Page<TraceRow>> traceOfEvent(
            String entityKind, String entityId, long sequence, Page.Request page) {
        return database.query(connection -> TRACE.page(
                connection,
                page,
                TRACES + "t.entity_kind = ? AND t.entity_id = ? AND t.sequence = ?",
                entityKind,
                entityId,
                sequence));
    }

    /** Returns the entries that include these notifications, by id of the notification. */
    public static Map<String, NotificationRow> find(Connection connection, List<String> ids) throws SQLException {
        if (ids.isEmpty()) return Map.of();
        var found = new HashMap<String, NotificationRow>();
        Sql.list(connection, """
                SELECT n.*, d.notification_id, j.title AS job_title
                  FROM notification_delivery d
                  JOIN notification_entry n ON n.id = d.entry_id
                  LEFT JOIN job j ON j.id = jsonb_path_query_first(n.links, '$[*] ? (@.kind == "JOB").id') #>> '{}'
                 WHERE d.channel = 'IN_APP' AND d.notification_id = ANY(?)
                """, row -> found.put(row.getString("notification_id"), row(row)), Sql.texts(ids));
        return found;
    }

    private static NotificationRow row(ResultSet row) throws SQLException {
        var kind = row.getString("kind");
        var detail = row.getString("detail");
        var jobTitle = Sql.text(row, "job_title");
        var title = Sql.text(row, "title").or(() -> jobTitle).orElse("a job");
        long count = row.getLong("count");
        return new NotificationRow(
                row.getString("id"),
                kind,
                sentence(kind, count, title, detail),
                detail,
                LinksJson.read(row.getString("links")),
                count,
                row.getString("newest_id"),
                Sql.instant(row, "at").orElseThrow(),
                Sql.instant(row, "read_at"));
    }

    /**
     * A kind that this version does not know is shown by its title: during a rolling upgrade, a newer node can have
     * written it.
     */
    private static String sentence(String kind, long count, String title, String detail) {
        return NotificationKind.fromName(kind)
                .map(it -> it.sentence(count, title, detail))
                .orElse(title);
    }

    private static TraceRow trace(ResultSet row) throws SQLException {
        return new TraceRow(
                row.getLong("number"),
                row.getString("notification_id"),
                row.getString("account_id"),
                row.getString("kind"),
                row.getString("channel"),
                row.getString("entity_kind"),
                row.getString("entity_id"),
                row.getLong("sequence"),
                row.getString("reason"),
                row.getString("detail"),
                Sql.instant(row, "at").orElseThrow());
    }
}
