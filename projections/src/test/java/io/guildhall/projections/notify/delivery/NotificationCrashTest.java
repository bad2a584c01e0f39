package io.guildhall.projections.notify.delivery;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.ANN;
import static io.guildhall.projections.view.HireScenario.CLIENT;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.preference.Frequency;
import io.guildhall.domain.preference.NotificationSettings;
import io.guildhall.domain.preference.NotificationSettings.Choice;
import io.guildhall.domain.preference.NotificationTimes;
import io.guildhall.domain.preference.Preferences;
import io.guildhall.domain.preference.PreferencesEvent;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.domain.savedsearch.SavedSearches;
import io.guildhall.domain.savedsearch.SavedSearchesEvent;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.kernel.Correlation;
import io.guildhall.port.MailKind;
import io.guildhall.port.Mailer;
import io.guildhall.port.Mailer.Mail;
import io.guildhall.port.UnsubscribeTokens;
import io.guildhall.projections.CrashingDatabase;
import io.guildhall.projections.EntityNode;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.NotificationKind;
import io.guildhall.projections.notify.NotificationMatrix;
import io.guildhall.projections.notify.mail.MailDelivery;
import io.guildhall.projections.notify.mail.MailLimits;
import io.guildhall.projections.notify.mail.MailTemplates;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.readmodel.notification.Link;
import io.guildhall.projections.readmodel.notification.NotificationRow;
import io.guildhall.projections.store.MailResults;
import io.guildhall.projections.store.MailTable;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import io.guildhall.projections.view.notification.NotificationTiming;
import io.guildhall.projections.view.notification.NotificationView;
import io.guildhall.projections.view.preference.NotificationPreferenceView;
import io.guildhall.projections.view.room.MessageView;
import io.guildhall.projections.view.room.RoomListView;
import io.guildhall.testing.SettableClock;
import io.guildhall.testing.TestLoops;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Two nodes decide, store, queue and send, and die at any statement, before or after any commit, and before or after the
 * mail system has accepted a mail. Every notification is shown once, and is in one e-mail, whose result is in its trace: of
 * a match in a digest, of a payment at once, of messages that are grouped, and of a warning that another process mails.
 */
class NotificationCrashTest {
    private static final ViewFixture FIXTURE = new ViewFixture();
    private static final int EVENTS = 6;
    private static final int WARNINGS = 2;
    private static final int PAYMENTS = 3;
    private static final int MESSAGES = 4;
    private static final int OTHERS = WARNINGS + PAYMENTS + MESSAGES;
    /** Of equal events, each of which is mailed at once. */
    private static final int MANY = 100;

    private static final String ADDRESS = CLIENT + "@example.org";
    private static final String ROOM = "rm_1";

    /** Chooses never to die. */
    private static final Random IMMORTAL = new Random() {
        private static final long serialVersionUID = 1L;

        @Override
        public int nextInt(int bound) {
            return bound - 1;
        }
    };

    private static @Nullable EntityNode node;

    private final SettableClock clock = new SettableClock();
    private final CrashingDatabase database = CrashingDatabase.atStatements(FIXTURE.database);
    /** How often the mail system has accepted each mail, by the key in its Message-ID. */
    private final Map<String, Integer> accepted = new HashMap<>();

    private volatile Random mortality = IMMORTAL;
    private final List<NotificationDelivery> nodes = List.of(node(), node());
    private List<MailDelivery> mailNodes = List.of();
    private List<Recorded<SavedSearchesEvent>> events = List.of();
    /** The warnings, then the payments. */
    private List<Notification> others = List.of();

    private final List<Recorded<RoomEvent.MessagePosted>> posted = new ArrayList<>();

    /** Of the preferences and addresses that the delivery of mails reads. */
    @BeforeContainer
    static void startNode() {
        node = new EntityNode();
    }

    @AfterContainer
    static void stopNode() {
        requireNonNull(node).close();
    }

    private MailDelivery mailNode() {
        return new MailDelivery(
                new MailTable(database),
                new MailResults(database),
                this::accept,
                requireNonNull(node).entities,
                new MailLimits(1_000, 10_000),
                clock,
                TestLoops.create(),
                new SimpleMeterRegistry());
    }

