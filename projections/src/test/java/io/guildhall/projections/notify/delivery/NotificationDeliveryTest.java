package io.guildhall.projections.notify.delivery;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.ANN;
import static io.guildhall.projections.view.HireScenario.CLIENT;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.adapter.postgres.PostgresNotificationMarks;
import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteDetails;
import io.guildhall.domain.invite.InviteEvent;
import io.guildhall.domain.invite.Source;
import io.guildhall.domain.preference.Frequency;
import io.guildhall.domain.preference.NotificationSettings;
import io.guildhall.domain.preference.NotificationSettings.Choice;
import io.guildhall.domain.preference.NotificationTimes;
import io.guildhall.domain.preference.NotificationTimes.QuietHours;
import io.guildhall.domain.preference.Preferences;
import io.guildhall.domain.preference.PreferencesEvent;
import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Correlation;
import io.guildhall.port.MailKind;
import io.guildhall.port.Mailer.Mail;
import io.guildhall.port.UnsubscribeTokens;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.NotificationKind;
import io.guildhall.projections.notify.NotificationMatrix;
import io.guildhall.projections.notify.mail.MailTemplates;
import io.guildhall.projections.notify.mail.MailTexts;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.readmodel.live.LiveSignal;
import io.guildhall.projections.readmodel.notification.Link;
import io.guildhall.projections.readmodel.notification.NotificationRow;
import io.guildhall.projections.readmodel.room.Counters;
import io.guildhall.projections.store.MailResults;
import io.guildhall.projections.store.MailResults.Status;
import io.guildhall.projections.store.MailTable;
import io.guildhall.projections.store.MailTable.Limit.Verdict;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.HireScenario;
import io.guildhall.projections.view.InviteScenario;
import io.guildhall.projections.view.ViewFixture;
import io.guildhall.projections.view.contact.BlockView;
import io.guildhall.projections.view.notification.NotificationTiming;
import io.guildhall.projections.view.notification.NotificationView;
import io.guildhall.projections.view.preference.NotificationPreferenceView;
import io.guildhall.projections.view.room.MessageView;
import io.guildhall.projections.view.room.RoomListView;
import io.guildhall.testing.SettableClock;
import io.guildhall.testing.TestLoops;
import java.net.URI;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decisions about notifications on both channels, and their results, with a clock that the test sets. */
class NotificationDeliveryTest {
    private static final URI SITE = URI.create("https://guildhall.example");
    private static final String ROOM = "rm_1";
    private static final Duration MESSAGE_DELAY = Duration.ofSeconds(10);
    private static final Duration MAIL_DELAY = Duration.ofMinutes(3);
    private static final ViewFixture FIXTURE = new ViewFixture();

    private final SettableClock clock = new SettableClock();
    private final MailTable mails = new MailTable(FIXTURE.database);
    private final MailResults results = new MailResults(FIXTURE.database);
    private final PostgresNotificationMarks marks = new PostgresNotificationMarks(FIXTURE.database, clock);
    private final Set<LiveSignal> signals = new HashSet<>();
    private final Set<String> failingAddresses = new HashSet<>();
    private final Set<String> unknownAddresses = new HashSet<>();
    private final List<Notification> published = new CopyOnWriteArrayList<>();
    private final NotificationDelivery delivery = node();
    private long sequence;

    private NotificationDelivery node() {
        return new NotificationDelivery(
                new ReadDatabase(FIXTURE.database, NotificationDelivery.DECISION_CONCURRENCY),
                new EmailDelivery(
                        new Mails(
                                new MailTemplates(SITE),
                                (_, _) -> completedFuture(null),
                                new UnsubscribeTokens("secret"),
                                SITE),
                        id -> failingAddresses.contains(id)
                                ? failedFuture(new IllegalStateException("no connection"))
                                : completedFuture(
                                        Optional.of(id + "@example.org").filter(_ -> !unknownAddresses.contains(id)))),
                new MessageNotifications(MAIL_DELAY, (_, it, _, _) -> published.add(it)),
                clock,
                TestLoops.create(),
                signals::addAll);
    }

    @BeforeEach
    void empty() {
        FIXTURE.empty();
        FIXTURE.transaction(connection -> {
            for (var table : List.of("mail_queue", "read_mark", "live_entry", "live_account"))
                Sql.update(connection, "DELETE FROM " + table);
        });
        setTime("2026-11-02T12:00:00Z");
    }

    private void setTime(String time) {
        clock.pass(Duration.between(clock.instant(), Instant.parse(time)));
    }

    // Actions.

    /** Decides a notification on both channels. */
    private Notification notify(NotificationKind kind, Link... links) {
        var now = clock.instant();
        var notification = new Notification(
                "ntf_%06d".formatted(++sequence), CLIENT, kind, Optional.of("A job"), "", List.of(links), now);
        var cause = new Cause("job", "job_1", sequence);
        FIXTURE.transaction(connection -> Decisions.inApp(connection, notification, cause, now));
        result(delivery.decideEmail(notification, cause));
        return notification;
    }

    private Notification proposal() {
        return notify(NotificationKind.PROPOSAL_RECEIVED, Link.Kind.JOB.link("job_1"));
    }

