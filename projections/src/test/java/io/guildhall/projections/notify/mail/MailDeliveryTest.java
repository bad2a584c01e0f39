package io.guildhall.projections.notify.mail;

import static io.guildhall.Await.result;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.actors.Entities;
import io.guildhall.domain.email.Email;
import io.guildhall.domain.mailaddress.MailAddress;
import io.guildhall.domain.preference.NotificationSettings;
import io.guildhall.domain.preference.NotificationTimes;
import io.guildhall.domain.preference.NotificationTimes.QuietHours;
import io.guildhall.domain.preference.Preferences;
import io.guildhall.domain.preference.PreferencesCommand;
import io.guildhall.kernel.Correlation;
import io.guildhall.port.BounceReports.Bounce;
import io.guildhall.port.MailKind;
import io.guildhall.port.Mailer;
import io.guildhall.port.Mailer.Mail;
import io.guildhall.port.Mailer.Result;
import io.guildhall.projections.EntityNode;
import io.guildhall.projections.store.MailResults;
import io.guildhall.projections.store.MailTable;
import io.guildhall.testing.SettableClock;
import io.guildhall.testing.TestLoops;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MailDeliveryTest {
    private static final MailLimits LIMITS = new MailLimits(4, 6);

    private static EntityNode node;
    private static PGSimpleDataSource database;
    private static Entities entities;

    private final SettableClock clock = new SettableClock();
    private final StubMailer mailer = new StubMailer();
    private final String account = "acc_" + UUID.randomUUID();
    private final String address = UUID.randomUUID() + "@example.org";
    private final List<MailDelivery> nodes = new ArrayList<>();
    private MailDelivery delivery;

    /** Returns the results that the test sets, and accepts everything before. */
    private static final class StubMailer implements Mailer {
        final List<Mail> received = new CopyOnWriteArrayList<>();
        volatile CompletionStage<Result> result = completedFuture(new Result.Accepted());

        @Override
        public CompletionStage<Result> send(Mail mail) {
            received.add(mail);
            return result;
        }
    }

    @BeforeAll
    static void startNode() {
        node = new EntityNode();
        database = node.database;
        entities = node.entities;
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @BeforeEach
    void startDelivery() {
        delivery = startDeliveryOnNode();
    }

    @AfterEach
    void stopDelivery() {
        nodes.forEach(MailDelivery::close);
    }

    private MailDelivery startDeliveryOnNode() {
        var node = new MailDelivery(
                new MailTable(database),
                new MailResults(database),
                mailer,
                entities,
                LIMITS,
                clock,
                TestLoops.create(),
                new SimpleMeterRegistry());
        nodes.add(node);
        node.start();
        return node;
    }

    private Mail mail(MailKind kind) {
        return new Mail(
                kind.key() + "/" + UUID.randomUUID(), kind.key(), address, "Subject", "Text", "HTML", Optional.empty());
    }

    private Mail add(MailKind kind) {
        var mail = mail(kind);
        result(delivery.add(mail, account));
        return mail;
    }

    /** Status and number of attempts of a mail, and whether its content is stored. */
    private static String row(Mail mail) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "SELECT CASE WHEN claimed_until IS NULL THEN status ELSE 'CLAIMED' END || ' ' || attempts || ' ' || (body IS NOT NULL) FROM mail_queue WHERE id = ?")) {
            query.setString(1, mail.id());
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitRow(Mail mail, String row) {
        Await.until(() -> assertThat(row(mail)).isEqualTo(row));
    }

    private MailAddress addressState() {
        return result(entities.state(MailAddress.AGGREGATE, Email.id(address)));
    }

    private void changePreferences(PreferencesCommand command) {
        result(entities.execute(Correlation.NONE, Preferences.AGGREGATE, account, command));
    }

    @Test
    void mailIsSentOnceByOneOfManyNodesAndItsContentIsDeleted() {
        var other = startDeliveryOnNode();
        var mails = IntStream.range(0, LIMITS.perHour())
                .mapToObj(_ -> mail(MailKind.MILESTONE_PAID))
                .toList();
        for (var mail : mails) for (var node : nodes) result(node.add(mail, account));
        for (var mail : mails) awaitRow(mail, "SENT 1 false");
        result(other.add(mails.getFirst(), account));
        clock.pass(Duration.ofDays(1));
        awaitRow(add(MailKind.MILESTONE_PAID), "SENT 1 false");
        assertThat(mailer.received).hasSize(mails.size() + 1).containsAll(mails);
    }

    @Test
    void deferredMailIsTriedAgainWithBackoffForTwoDays() {
        mailer.result = completedFuture(new Result.Deferred("451 Try again"));
        var start = clock.instant();
        var mail = add(MailKind.MILESTONE_PAID);
        int attempts = 1;
        awaitRow(mail, "WAITING 1 true");
        for (var pause = Duration.ofMinutes(1); row(mail).startsWith("WAITING"); pause = doubled(pause)) {
            clock.pass(pause);
            delivery.wake();
            var attempt = " " + ++attempts + " ";
            Await.until(() -> assertThat(row(mail)).contains(attempt).doesNotContain("CLAIMED"));
        }
        assertThat(row(mail)).startsWith("GIVEN_UP").endsWith("false");
        assertThat(Duration.between(start, clock.instant())).isBetween(Duration.ofHours(44), Duration.ofHours(48));
        assertThat(addressState()).as("our own server may have been away").isInstanceOf(MailAddress.Usable.class);
    }

    private static Duration doubled(Duration pause) {
        return pause.compareTo(Duration.ofHours(2)) < 0 ? pause.multipliedBy(2) : Duration.ofHours(4);
    }

    @Test
    void mailThatIsNotDueYetIsNotTried() {
        mailer.result = completedFuture(new Result.Deferred("451 Try again"));
        var deferred = add(MailKind.MILESTONE_PAID);
        awaitRow(deferred, "WAITING 1 true");
        mailer.result = completedFuture(new Result.Accepted());
        clock.pass(Duration.ofSeconds(59));
        awaitRow(add(MailKind.MILESTONE_PAID), "SENT 1 false");
        assertThat(row(deferred)).isEqualTo("WAITING 1 true");
        clock.pass(Duration.ofSeconds(1));
        delivery.wake();
        awaitRow(deferred, "SENT 2 false");
    }

    @Test
    void mailIsTriedAgainAfterAFailureOfTheMailer() {
        mailer.result = CompletableFuture.failedFuture(new IllegalStateException("no reply"));
        var mail = add(MailKind.MILESTONE_PAID);
        awaitRow(mail, "WAITING 1 true");
        mailer.result = completedFuture(new Result.Accepted());
        clock.pass(Duration.ofMinutes(1));
        delivery.wake();
        awaitRow(mail, "SENT 2 false");
    }

    @Test
    void nodeThatDiesLeavesItsMailToAnother() {
        var never = new CompletableFuture<Result>();
        mailer.result = never;
        var mail = add(MailKind.MILESTONE_PAID);
        Await.until(() -> assertThat(mailer.received).hasSize(1));
        mailer.result = completedFuture(new Result.Accepted());
        var other = startDeliveryOnNode();
        clock.pass(Duration.ofMinutes(3));
        other.wake();
        awaitRow(mail, "SENT 2 false");
        never.complete(new Result.Deferred("late"));
        assertThat(row(mail)).isEqualTo("SENT 2 false");
    }

    @Test
    void refusalOfTheAddressMarksItAndEndsLaterMails() {
        mailer.result = completedFuture(new Result.Refused("550 5.1.1 No such user", true));
        awaitRow(add(MailKind.MILESTONE_PAID), "REFUSED 1 false");
        assertThat(addressState()).isInstanceOfSatisfying(MailAddress.Refusing.class, it -> {
            assertThat(it.reason()).isEqualTo("550 5.1.1 No such user");
            assertThat(it.accountId()).isEqualTo(account);
        });
        mailer.result = completedFuture(new Result.Accepted());
        awaitRow(add(MailKind.MILESTONE_PAID), "ADDRESS_REFUSES 1 false");
        assertThat(mailer.received).hasSize(1);
        awaitRow(add(MailKind.VERIFICATION), "SENT 1 false");
    }

    @Test
    void refusalOfTheMailDoesNotMarkTheAddress() {
        mailer.result = completedFuture(new Result.Refused("554 5.6.0 Malformed", false));
        awaitRow(add(MailKind.MILESTONE_PAID), "REFUSED 1 false");
        assertThat(addressState()).isInstanceOf(MailAddress.Usable.class);
    }

    @Test
    void returnedMailMarksTheAddress() {
        var mail = add(MailKind.MILESTONE_PAID);
        awaitRow(mail, "SENT 1 false");
        assertThat(result(delivery.recordBounce(new Bounce("0".repeat(32), "unknown", true))))
                .isFalse();
        for (int i = 0; i < 2; i++)
            assertThat(result(delivery.recordBounce(new Bounce(mail.key(), "5.1.1 gone", true))))
                    .isTrue();
        assertThat(row(mail)).isEqualTo("BOUNCED 1 false");
        assertThat(addressState()).isInstanceOf(MailAddress.Refusing.class);
    }

    @Test
    void stoppedMailIsNotSent() {
        changePreferences(new PreferencesCommand.StopMail(MailKind.WORK_SUBMITTED.key()));
        changePreferences(new PreferencesCommand.StopMail(MailKind.ACCEPTANCE_SILENCE_WARNING.key()));
        awaitRow(add(MailKind.WORK_SUBMITTED), "STOPPED 1 false");
        awaitRow(add(MailKind.REVIEW_DUE), "SENT 1 false");
        awaitRow(add(MailKind.ACCEPTANCE_SILENCE_WARNING), "SENT 1 false");
        changePreferences(new PreferencesCommand.ResumeMail(MailKind.WORK_SUBMITTED.key()));
        awaitRow(add(MailKind.WORK_SUBMITTED), "SENT 1 false");
    }

    @Test
    void mailsBeyondTheLimitOfAnAddressWait() {
        var mails = IntStream.rangeClosed(1, LIMITS.perHour() + 1)
                .mapToObj(_ -> add(MailKind.MILESTONE_PAID))
                .toList();
        Await.until(() -> assertThat(mailer.received).hasSize(LIMITS.perHour()));
        var waiting = mails.stream().filter(it -> row(it).startsWith("WAITING")).toList();
        assertThat(waiting).hasSize(1);
        clock.pass(Duration.ofHours(1));
        delivery.wake();
        awaitRow(waiting.getFirst(), "SENT 1 false");
        var other = new Mail("other/" + address, "milestone-paid", "x" + address, "S", "T", "H", Optional.empty());
        result(delivery.add(other, account));
        awaitRow(other, "SENT 1 false");
    }

    /** Adds mails while none is sent. */
    private List<Mail> addWhileStopped(List<Mail> mails) throws SQLException {
        var table = new MailTable(database);
        stopDelivery();
        for (var it : mails) table.add(it, it.to().equals(address) ? account : "acc_" + it.to(), clock.instant());
        startDelivery();
        for (var it : mails) awaitRow(it, "SENT 1 false");
        return mailer.received.stream().filter(mails::contains).toList();
    }

    private static Mail mailTo(String recipient, MailKind kind) {
        return new Mail(
                kind.key() + "/" + UUID.randomUUID(),
                kind.key(),
                recipient,
                "Subject",
                "Text",
                "HTML",
                Optional.empty());
    }

    @Test
    void mailsAboutMoneyAreSentFirst() throws SQLException {
        var mails = new ArrayList<Mail>();
        for (int i = 0; i < 3 * MailDelivery.MAX_CONCURRENT; i++)
            mails.add(mailTo(UUID.randomUUID() + "@example.org", MailKind.VERIFICATION));
        var paid = mailTo(address, MailKind.MILESTONE_PAID);
        mails.add(paid);
        assertThat(addWhileStopped(mails).subList(0, MailDelivery.MAX_CONCURRENT))
                .contains(paid);
    }

    @Test
    void mailsAboutSecurityAreSentBeforeThoseAboutActivity() throws SQLException {
        var mails = new ArrayList<Mail>();
        for (int i = 0; i < 3 * MailDelivery.MAX_CONCURRENT; i++)
            mails.add(mailTo(UUID.randomUUID() + "@example.org", MailKind.PROPOSAL_RECEIVED));
        var suspended = mailTo(address, MailKind.SUSPENDED);
        mails.add(suspended);
        assertThat(addWhileStopped(mails).subList(0, MailDelivery.MAX_CONCURRENT))
                .contains(suspended);
    }

    @Test
    void manyMailsOfOneAddressDoNotDelayThoseOfOthers() throws SQLException {
        var mails = new ArrayList<Mail>();
        for (int i = 0; i < LIMITS.perHour(); i++) mails.add(mail(MailKind.WORK_SUBMITTED));
        var others = IntStream.range(0, 3)
                .mapToObj(_ -> mailTo(UUID.randomUUID() + "@example.org", MailKind.WORK_SUBMITTED))
                .toList();
        mails.addAll(others);
        assertThat(addWhileStopped(mails).subList(0, MailDelivery.MAX_CONCURRENT))
                .containsAll(others);
    }

    @Test
    void mailsAboutMoneyDoNotWaitForTheLimitOfOthers() {
        for (int i = 0; i < LIMITS.perHour(); i++) awaitRow(add(MailKind.WORK_SUBMITTED), "SENT 1 false");
        assertThat(row(add(MailKind.WORK_SUBMITTED))).startsWith("WAITING");
        awaitRow(add(MailKind.MILESTONE_PAID), "SENT 1 false");
    }

    @Test
    void mailsOfADayAreLimitedToo() {
        for (int hour = 0; hour < 3; hour++) {
            for (int i = 0; i < 2; i++) awaitRow(add(MailKind.MILESTONE_PAID), "SENT 1 false");
            clock.pass(Duration.ofHours(1));
        }
        var waiting = add(MailKind.MILESTONE_PAID);
        awaitRow(add(MailKind.VERIFICATION), "OVER_LIMIT 0 false");
        assertThat(row(waiting)).isEqualTo("WAITING 0 true");
        clock.pass(Duration.ofHours(22));
        delivery.wake();
        awaitRow(waiting, "SENT 1 false");
    }

    @Test
    void strangersCannotUseUpTheLimitOfAnAddress() {
        for (int i = 0; i < LIMITS.perHour() / 2; i++) awaitRow(add(MailKind.VERIFICATION), "SENT 1 false");
        awaitRow(add(MailKind.REGISTRATION_REPEATED), "OVER_LIMIT 0 false");
        awaitRow(add(MailKind.MILESTONE_PAID), "SENT 1 false");
    }

    /** All others get the rest, although the others that strangers cause wait. */
    @Test
    void activityOfStrangersWaitsWhenItHasUsedAHalfOfTheLimit() {
        for (int i = 0; i < LIMITS.perHour() / 2; i++) awaitRow(add(MailKind.INVITE_RECEIVED), "SENT 1 false");
        var waiting = add(MailKind.MESSAGE_RECEIVED);
        for (int i = LIMITS.perHour() / 2; i < LIMITS.perHour(); i++)
            awaitRow(add(MailKind.WORK_SUBMITTED), "SENT 1 false");
        assertThat(row(waiting)).isEqualTo("WAITING 0 true");
        clock.pass(Duration.ofHours(25));
        delivery.wake();
        awaitRow(waiting, "SENT 1 false");
    }

    /** A mail that was postponed can be due in quiet hours. */
    @Test
    void mailThatIsDueInQuietHoursWaitsForTheirEnd() {
        var now = clock.instant().atOffset(ZoneOffset.UTC).toLocalTime().truncatedTo(ChronoUnit.MINUTES);
        var quiet = new QuietHours(now.minusHours(1), now.plusHours(1));
        var times = new NotificationTimes("UTC", Optional.of(quiet), LocalTime.NOON, DayOfWeek.MONDAY);
        changePreferences(new PreferencesCommand.ChooseNotifications(new NotificationSettings(times, Map.of())));
        var mail = add(MailKind.MESSAGE_RECEIVED);
        awaitRow(add(MailKind.ACCEPTANCE_SILENCE_WARNING), "SENT 1 false");
        awaitRow(mail, "WAITING 0 true");
        clock.pass(Duration.ofMinutes(59));
        delivery.wake();
        awaitRow(add(MailKind.ACCEPTANCE_SILENCE_WARNING), "SENT 1 false");
        assertThat(row(mail)).isEqualTo("WAITING 0 true");
        clock.pass(Duration.ofMinutes(1));
        delivery.wake();
        awaitRow(mail, "SENT 1 false");
    }
}