    private NotificationDelivery node() {
        var site = URI.create("https://guildhall.example");
        return new NotificationDelivery(
                new ReadDatabase(database, NotificationDelivery.DECISION_CONCURRENCY),
                new EmailDelivery(
                        new Mails(
                                new MailTemplates(site),
                                (_, _) -> completedFuture(null),
                                new UnsubscribeTokens("secret"),
                                site),
                        id -> completedFuture(Optional.of(id + "@example.org"))),
                new MessageNotifications(Duration.ZERO, (_, _, _, _) -> {}),
                clock,
                TestLoops.create(),
                _ -> {});
    }

    /** @param matches how many equal events there are */
    private void start(int matches) {
        FIXTURE.empty();
        FIXTURE.transaction(connection -> {
            for (var table : List.of("mail_queue", "live_entry", "live_account"))
                Sql.update(connection, "DELETE FROM " + table);
        });
        accepted.clear();
        events = IntStream.rangeClosed(1, matches).mapToObj(this::matched).toList();
        others = Stream.concat(
                        IntStream.rangeClosed(1, WARNINGS).mapToObj(this::warning),
                        IntStream.rangeClosed(1, PAYMENTS).mapToObj(this::paid))
                .toList();
        posted.clear();
        if (node != null) mailNodes = List.of(mailNode(), mailNode());
        var opened = new RoomEvent.Opened("ctr_1", "A job", CLIENT, ANN, clock.instant());
        FIXTURE.apply(
                new RoomListView(),
                List.of(new EventStory.StoredEvent<RoomEvent>(
                        Room.AGGREGATE, new Recorded<>(ROOM, 1, opened, clock.instant(), Correlation.NONE))));
    }

    private Notification warning(int number) {
        return ofContract(
                "ntf_warning" + number, NotificationKind.ACCEPTANCE_SILENCE_WARNING, Optional.of("notice/w" + number));
    }

    private Notification paid(int number) {
        return ofContract("ntf_paid" + number, NotificationKind.MILESTONE_PAID, Optional.empty());
    }

    private Notification ofContract(String id, NotificationKind kind, Optional<String> separateMail) {
        return new Notification(
                id,
                CLIENT,
                kind,
                Optional.of("A job"),
                "",
                List.of(Link.Kind.CONTRACT.link("ctr_1")),
                clock.instant(),
                separateMail,
                id);
    }

    private Recorded<SavedSearchesEvent> matched(int number) {
        var at = clock.instant();
        var event = new SavedSearchesEvent.Matched(
                "srch_1",
                "A search",
                SearchCriteria.Kind.GIG,
                "gig_" + number,
                "A gig",
                Optional.of("acc_owner"),
                at,
                at);
        return new Recorded<>(CLIENT, number, event, at, Correlation.NONE);
    }

    // What a node does. Each can fail at any point, and is done again.

    private void apply(Recorded<SavedSearchesEvent> event) throws SQLException {
        var view = new NotificationView(new NotificationTiming(clock, Duration.ZERO));
        try (var connection = database.getConnection()) {
            ReadDatabase.runInTransaction(connection, it -> {
                view.lock(it, List.of(event));
                for (var on : view.follows())
                    if (on.aggregate().equals(SavedSearches.AGGREGATE))
                        new EventStory.StoredEvent<>(SavedSearches.AGGREGATE, event).applyTo(view, it);
            });
        }
    }

    private void decideEmail(NotificationDelivery node, Recorded<SavedSearchesEvent> event) {
        for (var it : NotificationMatrix.notifications(SavedSearches.AGGREGATE, event))
            result(node.decideEmail(it, Cause.of(SavedSearches.AGGREGATE, event)));
    }

    private void decide(NotificationDelivery node, Notification notification) throws SQLException {
        var cause = new Cause("contract", "ctr_1", 1);
        try (var connection = database.getConnection()) {
            ReadDatabase.runInTransaction(connection, it -> Decisions.inApp(it, notification, cause, clock.instant()));
        }
        result(node.decideEmail(notification, cause));
    }

    /** The process of the warning sends its mail, before or after it is decided. */
    private void warn(MailDelivery node, Notification warning) {
        var kind = MailKind.ACCEPTANCE_SILENCE_WARNING.key();
        var id = warning.separateMailId().orElseThrow();
        result(node.add(new Mail(id, kind, ADDRESS, "Warning", "Text", "HTML", Optional.empty()), CLIENT));
    }

