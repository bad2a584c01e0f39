package io.guildhall.http.route.preference;

import io.guildhall.domain.preference.Frequency;
import io.guildhall.domain.preference.Preferences;
import io.guildhall.http.route.preference.NotificationPreferenceFields.QuietHoursFields;
import io.guildhall.projections.readmodel.notification.NotificationOption;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Optional;

/** The choices of an account, and the defaults of all other kinds. */
public record NotificationPreferenceResource(
        String timeZone,
        Optional<QuietHoursFields> quietHours,
        String digestTime,
        DayOfWeek digestDay,
        boolean digests,
        List<KindResource> kinds) {

    public record KindResource(
            String kind, Frequency inApp, boolean inAppOptional, Frequency email, boolean emailOptional) {}

    static NotificationPreferenceResource of(Preferences preferences) {
        var times = preferences.notifications().times();
        return new NotificationPreferenceResource(
                times.zone(),
                times.quietHours()
                        .map(it -> new QuietHoursFields(
                                it.from().toString(), it.to().toString())),
                times.digestTime().toString(),
                times.digestDay(),
                preferences.emailFrequency(NotificationPreferenceFields.DIGEST, Frequency.AT_ONCE) != Frequency.NEVER,
                NotificationOption.all().map(it -> kind(it, preferences)).toList());
    }

    private static KindResource kind(NotificationOption option, Preferences preferences) {
        var choice = preferences.notifications().choice(option.kind());
        return new KindResource(
                option.kind(),
                option.isInAppOptional() ? choice.inApp().orElse(Frequency.AT_ONCE) : Frequency.AT_ONCE,
                option.isInAppOptional(),
                option.isEmailOptional()
                        ? preferences.emailFrequency(option.kind(), option.defaultEmail())
                        : option.defaultEmail(),
                option.isEmailOptional());
    }
}
