package io.guildhall.domain.preference;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which notifications an account wants, on which channel and when.
 *
 * @param times when it wants e-mails
 * @param choices by kind of notification, such as {@code WORK_SUBMITTED}; a kind without a choice has its default
 */
public record NotificationSettings(NotificationTimes times, Map<String, Choice> choices) {
    public static final NotificationSettings DEFAULT = new NotificationSettings(NotificationTimes.DEFAULT, Map.of());
    public static final int MAX_CHOICES = 100;

    public NotificationSettings {
        choices = Map.copyOf(choices);
    }

    /** An empty component is the default of the kind. */
    public record Choice(Optional<Frequency> inApp, Optional<Frequency> email) {
        static final Choice DEFAULT = new Choice(Optional.empty(), Optional.empty());
    }

    public Choice choice(String kind) {
        return choices.getOrDefault(kind, Choice.DEFAULT);
    }

    /** The kinds of mail that the account does not want, by their keys such as {@code work-submitted}. */
    public List<String> stoppedMails() {
        return new TreeMap<>(choices)
                .entrySet().stream()
                        .filter(it -> it.getValue().email().equals(Optional.of(Frequency.NEVER)))
                        .map(it -> mailKey(it.getKey()))
                        .toList();
    }

    /** The key of the e-mails of a kind of notification. */
    public static String mailKey(String kind) {
        return kind.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
