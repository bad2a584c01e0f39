package io.guildhall.domain.preference;

import static io.guildhall.domain.preference.PreferencesRejection.TOO_MANY;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.preference.PreferencesCommand.*;
import io.guildhall.domain.preference.PreferencesEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The kinds of notification that an account wants, and what it shows other users. The id of the entity is the id of the
 * account.
 *
 * @param stoppedMails the kinds of mail that the account does not want, in the order in which it stopped them
 * @param hidesPresence whether other users cannot see when the account is online and when it was last seen
 * @param notifications as the account has chosen them last; mails that it has stopped or resumed later are in {@code
 *     stoppedMails} only
 */
public record Preferences(List<String> stoppedMails, boolean hidesPresence, NotificationSettings notifications)
        implements Journalled {
    public static final int MAX_STOPPED_MAILS = 100;

    public static final Aggregate<Preferences, PreferencesCommand, PreferencesEvent, PreferencesRejection> AGGREGATE =
            new Aggregate<>(
                    "preferences",
                    Preferences.class,
                    PreferencesCommand.class,
                    PreferencesEvent.class,
                    PreferencesRejection.class,
                    new Preferences(List.of(), false, NotificationSettings.DEFAULT),
                    Preferences::decide,
                    Preferences::evolve);

    public Preferences {
        stoppedMails = List.copyOf(stoppedMails);
    }

    public boolean wantsMail(String kind) {
        return !stoppedMails.contains(kind);
    }

    Decision<PreferencesEvent, PreferencesRejection> decide(PreferencesCommand command, Instant now) {
        return switch (command) {
            case StopMail stop when !wantsMail(stop.kind()) -> accept();
            case StopMail _ when stoppedMails.size() >= MAX_STOPPED_MAILS -> reject(TOO_MANY);
            case StopMail stop -> accept(new MailStopped(stop.kind(), now));
            case ResumeMail resume when wantsMail(resume.kind()) -> accept();
            case ResumeMail resume -> accept(new MailResumed(resume.kind(), now));
            case HidePresence _ when hidesPresence -> accept();
            case HidePresence _ -> accept(new PresenceHidden(now));
            case ShowPresence _ when !hidesPresence -> accept();
            case ShowPresence _ -> accept(new PresenceShown(now));
            case ChooseNotifications choose
            when choose.settings().choices().size() > NotificationSettings.MAX_CHOICES -> reject(TOO_MANY);
            case ChooseNotifications choose when withSettings(choose.settings()).equals(this) -> accept();
            case ChooseNotifications choose -> accept(new NotificationsChosen(choose.settings(), now));
        };
    }

    Preferences evolve(PreferencesEvent event) {
        return switch (event) {
            case MailStopped stopped ->
                new Preferences(
                        Stream.concat(stoppedMails.stream(), Stream.of(stopped.kind()))
                                .toList(),
                        hidesPresence,
                        notifications);
            case MailResumed resumed ->
                new Preferences(
                        stoppedMails.stream()
                                .filter(it -> !it.equals(resumed.kind()))
                                .toList(),
                        hidesPresence,
                        notifications);
            case PresenceHidden _ -> new Preferences(stoppedMails, true, notifications);
            case PresenceShown _ -> new Preferences(stoppedMails, false, notifications);
            case NotificationsChosen chosen -> withSettings(chosen.settings());
        };
    }

    private Preferences withSettings(NotificationSettings settings) {
        return new Preferences(settings.stoppedMails(), hidesPresence, settings);
    }

    /** When the account wants notifications of a kind by e-mail, of which this is the default. */
    public Frequency emailFrequency(String kind, Frequency byDefault) {
        return emailFrequency(notifications, wantsMail(NotificationSettings.mailKey(kind)), kind, byDefault);
    }

    /** As the other method, for a copy of the preferences in a read model. */
    public static Frequency emailFrequency(
            NotificationSettings settings, boolean wantsMail, String kind, Frequency byDefault) {
        if (!wantsMail) return Frequency.NEVER;
        return settings.choice(kind)
                .email()
                // One that was stopped by the choice has been resumed since.
                .filter(it -> it != Frequency.NEVER)
                .orElse(byDefault);
    }
}
