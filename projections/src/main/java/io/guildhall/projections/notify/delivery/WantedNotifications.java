package io.guildhall.projections.notify.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.guildhall.domain.preference.Frequency;
import io.guildhall.domain.preference.NotificationSettings;
import io.guildhall.domain.preference.NotificationTimes;
import io.guildhall.domain.preference.Preferences;
import io.guildhall.projections.notify.NotificationKind;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The choices of an account, from the read model.
 *
 * @param stoppedMails the keys of the kinds of mail that it does not want
 */
public record WantedNotifications(NotificationSettings settings, List<String> stoppedMails) {
    private static final WantedNotifications DEFAULT = new WantedNotifications(NotificationSettings.DEFAULT, List.of());

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public WantedNotifications {
        stoppedMails = List.copyOf(stoppedMails);
    }

    static WantedNotifications read(Connection connection, String accountId) throws SQLException {
        return Sql.list(
                        connection,
                        "SELECT settings, stopped_mails FROM notification_preference WHERE account_id = ?",
                        row -> new WantedNotifications(
                                parse(row.getString("settings")), Sql.list(row, "stopped_mails", String[].class)),
                        accountId)
                .stream()
                .findFirst()
                .orElse(DEFAULT);
    }

    NotificationTimes times() {
        return settings.times();
    }

    /** Kinds about money or security are always shown immediately. */
    Frequency inApp(NotificationKind kind) {
        return kind.isInAppOptional()
                ? settings.choice(kind.name()).inApp().orElse(Frequency.AT_ONCE)
                : Frequency.AT_ONCE;
    }

    Frequency email(NotificationKind kind) {
        if (!kind.isEmailOptional()) return kind.defaultEmail();
        boolean isWanted = !stoppedMails.contains(NotificationSettings.mailKey(kind.name()));
        return Preferences.emailFrequency(settings, isWanted, kind.name(), kind.defaultEmail());
    }

    public static String write(NotificationSettings settings) {
        try {
            return JSON.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static NotificationSettings parse(String json) {
        try {
            return JSON.readValue(json, NotificationSettings.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("notification_preference.settings cannot be read: " + json, e);
        }
    }
}
