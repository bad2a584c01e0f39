package io.guildhall.projections.view.preference;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.preference.Preferences;
import io.guildhall.domain.preference.PreferencesEvent;
import io.guildhall.domain.preference.PreferencesEvent.*;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.live.LiveSignal;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.preference.PresencePreferenceTable.PresenceRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Writes which accounts hide their presence. */
public final class PresencePreferenceView implements View {
    @Override
    public String name() {
        return "presence-preferences";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(PresencePreferenceTable.TABLE.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Preferences.AGGREGATE, PresencePreferenceView::apply));
    }

    private static void apply(Connection connection, Recorded<PreferencesEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case PresenceHidden _ -> write(connection, recorded, true);
            case PresenceShown _ -> write(connection, recorded, false);
            case MailStopped _, MailResumed _, NotificationsChosen _ -> {}
        }
    }

    private static void write(Connection connection, Recorded<?> recorded, boolean isHidden) throws SQLException {
        PresencePreferenceTable.TABLE.insertOrReplace(
                connection, recorded, new PresenceRow(recorded.entityId(), isHidden));
    }

    @Override
    public List<LiveSignal> signals(Connection connection, String kind, List<Recorded<?>> events) {
        return events.stream()
                .map(it -> it.cast(PreferencesEvent.class))
                .flatMap(it -> switch (it.event()) {
                    case PresenceHidden _, PresenceShown _ ->
                        Stream.of(new LiveSignal(LiveSignal.Kind.PRESENCE, it.entityId()));
                    case MailStopped _, MailResumed _, NotificationsChosen _ -> Stream.empty();
                })
                .toList();
    }
}
