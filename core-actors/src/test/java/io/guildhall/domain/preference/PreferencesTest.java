package io.guildhall.domain.preference;

import static io.guildhall.domain.preference.Preferences.AGGREGATE;
import static io.guildhall.domain.preference.Preferences.MAX_STOPPED_MAILS;
import static io.guildhall.domain.preference.PreferencesRejection.TOO_MANY;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.guildhall.domain.preference.NotificationSettings.Choice;
import io.guildhall.domain.preference.PreferencesCommand.*;
import io.guildhall.domain.preference.PreferencesEvent.*;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PreferencesTest {
    @Test
    void stopsAndResumesOneKindOfMail() {
        given(AGGREGATE)
                .when(new StopMail("review-due"))
                .then(new MailStopped("review-due", NOW))
                .when(new StopMail("review-due"))
                .thenNothingChanges()
                .when(new ResumeMail("work-submitted"))
                .thenNothingChanges()
                .when(new ResumeMail("review-due"))
                .then(new MailResumed("review-due", NOW));
    }

    @Test
    void hidesAndShowsPresence() {
        given(AGGREGATE)
                .when(new ShowPresence())
                .thenNothingChanges()
                .when(new HidePresence())
                .then(new PresenceHidden(NOW))
                .when(new HidePresence())
                .thenNothingChanges()
                .when(new StopMail("review-due"))
                .then(new MailStopped("review-due", NOW))
                .when(new HidePresence())
                .thenNothingChanges()
                .when(new ShowPresence())
                .then(new PresenceShown(NOW));
    }

    @Test
    void hasALimit() {
        given(
                        AGGREGATE,
                        IntStream.range(0, MAX_STOPPED_MAILS)
                                .mapToObj(i -> new MailStopped("kind-" + i, NOW))
                                .toArray(PreferencesEvent[]::new))
                .when(new StopMail("another"))
                .thenRejected(TOO_MANY);
    }

    @Property
    void hasWhatTheEventsLeave(@ForAll("sequences") List<Step<PreferencesCommand>> steps) {
        var run = CommandSequence.run(AGGREGATE, steps);
        var stopped = new HashSet<String>();
        boolean isHidden = false;
        for (var event : run.journal())
            switch (event) {
                case MailStopped it -> stopped.add(it.kind());
                case MailResumed it -> stopped.remove(it.kind());
                case PresenceHidden _ -> isHidden = true;
                case PresenceShown _ -> isHidden = false;
                case NotificationsChosen it -> {
                    stopped.clear();
                    stopped.addAll(it.settings().stoppedMails());
                }
            }
        assertEquals(stopped, Set.copyOf(run.state().stoppedMails()));
        assertEquals(isHidden, run.state().hidesPresence());
    }

    @Provide
    Arbitrary<List<Step<PreferencesCommand>>> sequences() {
        return CommandSequence.random(COMMANDS);
    }

    static final List<PreferencesCommand> COMMANDS = List.of(
            new StopMail("a"),
            new StopMail("b"),
            new ResumeMail("a"),
            new ResumeMail("b"),
            new HidePresence(),
            new ShowPresence(),
            new ChooseNotifications(choosing("A", Frequency.NEVER)),
            new ChooseNotifications(choosing("B", Frequency.DAILY)));

    private static NotificationSettings choosing(String kind, Frequency email) {
        return new NotificationSettings(
                NotificationTimes.DEFAULT, Map.of(kind, new Choice(Optional.empty(), Optional.of(email))));
    }

    @Test
    void linkInAMailAndTheChoiceOfAKindChangeTheSamePreference() {
        var never = choosing("REVIEW_DUE", Frequency.NEVER);
        var weekly = choosing("REVIEW_DUE", Frequency.WEEKLY);
        given(AGGREGATE)
                .when(new ChooseNotifications(never))
                .then(new NotificationsChosen(never, NOW))
                .when(new ChooseNotifications(never))
                .thenNothingChanges()
                .when(new StopMail("review-due"))
                .thenNothingChanges()
                .when(new ResumeMail("review-due"))
                .then(new MailResumed("review-due", NOW))
                .when(new ChooseNotifications(never))
                .then(new NotificationsChosen(never, NOW))
                .when(new ChooseNotifications(weekly))
                .then(new NotificationsChosen(weekly, NOW))
                .when(new StopMail("review-due"))
                .then(new MailStopped("review-due", NOW))
                .when(new ChooseNotifications(weekly))
                .then(new NotificationsChosen(weekly, NOW));
    }

    @Test
    void chosenFrequencyCountsUntilTheMailIsStopped() {
        var weekly = new Preferences(List.of(), false, choosing("REVIEW_DUE", Frequency.WEEKLY));
        assertEquals(Frequency.WEEKLY, weekly.emailFrequency("REVIEW_DUE", Frequency.AT_ONCE));
        assertEquals(Frequency.AT_ONCE, weekly.emailFrequency("WORK_SUBMITTED", Frequency.AT_ONCE));
        var stopped = weekly.evolve(new MailStopped("review-due", NOW));
        assertEquals(Frequency.NEVER, stopped.emailFrequency("REVIEW_DUE", Frequency.AT_ONCE));
        var resumed = new Preferences(List.of(), false, choosing("REVIEW_DUE", Frequency.NEVER));
        assertEquals(Frequency.AT_ONCE, resumed.emailFrequency("REVIEW_DUE", Frequency.AT_ONCE));
    }

    @Test
    void choicesHaveALimit() {
        var choices = IntStream.rangeClosed(0, NotificationSettings.MAX_CHOICES)
                .boxed()
                .collect(Collectors.toMap(it -> "KIND_" + it, _ -> Choice.DEFAULT));
        given(AGGREGATE)
                .when(new ChooseNotifications(new NotificationSettings(NotificationTimes.DEFAULT, choices)))
                .thenRejected(TOO_MANY);
    }

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of(TOO_MANY));
    }
}