    private void choose(NotificationTimes times, NotificationKind kind, Frequency inApp, Frequency email) {
        var choices = Map.of(kind.name(), new Choice(Optional.of(inApp), Optional.of(email)));
        apply(
                new NotificationPreferenceView(),
                Preferences.AGGREGATE,
                CLIENT,
                new PreferencesEvent.NotificationsChosen(new NotificationSettings(times, choices), clock.instant()));
    }

    private void choose(NotificationTimes times, Map<NotificationKind, Frequency> emails) {
        var choices = new HashMap<String, Choice>();
        emails.forEach((kind, it) -> choices.put(kind.name(), new Choice(Optional.empty(), Optional.of(it))));
        apply(
                new NotificationPreferenceView(),
                Preferences.AGGREGATE,
                CLIENT,
                new PreferencesEvent.NotificationsChosen(new NotificationSettings(times, choices), clock.instant()));
    }

    private <E> void apply(View view, Aggregate<?, ?, E, ?> aggregate, String id, E event) {
        FIXTURE.apply(
                view,
                List.of(new EventStory.StoredEvent<>(
                        aggregate, new Recorded<E>(id, ++sequence, event, clock.instant(), Correlation.NONE))));
    }

    private void post(String author, long number) {
        post(author, number, "Hello");
    }

    private void post(String author, long number, String text) {
        var event = new RoomEvent.MessagePosted("msg_" + number, number, author, text, clock.instant());
        for (var view : List.of(new MessageView(), new NotificationView(new NotificationTiming(clock, MESSAGE_DELAY))))
            this.<RoomEvent>apply(view, Room.AGGREGATE, ROOM, event);
    }

    private void openRoom() {
        this.<RoomEvent>apply(
                new RoomListView(),
                Room.AGGREGATE,
                ROOM,
                new RoomEvent.Opened("ctr_1", "A job", CLIENT, ANN, clock.instant()));
    }

    private void read(String account, long number) {
        FIXTURE.transaction(connection -> Sql.update(
                connection,
                "INSERT INTO read_mark VALUES (?, ?, ?, ?) ON CONFLICT (room_id, account_id) DO UPDATE SET number = excluded.number",
                ROOM,
                account,
                number,
                clock.instant()));
    }