    /** Posts the messages up to a number that were not posted before. */
    private void post(int number) throws SQLException {
        while (posted.size() < number) {
            int next = posted.size() + 1;
            var message = new RoomEvent.MessagePosted("msg_" + next, next, ANN, "Hello", clock.instant());
            var recorded = new Recorded<>(ROOM, next + 1, message, clock.instant(), Correlation.NONE);
            FIXTURE.apply(
                    new MessageView(),
                    List.of(new EventStory.StoredEvent<RoomEvent>(Room.AGGREGATE, recorded.cast(RoomEvent.class))));
            posted.add(recorded);
        }
        if (posted.isEmpty()) return;
        try (var connection = database.getConnection()) {
            ReadDatabase.runInTransaction(
                    connection, it -> MessageNotifications.plan(it, List.copyOf(posted), Duration.ZERO));
        }
    }

    /** The mail system of the node, which can die before and after it has accepted a mail. */
    private CompletionStage<Mailer.Result> accept(Mail mail) {
        if (mortality.nextInt(4) == 0) return failedFuture(new SQLException("died before it was accepted"));
        accepted.merge(mail.key(), 1, Integer::sum);
        if (mortality.nextInt(4) == 0) return failedFuture(new SQLException("died after it was accepted"));
        return completedFuture(new Mailer.Result.Accepted());
    }

    private void send(MailDelivery node, int max) throws SQLException {
        for (var claim : node.claimDue(max)) result(node.handle(claim));
    }

    private void step(Random random) throws Exception {
        var node = nodes.get(random.nextInt(nodes.size()));
        var mailNode = mailNodes.get(random.nextInt(mailNodes.size()));
        switch (random.nextInt(8)) {
            case 0 -> apply(events.get(random.nextInt(events.size())));
            case 1 -> decideEmail(node, events.get(random.nextInt(events.size())));
            case 2 -> decide(node, others.get(random.nextInt(others.size())));
            case 3 -> warn(mailNode, others.get(random.nextInt(WARNINGS)));
            case 4 -> post(1 + random.nextInt(MESSAGES));
            case 5 -> node.deliverDue();
            case 6 -> send(mailNode, 4);
            default -> clock.pass(Duration.ofHours(random.nextInt(10)));
        }
    }

    private void finishAll() throws Exception {
        database.crashAfter(Integer.MAX_VALUE);
        mortality = IMMORTAL;
        for (var it : events) {
            apply(it);
            decideEmail(nodes.getFirst(), it);
        }
        for (var it : others) {
            decide(nodes.getFirst(), it);
            if (it.separateMailId().isPresent()) warn(mailNodes.getFirst(), it);
        }
        post(MESSAGES);
        for (int day = 0; day < 3; day++) {
            clock.pass(Duration.ofDays(1));
            for (var it : nodes) it.deliverDue();
            send(mailNodes.getFirst(), 2 * MANY);
        }
    }

    @Property(tries = 40)
    void everyNotificationIsShownOnceAndSentOnce(@ForAll Random random) throws Exception {
        start(EVENTS);
        checkOverCrashes(random, 100);
    }

    @Property(tries = 3)
    void everyOneOfAHundredEqualNotificationsIsShownOnceAndSentOnce(@ForAll Random random) throws Exception {
        start(MANY);
        mailMatchesAtOnce();
        checkOverCrashes(random, 3 * MANY);
        assertThat(count("SELECT count(*) FROM mail_queue WHERE kind = 'new-match'"))
                .as("an e-mail each")
                .isEqualTo(MANY);
    }

    private void mailMatchesAtOnce() {
        var choice = new Choice(Optional.empty(), Optional.of(Frequency.AT_ONCE));
        var settings =
                new NotificationSettings(NotificationTimes.DEFAULT, Map.of(NotificationKind.NEW_MATCH.name(), choice));
        var chosen = new PreferencesEvent.NotificationsChosen(settings, clock.instant());
        FIXTURE.apply(
                new NotificationPreferenceView(),
                List.of(new EventStory.StoredEvent<PreferencesEvent>(
                        Preferences.AGGREGATE, new Recorded<>(CLIENT, 1, chosen, clock.instant(), Correlation.NONE))));
    }

