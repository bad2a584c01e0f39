package io.guildhall.domain.preference;

import static io.guildhall.domain.preference.Preferences.AGGREGATE;
import static io.guildhall.domain.preference.Preferences.MAX_STOPPED_MAILS;
import static io.guildhall.domain.preference.PreferencesRejection.TOO_MANY;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.guildhall.domain.preference.PreferencesCommand.*;
import io.guildhall.domain.preference.PreferencesEvent.*;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
            new ShowPresence());

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of(TOO_MANY));
    }
}