    private void deliver() {
        try {
            while (delivery.deliverDue().isZero()) {}
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    // Observations.

    private List<NotificationRow> entries() {
        return result(FIXTURE.readModel.notifications().ofAccount(CLIENT, firstPage(100)))
                .items();
    }

    /** The subjects of all mails, oldest first. */
    private static List<String> subjects() {
        var subjects = new ArrayList<String>();
        FIXTURE.transaction(connection -> subjects.addAll(Sql.list(
                connection,
                "SELECT coalesce(subject, id) AS subject FROM mail_queue ORDER BY queued_at, id",
                row -> row.getString("subject"))));
        return subjects;
    }

    private static List<String> bodies() {
        var bodies = new ArrayList<String>();
        FIXTURE.transaction(connection -> bodies.addAll(
                Sql.list(connection, "SELECT body FROM mail_queue", row -> String.valueOf(row.getString("body")))));
        return bodies;
    }

    private static List<String> trace(Notification notification) {
        return result(FIXTURE.readModel
                        .notifications()
                        .trace(notification.recipientId(), notification.id(), firstPage(100)))
                .items()
                .stream()
                .map(it -> (it.channel() + " " + it.reason() + " " + it.detail()).strip())
                .toList();
    }

    // Contracts.

    @Test
    void mailAboutAContractNamesItsTitleTheOtherPartyAndThePrice() {
        FIXTURE.apply(HireScenario.hireAndPay("A boat", "Here it is").events());
        FIXTURE.addAccount(ANN, "Ann Achterberg");
        notify(
                NotificationKind.FUNDING_DECLINED,
                Link.Kind.CONTRACT.link(HireScenario.CONTRACT),
                Link.Kind.MILESTONE.link("2"));
        notify(NotificationKind.REVIEW_DUE, Link.Kind.CONTRACT.link(HireScenario.CONTRACT));
        notify(NotificationKind.FUNDING_DECLINED, Link.Kind.CONTRACT.link("ctr_other"));
        deliver();
        assertThat(bodies())
                .satisfiesExactlyInAnyOrder(
                        it -> assertThat(it)
                                .contains("\nContract: A boat\nFreelancer: Ann Achterberg\nPrice: 0.09 USD\n"),
                        it -> assertThat(it)
                                .contains("\nContract: A boat\nFreelancer: Ann Achterberg\nPrice: 100.10 USD\n"),
                        it -> assertThat(it).doesNotContain("Contract:", "Price:"));
    }

    // The application.

    @Test
    void equalUnreadNotificationsAreOneEntryThatListsAllOfThem() {
        var first = proposal();
        var others = List.of(proposal(), proposal());
        notify(NotificationKind.PROPOSAL_RECEIVED, Link.Kind.JOB.link("job_2"));
        assertThat(entries())
                .extracting(NotificationRow::text)
                .containsExactly("There is a new proposal for “A job”.", "3 new proposals for “A job”.");
        var entry = entries().getLast();
        assertThat(entry.id()).isEqualTo(first.id());
        assertThat(result(FIXTURE.readModel.notifications().ofEntry(CLIENT, first.id(), firstPage(2)))
                        .items())
                .extracting(NotificationRow::id)
                .containsExactly(others.getLast().id(), others.getFirst().id());
        assertThat(trace(first))
                .contains("IN_APP SHOWN", "IN_APP GROUPED " + first.id())
                .hasSize(6);
        assertThat(trace(others.getFirst())).containsExactly("IN_APP GROUPED " + first.id(), "EMAIL NOT_WANTED");
        assertThat(result(FIXTURE.readModel.notifications().ofEntry(ANN, first.id(), firstPage(9)))
                        .items())
                .as("of another account")
                .isEmpty();
    }

    @Test
    void entryThatWasReadStaysAsItIs() {
        var first = proposal();
        assertThat(result(marks.markRead(ANN, first.id(), Optional.empty()))).isFalse();
        assertThat(result(marks.markRead(CLIENT, first.id(), Optional.empty()))).isTrue();
        var second = proposal();
        assertThat(entries()).extracting(NotificationRow::id).containsExactly(second.id(), first.id());
        assertThat(entries()).extracting(it -> it.readAt().isPresent()).containsExactly(false, true);
        assertThat(result(FIXTURE.readModel.readMarks().counters(Set.of(CLIENT))))
                .isEqualTo(Map.of(CLIENT, new Counters(0, 0, 1)));
        var unseen = proposal();
        result(marks.markRead(CLIENT, second.id(), Optional.of(second.id())));
        result(marks.markAllRead(CLIENT, Optional.of(second.id())));
        assertThat(entries().getFirst().readAt()).as("has a newer one").isEmpty();
        result(marks.markAllRead(CLIENT, Optional.of(unseen.id())));
        assertThat(entries()).allMatch(it -> it.readAt().isPresent());
        assertThat(result(FIXTURE.readModel.readMarks().counters(Set.of(CLIENT))))
                .isEqualTo(Map.of(CLIENT, Counters.NOTHING));
    }

    @Test
    void notificationsCanWaitForTheDigestOrNeverBeShown() {
        choose(NotificationTimes.DEFAULT, NotificationKind.PROPOSAL_RECEIVED, Frequency.DAILY, Frequency.NEVER);
        var waiting = proposal();
        deliver();
        assertThat(entries()).isEmpty();
        setTime("2026-11-03T08:00:00Z");
        deliver();
        assertThat(entries()).hasSize(1);
        assertThat(signals).contains(new LiveSignal(LiveSignal.Kind.ME, CLIENT));
        assertThat(trace(waiting))
                .containsExactly("IN_APP WAITS_FOR_DIGEST 2026-11-03T08:00:00Z", "EMAIL NOT_WANTED", "IN_APP SHOWN");
        choose(NotificationTimes.DEFAULT, NotificationKind.PROPOSAL_RECEIVED, Frequency.NEVER, Frequency.NEVER);
        assertThat(trace(proposal())).containsExactly("IN_APP NOT_WANTED", "EMAIL NOT_WANTED");
        assertThat(entries().getFirst().count()).isEqualTo(1);
    }

    @Test
    void moneyIsAlwaysShownImmediately() {
        choose(NotificationTimes.DEFAULT, NotificationKind.MILESTONE_PAID, Frequency.NEVER, Frequency.NEVER);
        notify(NotificationKind.MILESTONE_PAID, Link.Kind.CONTRACT.link("ctr_1"));
        assertThat(entries()).hasSize(1);
    }

    // E-mail.

    private static NotificationTimes quietNights(String zone) {
        return new NotificationTimes(
                zone,
                Optional.of(new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0))),
                LocalTime.of(8, 0),
                DayOfWeek.MONDAY);
    }

    @Test
    void mailIsQueuedOnceAndTracedToItsResult() throws SQLException {
        var paid = notify(NotificationKind.MILESTONE_PAID, Link.Kind.CONTRACT.link("ctr_1"));
        result(delivery.decideEmail(paid, new Cause("job", "job_1", 1)));
        deliver();
        deliver();
        assertThat(subjects()).containsExactly("Your work on “A job” was accepted and paid.");
        var claim = claim();
        results.retry(claim, "451 Later", clock.instant(), clock.instant());
        results.finish(claim(), Status.SENT, "", clock.instant());
        results.recordBounce(claim.mail().key(), "550 No such user", clock.instant());
        assertThat(trace(paid))
                .containsExactly(
                        "IN_APP SHOWN",
                        "EMAIL QUEUED notice/" + paid.id(),
                        "EMAIL DEFERRED Attempt 1: 451 Later",
                        "EMAIL SENT Attempt 2",
                        "EMAIL BOUNCED 550 No such user");
        assertThat(result(FIXTURE.readModel.notifications().traceOfAccount(CLIENT, firstPage(2)))
                        .items())
                .extracting(it -> it.reason())
                .containsExactly("BOUNCED", "SENT");
        assertThat(result(FIXTURE.readModel.notifications().traceOfEvent("job", "job_1", sequence, firstPage(9)))
                        .items())
                .hasSize(5);
    }

