package io.guildhall.projections.view.account;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.AccountScenario.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.guildhall.domain.account.AccountCommand.*;
import io.guildhall.projections.readmodel.account.EndedSessions;
import io.guildhall.projections.readmodel.account.Sessions.NewSession;
import io.guildhall.projections.readmodel.account.Suspensions;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sessions that the journal ends, and suspensions. */
class AccessViewTest {
    private static final ViewFixture FIXTURE = new ViewFixture();
    private static final EndedSessions ENDED = FIXTURE.readModel.endedSessions();
    private static final Suspensions SUSPENSIONS = FIXTURE.readModel.suspensions();

    private static final SqlSessions SESSIONS = new SqlSessions(new ReadDatabase(FIXTURE.database, 2));

    private final AccessView view = new AccessView();

    @BeforeEach
    void empty() {
        FIXTURE.empty();
        FIXTURE.transaction(connection -> Sql.update(connection, "DELETE FROM session"));
    }

    private void apply(EventStory story) {
        FIXTURE.apply(view, story.events());
    }

    private void startSession(String id, int generation) {
        var session = new NewSession(id, "acc_ann", generation, Optional.empty(), "curl", "203.0.113.0/24");
        assertThat(result(SESSIONS.start(session, Instant.now()))).isPresent();
    }

    @Test
    void suspensionEndsAllSessionsAndHasAReason() {
        var story = active(new EventStory(), "acc_ann", MAIL);
        startSession("ses_1", 0);
        startSession("ses_2", 0);
        execute(story, "acc_ann", new Suspend("acc_root", "Spam"));
        var suspendedAt = story.now;
        apply(story);
        assertThat(ENDED.since(Instant.EPOCH)).containsExactlyInAnyOrder("ses_1", "ses_2");
        var suspension = result(SUSPENSIONS.find("acc_ann")).orElseThrow();
        assertThat(suspension.accountId()).isEqualTo("acc_ann");
        assertThat(suspension.reason()).isEqualTo("Spam");
        assertThat(suspension.by()).isEqualTo("acc_root");
        assertThat(suspension.since()).isCloseTo(suspendedAt, within(1, ChronoUnit.MICROS));

        execute(story, "acc_ann", new LiftSuspension("acc_root", "Checked"));
        startSession("ses_3", 1);
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

    /** Every node reads what has ended since it last looked, also if the view reads the event late. */
    @Test
    void sessionEndsWhenTheEventIsRead() {
        var story = active(new EventStory(), "acc_ann", MAIL);
        story.now = Instant.now().minus(Duration.ofDays(2));
        execute(story, "acc_ann", new ReportReusedToken("ses_1"), new LogOutEverywhere(0));
        startSession("ses_1", 0);
        startSession("ses_2", 0);
        var before = Instant.now().minusSeconds(60);
        apply(story);
        assertThat(ENDED.since(before)).containsExactlyInAnyOrder("ses_1", "ses_2");
        assertThat(ENDED.since(Instant.now().plusSeconds(60))).isEmpty();
    }
}
