package io.guildhall.http.route.preference;

import io.guildhall.domain.preference.Frequency;
import io.guildhall.domain.preference.NotificationSettings;
import io.guildhall.domain.preference.NotificationSettings.Choice;
import io.guildhall.domain.preference.NotificationTimes;
import io.guildhall.domain.preference.NotificationTimes.QuietHours;
import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.text.PlainText;
import io.guildhall.projections.readmodel.notification.NotificationOption;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All choices of an account. */
public record NotificationPreferenceFields(
        @NotBlank @PlainText(max = 64) String timeZone,
        Optional<@Valid QuietHoursFields> quietHours,
        @NotNull @Pattern(regexp = Formats.TIME) String digestTime,
        @NotNull DayOfWeek digestDay,
        @NotNull Boolean digests,
        @NotNull @Size(max = 90) List<@NotNull @Valid KindFields> kinds) {

    public record QuietHoursFields(
            @NotNull @Pattern(regexp = Formats.TIME) String from,
            @NotNull @Pattern(regexp = Formats.TIME) String to) {}

    public record KindFields(
            @NotBlank @PlainText(max = 60) String kind, Optional<Frequency> inApp, Optional<Frequency> email) {}

    /** @throws Problem 422 if a choice is not possible */
    NotificationSettings toSettings() {
        if (!NotificationTimes.isZone(timeZone))
            throw new Problem(
                    422, "unknown-time-zone", "There is no such time zone. Use an IANA name, such as Europe/Berlin.");
        var quiet = quietHours.map(NotificationPreferenceFields::quietHours);
        return new NotificationSettings(
                new NotificationTimes(timeZone, quiet, LocalTime.parse(digestTime), digestDay), choices());
    }

    private static QuietHours quietHours(QuietHoursFields fields) {
        if (fields.from().equals(fields.to()))
            throw new Problem(
                    422, "empty-quiet-hours", "Quiet hours need two different times. To have none, leave them out.");
        return new QuietHours(LocalTime.parse(fields.from()), LocalTime.parse(fields.to()));
    }

    private Map<String, Choice> choices() {
        var choices = new HashMap<String, Choice>();
        for (var it : kinds) {
            requirePossible(it);
            if (choices.put(it.kind(), new Choice(it.inApp(), it.email())) != null)
                throw new Problem(
                        422, "repeated-notification-kind", "The kind " + it.kind() + " is listed twice. List it once.");
        }
        if (!digests) choices.put(DIGEST, new Choice(Optional.empty(), Optional.of(Frequency.NEVER)));
        return choices;
    }

    /** The kind under which the choice about summaries is stored; no notification has it. */
    static final String DIGEST = "DIGEST";

    private static void requirePossible(KindFields fields) {
        var option = NotificationOption.find(fields.kind())
                .orElseThrow(
                        () -> new Problem(
                                422,
                                "unknown-notification-kind",
                                "There is no kind of notification with this name. GET /api/me/notification-preferences lists all."));
        if (!option.isInAppOptional()
                && fields.inApp().filter(it -> it != Frequency.AT_ONCE).isPresent())
            throw new Problem(
                    422,
                    "in-app-required",
                    "Notifications about money and security are always shown immediately. Leave out inApp of "
                            + fields.kind() + ".");
        if (!option.isEmailOptional()
                && fields.email().filter(it -> it != option.defaultEmail()).isPresent())
            throw new Problem(
                    422,
                    "email-required",
                    "You cannot choose when the e-mail about " + fields.kind() + " is sent. Leave out email.");
    }
}