    private MailTable.Claim claim() throws SQLException {
        return mails.claimDue(1, (_, _, _) -> Verdict.ALLOWED, clock.instant(), Duration.ofMinutes(3))
                .getFirst();
    }

    /** Another process has sent the mail, before or after this one decides. */
    @Test
    void resultOfASeparateMailIsTracedWheneverItIsKnown() throws SQLException {
        var warned = warning("ntf_warned", "notice/early");
        separateMail("notice/early");
        results.finish(claim(), Status.SENT, "", clock.instant());
        result(delivery.decideEmail(warned, new Cause("contract", "ctr_1", 1)));
        assertThat(trace(warned)).containsExactly("EMAIL SENT_SEPARATELY notice/early", "EMAIL SENT Attempt 1");
        var decided = warning("ntf_decided", "notice/late");
        result(delivery.decideEmail(decided, new Cause("contract", "ctr_1", 2)));
        separateMail("notice/late");
        results.finish(claim(), Status.REFUSED, "550 No", clock.instant());
        assertThat(trace(decided))
                .containsExactly("EMAIL SENT_SEPARATELY notice/late", "EMAIL REFUSED Attempt 1: 550 No");
        result(delivery.decideEmail(warned, new Cause("contract", "ctr_1", 1)));
        assertThat(trace(warned)).hasSize(2);
    }

