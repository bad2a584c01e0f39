package io.guildhall.projections.view.account;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.account.SessionRow;
import io.guildhall.projections.readmodel.account.Sessions;
import io.guildhall.projections.readmodel.account.Sessions.NewSession;
import io.guildhall.projections.readmodel.account.Sessions.Refresh;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.EventStory.StoredEvent;
import io.guildhall.projections.view.ViewFixture;
import io.guildhall.testing.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes start, refresh and end the sessions of one account. */
class SqlSessionsTest {
    private static final ViewFixture FIXTURE = new ViewFixture();
    private static final String NETWORK = "203.0.113.0/24";

    private final SqlSessions[] nodes = {
        new SqlSessions(new ReadDatabase(FIXTURE.database, 8)), new SqlSessions(new ReadDatabase(FIXTURE.database, 8))
    };
    private final SqlAccess access = new SqlAccess(new ReadDatabase(FIXTURE.database, 2));
    private final SettableClock clock = new SettableClock();

    @BeforeEach
    void empty() {
        FIXTURE.empty();
        FIXTURE.transaction(connection -> Sql.update(connection, "DELETE FROM session"));
    }

    private static NewSession session(String id, int generation) {
        return new NewSession(id, "acc_ann", generation, Optional.of("Phone"), "Firefox on Android", NETWORK);
    }

    private Optional<Instant> start(String id, int generation) {
        return result(nodes[0].start(session(id, generation), clock.instant()));
    }

    private void start(String id) {
        assertThat(start(id, 0)).contains(clock.instant().plus(Sessions.LIFETIME));
    }

    private CompletionStage<Refresh> refreshing(int node, String id, int number) {
        return nodes[node].refresh("acc_ann", id, number, "198.51.100.0/24", clock.instant());
    }

    private Refresh refresh(String id, int number) {
        return result(refreshing(1, id, number));
    }

    private static Refresh refreshed(int number, Instant expires) {
        return new Refresh.Refreshed(number, expires);
    }

    private List<SessionRow> open() {
        return result(nodes[1].ofAccount("acc_ann", clock.instant(), page(100, Optional.empty())))
                .items();
    }

    private static Page.Request page(int limit, Optional<String> cursor) {
        return new Page.Request(limit, cursor, "");
    }

    private void read(AccountEvent event) {
        var recorded = new Recorded<>("acc_ann", 1, event, clock.instant(), Correlation.NONE);
        FIXTURE.apply(new AccessView(), List.of(new StoredEvent<>(Account.AGGREGATE, recorded)));
    }

    private void endAll(int generation) {
        read(new AccountEvent.AllSessionsEnded("acc_ann", generation, clock.instant()));
    }

