package io.guildhall.projections.notify.delivery;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.CLIENT;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.savedsearch.SavedSearches;
import io.guildhall.domain.savedsearch.SavedSearchesEvent;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.kernel.Correlation;
import io.guildhall.port.UnsubscribeTokens;
import io.guildhall.projections.CrashingDatabase;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.notify.NotificationMatrix;
import io.guildhall.projections.notify.mail.MailTemplates;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.readmodel.notification.NotificationRow;
import io.guildhall.projections.store.MailResults;
import io.guildhall.projections.store.MailResults.Status;
import io.guildhall.projections.store.MailTable;
import io.guildhall.projections.store.MailTable.Limit.Verdict;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import io.guildhall.projections.view.notification.NotificationTiming;
import io.guildhall.projections.view.notification.NotificationView;
import io.guildhall.testing.SettableClock;
import io.guildhall.testing.TestLoops;
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
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Two nodes decide, store, queue and send, and die at any statement, before or after any commit, and before or after the
 * mail system has accepted a mail. Every notification is shown once, and is in one e-mail.
 */
class NotificationCrashTest {
    private static final ViewFixture FIXTURE = new ViewFixture();
    private static final int EVENTS = 6;

    private final SettableClock clock = new SettableClock();
    private final CrashingDatabase database = CrashingDatabase.atStatements(FIXTURE.database);
    private final MailTable mails = new MailTable(database);
    private final MailResults results = new MailResults(database);
    /** How often the mail system has accepted each mail, by the key in its Message-ID. */
    private final Map<String, Integer> accepted = new HashMap<>();

    private final List<NotificationDelivery> nodes = List.of(node(), node());
    private List<Recorded<SavedSearchesEvent>> events = List.of();

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
                new MessageNotifications(Duration.ZERO),
                clock,
                TestLoops.create(),
                _ -> {});
    }

    private void start() {
        FIXTURE.empty();
        FIXTURE.transaction(connection -> {
            for (var table : List.of("mail_queue", "live_entry", "live_account"))
                Sql.update(connection, "DELETE FROM " + table);
        });
        accepted.clear();
        events = IntStream.rangeClosed(1, EVENTS).mapToObj(this::matched).toList();
    }

    private Recorded<SavedSearchesEvent> matched(int number) {
        var at = clock.instant();
        var event = new SavedSearchesEvent.Matched(
                "srch_1", "A search", SearchCriteria.Kind.GIG, "gig_" + number, "A gig", at, at);
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

    private void send(Random random) throws SQLException {
        for (var claim : mails.claimDue(4, (_, _, _) -> Verdict.ALLOWED, clock.instant(), Duration.ofMinutes(3))) {
            if (random.nextInt(4) == 0) throw new SQLException("died before the mail system has accepted");
            accepted.merge(claim.mail().key(), 1, Integer::sum);
            if (random.nextInt(4) == 0) throw new SQLException("died after the mail system has accepted");
            results.finish(claim, Status.SENT, "", clock.instant());
        }
    }

    private void step(Random random) throws Exception {
        var node = nodes.get(random.nextInt(nodes.size()));
        var event = events.get(random.nextInt(events.size()));
        switch (random.nextInt(5)) {
            case 0 -> apply(event);
            case 1 -> decideEmail(node, event);
            case 2 -> node.deliverDue();
            case 3 -> send(random);
            default -> clock.pass(Duration.ofHours(random.nextInt(10)));
        }
    }

    private void finishAll() throws Exception {
        database.crashAfter(Integer.MAX_VALUE);
        for (var it : events) {
            apply(it);
            decideEmail(nodes.getFirst(), it);
        }
        for (int day = 0; day < 3; day++) {
            clock.pass(Duration.ofDays(1));
            for (var it : nodes) it.deliverDue();
            sendAll();
        }
    }

    private void sendAll() throws SQLException {
        for (var claim : mails.claimDue(50, (_, _, _) -> Verdict.ALLOWED, clock.instant(), Duration.ofMinutes(3))) {
            accepted.merge(claim.mail().key(), 1, Integer::sum);
            results.finish(claim, Status.SENT, "", clock.instant());
        }
    }

    @Property(tries = 40)
    void everyNotificationIsShownOnceAndSentOnce(@ForAll Random random) throws Exception {
        start();
        for (int i = 0; i < 60; i++) {
            database.crashAfter(random.nextInt(25));
            try {
                step(random);
            } catch (SQLException | CompletionException | AssertionError | IllegalStateException e) {
                // The node has died. It, or the other, tries again.
                clock.pass(Duration.ofMinutes(4));
            }
        }
        finishAll();
        assertThat(shown()).as("shown once each").isEqualTo(EVENTS);
        assertThat(queued()).as("in one e-mail each").isEqualTo(EVENTS);
        assertThat(accepted.keySet()).as("one Message-ID for each e-mail").hasSize(mailCount());
        assertThat(traceCount("PUT_INTO_DIGEST")).isEqualTo(EVENTS);
        int before = accepted.values().stream().mapToInt(it -> it).sum();
        repeatAll();
        assertThat(accepted.values().stream().mapToInt(it -> it).sum())
                .as("a replay sends nothing")
                .isEqualTo(before);
        assertThat(shown()).isEqualTo(EVENTS);
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

    private int queued() {
        return count("SELECT count(DISTINCT notification_id) FROM notification_delivery WHERE mail_id IS NOT NULL");
    }

    private int mailCount() {
        return count("SELECT count(*) FROM mail_queue");
    }

    private int traceCount(String reason) {
        return count("SELECT count(*) FROM notification_trace WHERE reason = '" + reason + "'");
    }

    private static int count(String sql) {
        var counts = new ArrayList<Integer>();
        FIXTURE.transaction(connection -> counts.addAll(Sql.list(connection, sql, row -> row.getInt(1))));
        return counts.getFirst();
    }

    @Test
    void rebuildDecidesOnlyWhatTheViewHasNotRead() {
        start();
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