    /** The decision commits while the result is written, and the other way round. */
    @Test
    void resultThatIsWrittenAtTheSameTimeIsTraced() throws Exception {
        for (boolean isDecidedFirst : List.of(true, false)) {
            var id = "notice/" + isDecidedFirst;
            var warned = warning("ntf_" + isDecidedFirst, id);
            separateMail(id);
            var claim = claim();
            try (var connection = FIXTURE.database.getConnection()) {
                connection.setAutoCommit(false);
                var cause = new Cause("contract", "ctr_1", 1);
                if (isDecidedFirst) Decisions.email(connection, warned, cause, clock.instant());
                else Sql.update(connection, "UPDATE mail_queue SET reason = 'x' WHERE id = ?", id);
                var second = CompletableFuture.runAsync(() -> {
                    try {
                        if (isDecidedFirst) results.finish(claim, Status.SENT, "", clock.instant());
                        else result(delivery.decideEmail(warned, cause));
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                });
                Await.until(() -> assertThat(waitingForLocks()).isOne());
                if (!isDecidedFirst)
                    Sql.update(
                            connection,
                            "UPDATE mail_queue SET status = 'SENT', reason = '', finished_at = ? WHERE id = ?",
                            clock.instant(),
                            id);
                connection.commit();
                result(second);
            }
            assertThat(trace(warned)).contains("EMAIL SENT Attempt 1");
        }
    }

    private static int waitingForLocks() {
        var counts = new ArrayList<Integer>();
        FIXTURE.transaction(connection -> counts.addAll(Sql.list(
                connection,
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
                row -> row.getInt(1))));
        return counts.getFirst();
    }

    private Notification warning(String id, String mailId) {
        return new Notification(
                id,
                CLIENT,
                NotificationKind.ACCEPTANCE_SILENCE_WARNING,
                Optional.of("A job"),
                "",
                List.of(Link.Kind.CONTRACT.link("ctr_1")),
                clock.instant(),
                Optional.of(mailId),
                id);
    }

    private void separateMail(String id) throws SQLException {
        var kind = MailKind.ACCEPTANCE_SILENCE_WARNING.key();
        mails.add(new Mail(id, kind, "ann@example.org", "S", "T", "H", Optional.empty()), CLIENT, clock.instant());
    }

    @Test
    void kindWithoutAnEmailIsTraced() {
        assertThat(trace(notify(NotificationKind.MAIL_REFUSED))).containsExactly("IN_APP SHOWN", "EMAIL NO_EMAIL");
        deliver();
        assertThat(subjects()).isEmpty();
    }

    @Test
    void mailThatIsDroppedBecauseOfTheLimitIsTraced() throws SQLException {
        var paid = notify(NotificationKind.MILESTONE_PAID, Link.Kind.CONTRACT.link("ctr_1"));
        deliver();
        assertThat(mails.claimDue(1, (_, _, _) -> Verdict.DROPPED, clock.instant(), Duration.ofMinutes(3)))
                .isEmpty();
        assertThat(trace(paid))
                .filteredOn(it -> it.startsWith("EMAIL DROPPED_OVER_LIMIT"))
                .hasSize(1);
        assertThat(mails.claimDue(1, (_, _, _) -> Verdict.ALLOWED, clock.instant(), Duration.ofMinutes(3)))
                .isEmpty();
    }

    @Test
    void securityIsAlwaysMailedImmediately() {
        choose(quietNights("Europe/Berlin"), NotificationKind.NEW_DEVICE, Frequency.NEVER, Frequency.NEVER);
        setTime("2026-11-02T23:00:00Z");
        var device = notify(NotificationKind.NEW_DEVICE);
        deliver();
        assertThat(trace(device)).containsExactly("IN_APP SHOWN", "EMAIL QUEUED notice/" + device.id());
        assertThat(subjects())
                .containsExactly(
                        "A new device has logged in to your account. If it was not you, log out on all devices.");
    }

    @Test
    void limitOfTheAddressIsTracedOnce() throws SQLException {
        var paid = notify(NotificationKind.MILESTONE_PAID, Link.Kind.CONTRACT.link("ctr_1"));
        deliver();
        for (int i = 0; i < 2; i++) {
            mails.claimDue(1, (_, _, _) -> Verdict.WAITS, clock.instant(), Duration.ofMinutes(3));
            clock.pass(Duration.ofHours(1));
        }
        assertThat(trace(paid)).filteredOn(it -> it.equals("EMAIL OVER_LIMIT")).hasSize(1);
    }

    @Test
    void mailWaitsForTheEndOfQuietHours() {
        choose(quietNights("Europe/Berlin"), NotificationKind.WORK_SUBMITTED, Frequency.AT_ONCE, Frequency.AT_ONCE);
        setTime("2026-11-02T21:00:00Z");
        var submitted = notify(NotificationKind.WORK_SUBMITTED, Link.Kind.CONTRACT.link("ctr_1"));
        setTime("2026-11-03T05:59:59Z");
        deliver();
        assertThat(subjects()).isEmpty();
        setTime("2026-11-03T06:00:00Z");
        deliver();
        assertThat(subjects()).hasSize(1);
        assertThat(trace(submitted))
                .containsExactly(
                        "IN_APP SHOWN",
                        "EMAIL WAITS_FOR_QUIET_HOURS 2026-11-03T06:00:00Z",
                        "EMAIL QUEUED notice/" + submitted.id());
    }

    @Test
    void stoppedKindIsNotMailed() {
        apply(new NotificationPreferenceView(), Preferences.AGGREGATE, CLIENT, (PreferencesEvent)
                new PreferencesEvent.MailStopped("work-submitted", clock.instant()));
        var submitted = notify(NotificationKind.WORK_SUBMITTED, Link.Kind.CONTRACT.link("ctr_1"));
        deliver();
        assertThat(subjects()).isEmpty();
        assertThat(trace(submitted)).containsExactly("IN_APP SHOWN", "EMAIL NOT_WANTED");
    }

    @Test
    void unknownAddressIsLookedUpForTwoDays() {
        unknownAddresses.add(CLIENT);
        var late = notify(NotificationKind.MILESTONE_PAID, Link.Kind.CONTRACT.link("ctr_1"));
        deliver();
        unknownAddresses.clear();
        clock.pass(Duration.ofMinutes(1));
        deliver();
        assertThat(trace(late)).contains("EMAIL QUEUED notice/" + late.id());
        unknownAddresses.add(CLIENT);
        var never = notify(NotificationKind.MILESTONE_PAID, Link.Kind.CONTRACT.link("ctr_1"));
        for (int hour = 0; hour <= 50; hour++) {
            deliver();
            clock.pass(Duration.ofHours(1));
        }
        assertThat(trace(never)).containsExactly("IN_APP SHOWN", "EMAIL NO_ADDRESS");
    }

    @Test
    void failureOfOneAccountDelaysNoOther() {
        failingAddresses.add(CLIENT);
        var failing = notify(NotificationKind.MILESTONE_PAID, Link.Kind.CONTRACT.link("ctr_1"));
        var other = new Notification(
                "ntf_other",
                ANN,
                NotificationKind.MILESTONE_PAID,
                Optional.of("A job"),
                "",
                List.of(),
                clock.instant());
        result(delivery.decideEmail(other, new Cause("job", "job_1", 1)));
        deliver();
        assertThat(subjects()).hasSize(1);
        assertThat(trace(other)).contains("EMAIL QUEUED notice/ntf_other");
        failingAddresses.clear();
        clock.pass(Duration.ofMinutes(1));
        deliver();
        assertThat(trace(failing)).contains("EMAIL QUEUED notice/" + failing.id());
    }

    @Test
    void digestIsOneMailForAllThatWaitsInEachPeriod() {
        choose(quietNights("Europe/Berlin"), NotificationKind.PROPOSAL_RECEIVED, Frequency.AT_ONCE, Frequency.DAILY);
        var proposals = List.of(proposal(), proposal(), proposal());
        notify(NotificationKind.NEW_MATCH, Link.Kind.SAVED_SEARCH.link("srch_1"));
        setTime("2026-11-03T06:59:59Z");
        deliver();
        assertThat(subjects()).isEmpty();
        setTime("2026-11-03T07:00:00Z");
        deliver();
        assertThat(bodies()).singleElement().asString().contains("3 new proposals for “A job”.", "New match");
        var another = node();
        clock.pass(Duration.ofHours(3));
        assertThat(subjects()).containsExactly("Your summary: 4 notifications");
        for (var it : proposals)
            assertThat(trace(it)).anyMatch(step -> step.startsWith("EMAIL PUT_INTO_DIGEST digest/" + CLIENT));
        var next = proposal();
        setTime("2026-11-04T07:00:00Z");
        try {
            another.deliverDue();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        deliver();
        assertThat(subjects()).containsExactly("Your summary: 4 notifications", "Your summary: 1 notification");
        assertThat(trace(next)).anyMatch(it -> it.contains("PUT_INTO_DIGEST"));
    }

    @Test
    void notificationThatIsTooLateForADigestIsInTheNext() {
        choose(NotificationTimes.DEFAULT, NotificationKind.PROPOSAL_RECEIVED, Frequency.AT_ONCE, Frequency.DAILY);
        var first = proposal();
        setTime("2026-11-03T08:00:00Z");
        deliver();
        var late = proposal();
        FIXTURE.transaction(connection -> Sql.update(
                connection,
                "UPDATE notification_delivery SET due_at = ? WHERE due_at IS NOT NULL",
                Instant.parse("2026-11-03T08:00:00Z")));
        deliver();
        assertThat(subjects()).hasSize(1);
        setTime("2026-11-04T08:00:00Z");
        deliver();
        assertThat(subjects()).hasSize(2);
        assertThat(trace(late)).anyMatch(it -> it.contains("PUT_INTO_DIGEST"));
        assertThat(trace(first))
                .as("both are one entry, and in two digests")
                .filteredOn(it -> it.contains("PUT_INTO_DIGEST"))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void invitesToOneJobAreOneEntry() {
        for (int i = 0; i < 3; i++)
            notify(NotificationKind.INVITE_RECEIVED, Link.Kind.JOB.link("job_1"), Link.Kind.INVITE.link("inv_" + i));
        for (int i = 0; i < 2; i++)
            notify(NotificationKind.INVITE_WITHDRAWN, Link.Kind.JOB.link("job_1"), Link.Kind.INVITE.link("inv_" + i));
        assertThat(entries())
                .extracting(it -> it.kind() + " " + it.count())
                .containsExactlyInAnyOrder("INVITE_RECEIVED 3", "INVITE_WITHDRAWN 2");
    }

    /** More than a transaction reads; those that strangers cannot cause are listed. */
    @Test
    void digestIncludesAllThatIsDueAndListsTheFirstGroups() {
        choose(
                NotificationTimes.DEFAULT,
                Map.of(
                        NotificationKind.INVITE_RECEIVED, Frequency.DAILY,
                        NotificationKind.WORK_SUBMITTED, Frequency.DAILY));
        for (int i = 0; i < EmailDelivery.MAX_PER_TRANSACTION + 10; i++)
            notify(NotificationKind.INVITE_RECEIVED, Link.Kind.INVITE.link("inv_" + i));
        var work = notify(NotificationKind.WORK_SUBMITTED, Link.Kind.CONTRACT.link("ctr_1"));
        setTime("2026-11-03T08:00:00Z");
        deliver();
        int all = EmailDelivery.MAX_PER_TRANSACTION + 11;
        assertThat(subjects()).containsExactly("Your summary: " + all + " notifications");
        assertThat(bodies())
                .singleElement()
                .asString()
                .contains(
                        "Work was submitted",
                        "There are " + (all - MailTexts.MAX_DIGEST_ITEMS) + " more in your list.");
        assertThat(trace(work)).anyMatch(it -> it.contains("PUT_INTO_DIGEST"));
        FIXTURE.transaction(connection -> assertThat(Sql.list(
                        connection, "SELECT FROM notification_delivery WHERE due_at IS NOT NULL LIMIT 1", _ -> true))
                .isEmpty());
    }

    @Test
    void invitesToOrderPackagesOfOneGigAreOneEntry() {
        for (int i = 0; i < 3; i++) order("gig_1", i);
        order("gig_2", 3);
        assertThat(entries())
                .extracting(it -> it.kind() + " " + it.count())
                .containsExactlyInAnyOrder("INVITE_RECEIVED 3", "INVITE_RECEIVED 1");
    }

    @Test
    void deferredInvitesToOrderPackagesOfOneGigAreOneEntry() {
        choose(NotificationTimes.DEFAULT, NotificationKind.INVITE_RECEIVED, Frequency.DAILY, Frequency.NEVER);
        for (int i = 0; i < 3; i++) order("gig_1", i);
        assertThat(entries()).isEmpty();
        setTime("2026-11-03T08:00:00Z");
        deliver();
        assertThat(entries())
                .singleElement()
                .satisfies(it -> assertThat(it.count()).isEqualTo(3));
    }

    private void order(String gig, int number) {
        var letter = new InviteDetails(
                Source.order(gig, Tier.BASIC, "A boat"),
                ANN,
                CLIENT,
                InviteScenario.offer("Please"),
                clock.instant().plus(Duration.ofDays(1)),
                1);
        var recorded = new Recorded<InviteEvent>(
                "inv_" + number, 1, new InviteEvent.Sent(letter, clock.instant()), clock.instant(), Correlation.NONE);
        for (var it : NotificationMatrix.notifications(Invite.AGGREGATE, recorded))
            FIXTURE.transaction(connection ->
                    Decisions.inApp(connection, it, Cause.of(Invite.AGGREGATE, recorded), clock.instant()));
    }

    // Messages.

    @Test
    void notificationOfMessagesIsPublishedOnceAlsoIfItIsNotShown() {
        openRoom();
        choose(NotificationTimes.DEFAULT, NotificationKind.MESSAGE_RECEIVED, Frequency.NEVER, Frequency.NEVER);
        post(ANN, 1);
        post(ANN, 2);
        clock.pass(MESSAGE_DELAY);
        deliver();
        deliver();
        assertThat(entries()).isEmpty();
        assertThat(published).singleElement().satisfies(it -> {
            assertThat(it.recipientId()).isEqualTo(CLIENT);
            assertThat(it.links()).containsExactly(Link.Kind.ROOM.link(ROOM));
        });
    }

    @Test
    void memberIsNotifiedOfMessagesThatWereNotRead() {
        openRoom();
        post(ANN, 1);
        post(ANN, 2);
        deliver();
        assertThat(entries()).as("the reader has a moment").isEmpty();
        clock.pass(MESSAGE_DELAY);
        deliver();
        assertThat(entries()).singleElement().satisfies(it -> {
            assertThat(it.kind()).isEqualTo("MESSAGE_RECEIVED");
            assertThat(it.count()).isEqualTo(2);
            assertThat(it.links()).containsExactly(Link.Kind.ROOM.link(ROOM));
        });
        assertThat(signals).contains(new LiveSignal(LiveSignal.Kind.COUNTERS, CLIENT));
        post(ANN, 3);
        post(CLIENT, 4);
        clock.pass(MESSAGE_DELAY);
        deliver();
        assertThat(entries())
                .singleElement()
                .satisfies(it -> assertThat(it.count()).isEqualTo(3));
        result(marks.markRoomRead(CLIENT, ROOM, 2));
        assertThat(entries().getFirst().readAt()).isEmpty();
        result(marks.markRoomRead(CLIENT, ROOM, 3));
        assertThat(entries().getFirst().readAt()).isPresent();
    }

    @Test
    void memberIsNotNotifiedOfMessagesThatWereRead() {
        openRoom();
        post(ANN, 1);
        read(CLIENT, 1);
        clock.pass(MESSAGE_DELAY);
        deliver();
        assertThat(entries()).isEmpty();
        post(ANN, 2);
        clock.pass(MESSAGE_DELAY);
        deliver();
        assertThat(entries())
                .singleElement()
                .satisfies(it -> assertThat(it.count()).isEqualTo(1));
    }

    @Test
    void messagesOfAViewThatReadsTheJournalAgainAreOld() {
        openRoom();
        var event = new RoomEvent.MessagePosted("msg_1", 1, ANN, "Hello", clock.instant());
        var recorded = new Recorded<RoomEvent>(ROOM, 2, event, clock.instant(), Correlation.NONE);
        clock.pass(Duration.ofDays(2));
        var stored = List.<EventStory.StoredEvent<?>>of(new EventStory.StoredEvent<>(Room.AGGREGATE, recorded));
        FIXTURE.apply(new MessageView(), stored);
        FIXTURE.apply(new NotificationView(new NotificationTiming(clock, MESSAGE_DELAY)), stored);
        deliver();
        assertThat(entries()).isEmpty();
    }

    @Test
    void mailAboutAMessageWaitsAndIsDroppedIfItIsReadByThen() {
        choose(NotificationTimes.DEFAULT, NotificationKind.MESSAGE_RECEIVED, Frequency.AT_ONCE, Frequency.AT_ONCE);
        openRoom();
        post(ANN, 1);
        clock.pass(MESSAGE_DELAY);
        deliver();
        assertThat(lastTrace()).isEqualTo("WAITS_FOR_READER " + clock.instant().plus(MAIL_DELAY));
        clock.pass(MAIL_DELAY.minusSeconds(1));
        deliver();
        assertThat(subjects()).isEmpty();
        clock.pass(Duration.ofSeconds(1));
        deliver();
        assertThat(subjects()).hasSize(1);
        post(ANN, 2);
        clock.pass(MESSAGE_DELAY);
        deliver();
        read(CLIENT, 2);
        clock.pass(MAIL_DELAY);
        deliver();
        assertThat(subjects()).hasSize(1);
        assertThat(result(FIXTURE.readModel.notifications().traceOfAccount(CLIENT, firstPage(1)))
                        .items())
                .extracting(it -> it.reason())
                .containsExactly("READ_MEANWHILE");
    }

    @Test
    void mailQuotesTheNewestMessagesThatTheRecipientCanRead() {
        choose(NotificationTimes.DEFAULT, NotificationKind.MESSAGE_RECEIVED, Frequency.AT_ONCE, Frequency.AT_ONCE);
        openRoom();
        for (int i = 1; i <= 5; i++) post(ANN, i, "text-" + i);
        post(CLIENT, 6, "my-own");
        clock.pass(MESSAGE_DELAY);
        deliver();
        FIXTURE.transaction(connection ->
                Sql.update(connection, "UPDATE message SET text = '', deleted_at = now() WHERE number = 4"));
        clock.pass(MAIL_DELAY);
        deliver();
        assertThat(bodies())
                .singleElement()
                .asString()
                .contains("4 new messages", "1 older message is not shown.", "> text-2\n\n> text-3\n\n> text-5\n")
                .doesNotContain("text-1", "text-4", "my-own");
    }

    @Test
    void mailNamesTheFilesOfMessages() {
        choose(NotificationTimes.DEFAULT, NotificationKind.MESSAGE_RECEIVED, Frequency.AT_ONCE, Frequency.AT_ONCE);
        openRoom();
        var file = new Attachment("fil_1", "Site plan.pdf", "application/pdf", 7);
        this.<RoomEvent>apply(
                new MessageView(),
                Room.AGGREGATE,
                ROOM,
                new RoomEvent.MessagePosted(
                        "msg_1",
                        1,
                        ANN,
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(List.of(file)),
                        clock.instant()));
        post(ANN, 2, "As agreed");
        clock.pass(MESSAGE_DELAY);
        deliver();
        clock.pass(MAIL_DELAY);
        deliver();
        assertThat(bodies()).singleElement().asString().contains("> File: Site plan.pdf\n\n> As agreed\n");
    }

    @Test
    void mailAboutMessagesThatWereDeletedIsDropped() {
        for (var email : List.of(Frequency.AT_ONCE, Frequency.DAILY)) {
            empty();
            choose(NotificationTimes.DEFAULT, NotificationKind.MESSAGE_RECEIVED, Frequency.AT_ONCE, email);
            openRoom();
            postAndNotify(1);
            FIXTURE.transaction(
                    connection -> Sql.update(connection, "UPDATE message SET text = '', deleted_at = now()"));
            clock.pass(Duration.ofDays(1));
            deliver();
            assertThat(subjects()).as(email.name()).isEmpty();
            assertThat(lastTrace()).startsWith("NOT_READABLE");
        }
    }

    @Test
    void mailToARemovedMemberIsDropped() {
        choose(NotificationTimes.DEFAULT, NotificationKind.MESSAGE_RECEIVED, Frequency.AT_ONCE, Frequency.AT_ONCE);
        openRoom();
        post(ANN, 1, "secret");
        clock.pass(MESSAGE_DELAY);
        deliver();
        FIXTURE.transaction(connection -> Sql.update(connection, "UPDATE room_list SET is_removed = true"));
        clock.pass(MAIL_DELAY);
        deliver();
        assertThat(bodies()).isEmpty();
        assertThat(lastTrace()).startsWith("NOT_READABLE");
    }

    /** Those that follow while a mail waits join it, before and after it was added to the queue. */
    @Test
    void roomHasAtMostOneMailThatWasNotSent() throws SQLException {
        choose(NotificationTimes.DEFAULT, NotificationKind.MESSAGE_RECEIVED, Frequency.AT_ONCE, Frequency.AT_ONCE);
        openRoom();
        for (int i = 1; i <= 3; i++) postAndNotify(i);
        clock.pass(MAIL_DELAY.minus(MESSAGE_DELAY.multipliedBy(2)));
        deliver();
        assertThat(subjects()).containsExactly("3 new messages from the other party.");
        postAndNotify(4);
        clock.pass(MAIL_DELAY);
        deliver();
        assertThat(subjects()).containsExactly("4 new messages from the other party.");
        assertThat(bodies()).singleElement().asString().contains("text-4");
        assertThat(lastTrace()).startsWith("JOINED_MAIL");
        var claim = mails.claimDue(9, (_, _, _) -> Verdict.ALLOWED, clock.instant(), Duration.ofMinutes(3))
                .getFirst();
        new MailResults(FIXTURE.database).finish(claim, Status.SENT, "", clock.instant());
        postAndNotify(5);
        clock.pass(MAIL_DELAY);
        deliver();
        assertThat(subjects()).hasSize(2).contains("New message from the other party.");
    }

    private void postAndNotify(long number) {
        post(ANN, number, "text-" + number);
        clock.pass(MESSAGE_DELAY);
        deliver();
    }

    private static String lastTrace() {
        var step = result(FIXTURE.readModel.notifications().traceOfAccount(CLIENT, firstPage(1)))
                .items()
                .getFirst();
        return step.reason() + " " + step.detail();
    }

    @Test
    void messageBeforeABlockIsNeitherNotifiedNorMailedAfterIt() {
        choose(NotificationTimes.DEFAULT, NotificationKind.MESSAGE_RECEIVED, Frequency.AT_ONCE, Frequency.AT_ONCE);
        openConversation();
        postAndNotify(1);
        post(ANN, 2);
        this.<RoomEvent>apply(
                new BlockView(), Room.AGGREGATE, ROOM, new RoomEvent.Blocked(CLIENT, ANN, clock.instant()));
        clock.pass(MESSAGE_DELAY);
        deliver();
        clock.pass(MAIL_DELAY);
        deliver();
        assertThat(entries())
                .singleElement()
                .satisfies(it -> assertThat(it.count()).isOne());
        assertThat(subjects()).isEmpty();
        assertThat(lastTrace()).startsWith("BLOCKED");
    }

    @Test
    void messageBeforeABlockIsInNoDigestAfterIt() {
        openConversation();
        postAndNotify(1);
        this.<RoomEvent>apply(
                new BlockView(), Room.AGGREGATE, ROOM, new RoomEvent.Blocked(ANN, CLIENT, clock.instant()));
        clock.pass(Duration.ofDays(1));
        deliver();
        assertThat(subjects()).isEmpty();
        assertThat(lastTrace()).startsWith("BLOCKED");
    }

    private void openConversation() {
        this.<RoomEvent>apply(
                new RoomListView(),
                Room.AGGREGATE,
                ROOM,
                new RoomEvent.ConversationOpened(CLIENT, ANN, clock.instant()));
    }
}