    @Test
    void refreshExchangesTheCurrentToken() {
        start("ses_1");
        var expires = clock.instant().plus(Sessions.LIFETIME);
        for (int number = 1; number <= 3; number++) {
            clock.pass(Duration.ofMinutes(15));
            assertThat(refresh("ses_1", number)).isEqualTo(refreshed(number + 1, expires));
        }
        assertThat(open())
                .containsExactly(new SessionRow(
                        "ses_1",
                        "acc_ann",
                        Optional.of("Phone"),
                        "Firefox on Android",
                        "198.51.100.0/24",
                        clock.instant().minus(Duration.ofMinutes(45)),
                        clock.instant(),
                        expires));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 32})
    void tabsThatRefreshAtTheSameTimeGetTheSameToken(int tabs) {
        start("ses_1");
        for (int number = 1; number <= 3; number++) {
            clock.pass(Duration.ofMinutes(15));
            int current = number;
            var refreshes = IntStream.range(0, tabs)
                    .mapToObj(tab -> refreshing(tab % 2, "ses_1", current))
                    .toList();
            assertThat(refreshes.stream().map(it -> result(it)).distinct())
                    .containsExactly(refreshed(number + 1, open().getFirst().expiresAt()));
            assertThat(open()).hasSize(1);
        }
    }

    @Test
    void tokenThatIsUsedAgainAfterTheGracePeriodIsReportedAndChangesNothing() {
        start("ses_1");
        clock.pass(Duration.ofMinutes(15));
        refresh("ses_1", 1);
        clock.pass(Sessions.GRACE.minusMillis(1));
        assertThat(refresh("ses_1", 1)).isInstanceOf(Refresh.Refreshed.class);
        clock.pass(Duration.ofMillis(1));
        assertThat(refresh("ses_1", 1)).isEqualTo(new Refresh.Reused());
        assertThat(refresh("ses_1", 2)).isInstanceOf(Refresh.Refreshed.class);
        assertThat(refresh("ses_1", 1))
                .as("older than the one before the current one")
                .isEqualTo(new Refresh.Reused());
    }

    @Test
    void tokenThatWasCopiedInTheGracePeriodIsFoundWhenBothCopiesWereUsed() {
        start("ses_1");
        clock.pass(Duration.ofMinutes(15));
        var owner = refresh("ses_1", 1);
        var thief = refresh("ses_1", 1);
        assertThat(thief).isEqualTo(owner);
        clock.pass(Duration.ofMinutes(15));
        assertThat(refresh("ses_1", 2)).isInstanceOf(Refresh.Refreshed.class);
        clock.pass(Sessions.GRACE);
        assertThat(refresh("ses_1", 2)).isEqualTo(new Refresh.Reused());
    }

    @Test
    void repeatedRefreshOfALostResponseGetsTheSameToken() {
        start("ses_1");
        assertThat(refresh("ses_1", 1))
                .as("just started")
                .isEqualTo(refreshed(1, open().getFirst().expiresAt()));
        clock.pass(Sessions.GRACE);
        var first = refresh("ses_1", 1);
        assertThat(refresh("ses_1", 1)).isEqualTo(first);
        assertThat(refresh("ses_1", 2)).as("the new token").isEqualTo(first);
    }

    @Test
    void sessionExpires30DaysAfterTheLoginHoweverMuchItIsUsed() {
        start("ses_1");
        int number = 1;
        for (int day = 1; day < 30; day++) {
            clock.pass(Duration.ofDays(1));
            assertThat(refresh("ses_1", number++)).isInstanceOf(Refresh.Refreshed.class);
        }
        clock.pass(Duration.ofDays(1).minusMillis(1));
        assertThat(refresh("ses_1", number++)).isInstanceOf(Refresh.Refreshed.class);
        assertThat(open()).hasSize(1);
        clock.pass(Duration.ofMillis(1));
        assertThat(refresh("ses_1", number)).isEqualTo(new Refresh.Ended());
        assertThat(open()).isEmpty();
    }

    @Test
    void unknownAndForeignTokensAreRefused() {
        start("ses_1");
        assertThat(refresh("ses_2", 1)).isEqualTo(new Refresh.Ended());
        assertThat(refresh("ses_1", 2)).as("not issued yet").isEqualTo(new Refresh.Ended());
        assertThat(result(nodes[0].refresh("acc_bob", "ses_1", 1, NETWORK, clock.instant())))
                .isEqualTo(new Refresh.Ended());
        assertThat(refresh("ses_1", 1)).isInstanceOf(Refresh.Refreshed.class);
    }

    @Test
    void endsOneSessionOfTheAccountOnly() {
        start("ses_1");
        start("ses_2");
        assertThat(result(nodes[0].end("acc_bob", "ses_1", clock.instant()))).isFalse();
        assertThat(result(nodes[0].end("acc_ann", "ses_3", clock.instant()))).isFalse();
        assertThat(access.since(Instant.EPOCH)).isEmpty();
        var end = clock.instant();
        assertThat(result(nodes[0].end("acc_ann", "ses_1", end))).isTrue();
        assertThat(access.since(end)).containsExactly("ses_1");
        assertThat(refresh("ses_1", 1)).isEqualTo(new Refresh.Ended());
        assertThat(refresh("ses_2", 1)).isInstanceOf(Refresh.Refreshed.class);
        clock.pass(Duration.ofSeconds(5));
        assertThat(result(nodes[1].end("acc_ann", "ses_1", clock.instant()))).isTrue();
        assertThat(access.since(clock.instant()))
                .as("keeps the time of its end")
                .isEmpty();
    }

    @Test
    void endsAllOthers() {
        for (var id : List.of("ses_1", "ses_2", "ses_3")) start(id);
        result(nodes[1].start(
                new NewSession("ses_bob", "acc_bob", 0, Optional.empty(), "curl", NETWORK), clock.instant()));
        result(nodes[0].endOthers("acc_ann", "ses_2", clock.instant()));
        assertThat(open()).extracting(SessionRow::id).containsExactly("ses_2");
        assertThat(access.since(Instant.EPOCH)).containsExactlyInAnyOrder("ses_1", "ses_3");
    }

    @Test
    void oneTooManyEndsTheOldest() {
        for (int i = 0; i < Sessions.MAX_PER_ACCOUNT + 1; i++) {
            start("ses_" + i);
            clock.pass(Duration.ofSeconds(1));
        }
        assertThat(open())
                .hasSize(Sessions.MAX_PER_ACCOUNT)
                .noneMatch(it -> it.id().equals("ses_0"));
        assertThat(access.since(Instant.EPOCH)).containsExactly("ses_0");
    }

    @Test
    void simultaneousLoginsDoNotExceedTheMaximum() {
        var starts = IntStream.range(0, Sessions.MAX_PER_ACCOUNT + 12)
                .mapToObj(i -> nodes[i % 2].start(session("ses_" + i, 0), clock.instant()))
                .toList();
        starts.forEach(it -> assertThat(result(it)).isPresent());
        assertThat(open()).hasSize(Sessions.MAX_PER_ACCOUNT);
    }

    @Test
    void listsNewestFirstPageByPage() {
        for (int i = 0; i < 5; i++) {
            start("ses_" + i);
            clock.pass(Duration.ofSeconds(1));
        }
        var ids = new ArrayList<String>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = result(nodes[0].ofAccount("acc_ann", clock.instant(), page(2, cursor)));
            page.items().forEach(it -> ids.add(it.id()));
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(ids).containsExactly("ses_4", "ses_3", "ses_2", "ses_1", "ses_0");
    }

    @Test
    void endOfAllSessionsEndsThoseOfEarlierGenerations() {
        start("ses_1");
        start("ses_2");
        endAll(1);
        assertThat(access.since(Instant.EPOCH)).containsExactlyInAnyOrder("ses_1", "ses_2");
        assertThat(refresh("ses_1", 1)).isEqualTo(new Refresh.Ended());
        assertThat(start("ses_3", 1)).isPresent();
        endAll(1);
        assertThat(open()).as("the same event again").extracting(SessionRow::id).containsExactly("ses_3");
    }

    @Test
    void loginOfAnEarlierGenerationDoesNotStart() {
        endAll(1);
        assertThat(start("ses_late", 0)).isEmpty();
        assertThat(open()).isEmpty();
    }

    /** The login knows of the end of all sessions before the view does. */
    @Test
    void eventThatIsReadLaterDoesNotEndALoginThatKnowsIt() {
        start("ses_old");
        assertThat(start("ses_new", 1)).isPresent();
        endAll(1);
        assertThat(open()).extracting(SessionRow::id).containsExactly("ses_new");
    }

    /** Of a login and the end of all sessions at the same time, the later one sees the other. */
    @Test
    void noLoginSurvivesTheEndOfAllSessionsThatItDidNotKnow() {
        for (int round = 1; round <= 20; round++) {
            int earlier = round - 1;
            var logins = IntStream.range(0, 8)
                    .mapToObj(i ->
                            nodes[i % 2].start(session("ses_%d_%d".formatted(earlier, i), earlier), clock.instant()))
                    .toList();
            var end = CompletableFuture.runAsync(() -> endAll(earlier + 1), Thread::startVirtualThread);
            logins.forEach(it -> result(it));
            result(end);
            assertThat(open()).as("round " + round).isEmpty();
        }
    }

    @Test
    void tokenThatWasUsedTwiceEndsItsSession() {
        start("ses_1");
        start("ses_2");
        read(new AccountEvent.TokenReused("acc_ann", "ses_1", clock.instant()));
        assertThat(open()).extracting(SessionRow::id).containsExactly("ses_2");
        assertThat(access.since(Instant.EPOCH)).containsExactly("ses_1");
    }

    @Test
    void sweepDeletesWhatEndedOrExpiredADayAgo() throws SQLException {
        start("ses_expiring");
        clock.pass(Duration.ofDays(1));
        start("ses_ending");
        start("ses_open");
        result(nodes[0].end("acc_ann", "ses_ending", clock.instant()));
        clock.pass(SqlSessions.RETENTION);
        nodes[1].sweep(clock);
        assertThat(ids()).containsExactlyInAnyOrder("ses_expiring", "ses_ending", "ses_open");
        clock.pass(Duration.ofMillis(1));
        assertThat(nodes[1].sweep(clock)).isPositive();
        assertThat(ids()).containsExactlyInAnyOrder("ses_expiring", "ses_open");
        clock.pass(Sessions.LIFETIME.minusDays(1));
        nodes[1].sweep(clock);
        assertThat(ids()).containsExactly("ses_open");
    }

    private Set<String> ids() {
        var ids = new HashSet<String>();
        FIXTURE.transaction(
                connection -> ids.addAll(Sql.list(connection, "SELECT id FROM session", row -> row.getString("id"))));
        return ids;
    }
}