    private void checkOverCrashes(Random random, int steps) throws Exception {
        int all = events.size() + OTHERS;
        mortality = random;
        for (int i = 0; i < steps; i++) {
            database.crashAfter(random.nextInt(25));
            try {
                step(random);
            } catch (SQLException | CompletionException | AssertionError | IllegalStateException e) {
                // The node has died. It, or the other, tries again.
                clock.pass(Duration.ofMinutes(4));
            }
        }
        finishAll();
        assertThat(shown()).as("shown once each").isEqualTo(all);
        assertThat(count("SELECT sum(coalesce(messages, 1)) FROM notification_delivery WHERE mail_id IS NOT NULL"))
                .as("in one e-mail each")
                .isEqualTo(all);
        assertThat(accepted.keySet()).as("one Message-ID for each e-mail").hasSize(mailCount());
        assertThat(count("SELECT count(*) FROM mail_queue WHERE status <> 'SENT'"))
                .isZero();
        assertThat(tracedOtherThanOnce("'PUT_INTO_DIGEST', 'QUEUED', 'SENT_SEPARATELY', 'ALREADY_QUEUED'"))
                .as("decided once")
                .isZero();
        assertThat(tracedOtherThanOnce("'SENT'")).as("with its result").isZero();
        int before = accepted.values().stream().mapToInt(it -> it).sum();
        repeatAll();
        assertThat(accepted.values().stream().mapToInt(it -> it).sum())
                .as("a replay sends nothing")
                .isEqualTo(before);
        assertThat(shown()).isEqualTo(all);
    }

    /** How many e-mails of notifications have none or several of these reasons in their trace. */
    private static int tracedOtherThanOnce(String reasons) {
        return count("""
                SELECT count(*) FROM notification_delivery d WHERE channel = 'EMAIL' AND 1 <> (
                       SELECT count(*) FROM notification_trace t
                        WHERE t.notification_id = d.notification_id AND t.channel = 'EMAIL' AND t.reason IN (%s))
                """.formatted(reasons));
    }

    /** Reads all events again, as a follower without a position does, and as a rebuild does. */
    private void repeatAll() throws Exception {
        var stored = new ArrayList<EventStory.StoredEvent<?>>();
        for (var it : events) stored.add(new EventStory.StoredEvent<>(SavedSearches.AGGREGATE, it));
        FIXTURE.transaction(connection -> Sql.update(connection, "DELETE FROM notification"));
        FIXTURE.apply(new NotificationView(new NotificationTiming(clock, Duration.ZERO)).forRebuild(), stored);
        finishAll();
    }

    private static long shown() {
        return result(FIXTURE.readModel.notifications().ofAccount(CLIENT, firstPage(50))).items().stream()
                .mapToLong(NotificationRow::count)
                .sum();
    }

    private int mailCount() {
        return count("SELECT count(*) FROM mail_queue");
    }

    private static int count(String sql) {
        var counts = new ArrayList<Integer>();
        FIXTURE.transaction(connection -> counts.addAll(Sql.list(connection, sql, row -> row.getInt(1))));
        return counts.getFirst();
    }

    @Test
    void rebuildDecidesOnlyWhatTheViewHasNotRead() {
        start(EVENTS);
        var stored = new ArrayList<EventStory.StoredEvent<?>>();
        for (var it : events) stored.add(new EventStory.StoredEvent<>(SavedSearches.AGGREGATE, it));
        FIXTURE.apply(new NotificationView(new NotificationTiming(clock, Duration.ZERO)).forRebuild(), stored);
        assertThat(shown()).isZero();
        assertThat(count("SELECT count(*) FROM notification")).isEqualTo(EVENTS);
        assertThat(count("SELECT count(*) FROM notification_delivery")).isZero();
        for (int i = 0; i < 2; i++)
            FIXTURE.transaction(connection ->
                    new NotificationView(new NotificationTiming(clock, Duration.ZERO)).alignAfterRebuild(connection));
        assertThat(shown()).as("the rebuild was ahead of the view").isEqualTo(EVENTS);
    }
}
