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
 */
public record Preferences(List<String> stoppedMails, boolean hidesPresence) implements Journalled {
    public static final int MAX_STOPPED_MAILS = 100;

    public static final Aggregate<Preferences, PreferencesCommand, PreferencesEvent, PreferencesRejection> AGGREGATE =
            new Aggregate<>(
                    "preferences",
                    Preferences.class,
                    PreferencesCommand.class,
                    PreferencesEvent.class,
                    PreferencesRejection.class,
                    new Preferences(List.of(), false),
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
        };
    }

    Preferences evolve(PreferencesEvent event) {
        return switch (event) {
            case MailStopped stopped ->
                new Preferences(
                        Stream.concat(stoppedMails.stream(), Stream.of(stopped.kind()))
                                .toList(),
                        hidesPresence);
            case MailResumed resumed ->
                new Preferences(
                        stoppedMails.stream()
                                .filter(it -> !it.equals(resumed.kind()))
                                .toList(),
                        hidesPresence);
            case PresenceHidden _ -> new Preferences(stoppedMails, true);
            case PresenceShown _ -> new Preferences(stoppedMails, false);
        };
    }
}
