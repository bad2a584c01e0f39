package io.guildhall.projections.view.account;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.AccountScenario.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.guildhall.domain.account.AccountCommand.*;
import io.guildhall.projections.readmodel.account.EndedSessions;
import io.guildhall.projections.readmodel.account.Suspensions;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ended sessions and suspensions. */
class AccessViewTest {
    private static final ViewFixture FIXTURE = new ViewFixture();
    private static final EndedSessions ENDED = FIXTURE.readModel.endedSessions();
    private static final Suspensions SUSPENSIONS = FIXTURE.readModel.suspensions();

    private final AccessView view = new AccessView();

    @BeforeEach
    void empty() {
        FIXTURE.empty();
    }

    private void apply(EventStory story) {
        FIXTURE.apply(view, story.events());
    }

    @Test
    void suspensionEndsAllSessionsAndHasAReason() {
        var story = active(new EventStory(), "acc_ann", MAIL);
        execute(story, "acc_ann", logIn("ses_1"), logIn("ses_2"), new Suspend("acc_root", "Spam"));
        var suspendedAt = story.now;
        apply(story);
        assertThat(ENDED.since(Instant.EPOCH)).containsExactlyInAnyOrder("ses_1", "ses_2");
        var suspension = result(SUSPENSIONS.find("acc_ann")).orElseThrow();
        assertThat(suspension.accountId()).isEqualTo("acc_ann");
        assertThat(suspension.reason()).isEqualTo("Spam");
        assertThat(suspension.by()).isEqualTo("acc_root");
        assertThat(suspension.since()).isCloseTo(suspendedAt, within(1, ChronoUnit.MICROS));

        execute(story, "acc_ann", new LiftSuspension("acc_root"), logIn("ses_3"));
        apply(story);
        assertThat(result(SUSPENSIONS.find("acc_ann"))).isEmpty();
        assertThat(ENDED.since(Instant.EPOCH)).containsExactlyInAnyOrder("ses_1", "ses_2");

        execute(story, "acc_ann", new Suspend("acc_other", "Fraud"));
        apply(story);
        assertThat(result(SUSPENSIONS.find("acc_ann")).orElseThrow().reason()).isEqualTo("Fraud");
    }

    @Test
    void findsTheSuspendedAmongOthers() {
        var story = active(new EventStory(), "acc_ann", MAIL);
        active(story, "acc_bob", "bob@example.org");
        active(story, "acc_eve", "eve@example.org");
        execute(story, "acc_ann", new Suspend("acc_root", "Spam"));
        execute(story, "acc_eve", new Suspend("acc_root", "Fraud"));
        apply(story);
        assertThat(result(SUSPENSIONS.of(List.of("acc_ann", "acc_bob", "acc_nobody"))))
                .containsOnlyKeys("acc_ann");
        assertThat(result(SUSPENSIONS.of(List.of()))).isEmpty();
    }

    @Test
    void endsOneSessionOrAllOfTheAccount() {
        var story = active(new EventStory(), "acc_ann", MAIL);
        active(story, "acc_bob", "bob@example.org");
        execute(story, "acc_bob", logIn("ses_bob"));
        execute(story, "acc_ann", logIn("ses_1"), logIn("ses_2"), logIn("ses_3"), new LogOut("ses_1"));
        apply(story);
        assertThat(ENDED.since(Instant.EPOCH)).containsExactly("ses_1");
        // A refresh token that was used before ends its session.
        execute(story, "acc_ann", new Refresh("ses_2", "token-ses_2", "fresh"));
        story.now = story.now.plusSeconds(600);
        execute(story, "acc_ann", new Refresh("ses_2", "token-ses_2", "other"));
        apply(story);
        assertThat(ENDED.since(Instant.EPOCH)).containsExactlyInAnyOrder("ses_1", "ses_2");
        execute(story, "acc_ann", new LogOutEverywhere(), logIn("ses_4"));
        apply(story);
        assertThat(ENDED.since(Instant.EPOCH)).containsExactlyInAnyOrder("ses_1", "ses_2", "ses_3");
    }

    @Test
    void listsSessionsThatEndedSinceAnInstant() {
        var story = active(new EventStory(), "acc_ann", MAIL);
        execute(story, "acc_ann", logIn("ses_1"), logIn("ses_2"), new LogOut("ses_1"));
        var firstEnd = story.now;
        execute(story, "acc_ann", new LogOut("ses_2"));
        apply(story);
        assertThat(ENDED.since(firstEnd.minusMillis(1))).containsExactlyInAnyOrder("ses_1", "ses_2");
        assertThat(ENDED.since(firstEnd.plusMillis(1))).containsExactly("ses_2");
        assertThat(ENDED.since(story.now.plusMillis(1))).isEmpty();
    }
}
