package io.guildhall.projections.view.preference;

import static io.guildhall.projections.View.on;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TEXTS;

import io.guildhall.domain.preference.NotificationSettings;
import io.guildhall.domain.preference.Preferences;
import io.guildhall.domain.preference.PreferencesEvent;
import io.guildhall.domain.preference.PreferencesEvent.*;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.notify.delivery.WantedNotifications;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.SqlType;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.store.VersionedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes which notifications each account wants. An account without a row wants the default. */
public final class NotificationPreferenceView implements View {
    record PreferenceRow(String accountId, NotificationSettings settings, List<String> stoppedMails) {}

    private static final SqlType<NotificationSettings> SETTINGS = new SqlType<>(
            "jsonb",
            NotificationSettings.class,
            it -> Sql.json(WantedNotifications.write(it)),
            it -> WantedNotifications.parse(it.toString()));

    private static final VersionedTable<PreferenceRow> TABLE = new VersionedTable<>(
            "notification_preference",
            "account_id",
            RecordColumns.of(
                    PreferenceRow.class,
                    column("account_id", TEXT, PreferenceRow::accountId),
                    column("settings", SETTINGS, PreferenceRow::settings),
                    column("stopped_mails", TEXTS, PreferenceRow::stoppedMails)));

    @Override
    public String name() {
        return "notification-preferences";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(TABLE.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Preferences.AGGREGATE, NotificationPreferenceView::apply));
    }

    private static void apply(Connection connection, Recorded<PreferencesEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case NotificationsChosen e ->
                TABLE.insertOrReplace(
                        connection,
                        recorded,
                        new PreferenceRow(
                                recorded.entityId(), e.settings(), e.settings().stoppedMails()));
            case MailStopped e -> {
                var row = new PreferenceRow(recorded.entityId(), NotificationSettings.DEFAULT, List.of(e.kind()));
                if (!TABLE.insert(connection, recorded, row))
                    TABLE.change(connection, recorded, "stopped_mails = array_append(stopped_mails, ?)", e.kind());
            }
            case MailResumed e ->
                TABLE.change(connection, recorded, "stopped_mails = array_remove(stopped_mails, ?)", e.kind());
            case PresenceHidden _, PresenceShown _ -> {}
        }
    }
}
