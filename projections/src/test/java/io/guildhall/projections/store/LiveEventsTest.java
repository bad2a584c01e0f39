package io.guildhall.projections.store;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.ANN;
import static io.guildhall.projections.view.HireScenario.BOB;
import static io.guildhall.projections.view.HireScenario.CLIENT;
import static io.guildhall.projections.view.HireScenario.CONTRACT;
import static io.guildhall.projections.view.HireScenario.JOB;
import static io.guildhall.projections.view.HireScenario.ROOM;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.room.Reaction;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.readmodel.live.AccountList;
import io.guildhall.projections.readmodel.live.Channel;
import io.guildhall.projections.readmodel.live.LiveEvent;
import io.guildhall.projections.readmodel.live.LiveEvent.Change;
import io.guildhall.projections.readmodel.live.LiveEvents;
import io.guildhall.projections.readmodel.live.LiveSignal;
import io.guildhall.projections.readmodel.room.MessageReaction;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.HireScenario;
import io.guildhall.projections.view.RoomScenario;
import io.guildhall.projections.view.ViewFixture;
import io.guildhall.projections.view.Views;
import io.guildhall.projections.view.live.SqlLiveEvents;
import io.guildhall.projections.view.notification.SqlNotifications;
import io.guildhall.projections.view.room.RoomJournal;
import io.guildhall.projections.view.room.SqlRoomList;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The events of channels are those of the journal, in order, without gaps, with the state after each of them. */
class LiveEventsTest {
    private static final ActorTestKit kit = ActorTestKit.create();
    private static final Channel ROOM_CHANNEL = Channel.of(Channel.Kind.ROOM, ROOM);

    private final TestJournal journal = new TestJournal();
    private final SqlLiveEvents live = newEvents();
    private final EventStory story = HireScenario.allScenarios();
    private final Set<LiveSignal> announced = new HashSet<>();

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    /** With an empty cache. */
    private SqlLiveEvents newEvents() {
        var entities = new EntityJournal(journal.database, kit.system());
        return new SqlLiveEvents(
                new ReadDatabase(journal.database, 4),
                entities,
                new RoomJournal(entities),
                SqlNotifications::find,
                SqlRoomList::find);
    }

    private void writeStory(Instant at) {
        for (var it : story.events()) {
            var recorded = it.recorded();
            journal.write(it.aggregate(), recorded.entityId(), recorded.sequence(), recorded.event(), at);
        }
    }

    private void applyStory() throws Exception {
        var reader = new JournalReader(journal.database, kit.system());
        for (var view : Views.all()) {
            var handler = ViewHandler.announcing(view, announced::addAll);
            var kinds = view.follows().stream().map(it -> it.aggregate().name()).toList();
            for (var kind : kinds) {
                var events =
                        reader.read(java.util.Map.of(kind, Position.START), SliceRange.ALL, reader.horizon(), 1_000);
                if (!events.isEmpty()) handler.handle(events, this::inTransaction);
            }
        }
    }

    private void inTransaction(List<Envelope> events, ReadDatabase.Work work) throws SQLException {
        try (var connection = journal.database.getConnection()) {
            ReadDatabase.runInTransaction(connection, work);
        }
    }

    private List<LiveEvent> all(Channel channel, LiveEvents events) {
        var all = new ArrayList<LiveEvent>();
        while (true) {
            var read = result(events.read(channel, all.size()));
            all.addAll(read);
            if (read.size() < LiveEvents.MAX_READ) return all;
        }
    }

    private static List<Long> offsets(List<LiveEvent> events) {
        return events.stream().map(LiveEvent::offset).toList();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private <E> List<Recorded<E>> recorded(Aggregate<?, ?, E, ?> aggregate, String id) {
        return story.events().stream()
                .filter(it -> it.aggregate().equals(aggregate)
                        && it.recorded().entityId().equals(id))
                .<Recorded<E>>map(it -> it.recorded().cast(aggregate.events()))
                .toList();
    }

    private <S, E> List<S> states(Aggregate<S, ?, E, ?> aggregate, String id) {
        var states = new ArrayList<S>();
        S state = aggregate.initialState();
        for (var it : recorded(aggregate, id)) {
            state = aggregate.evolve().apply(state, it.event());
            states.add(state);
        }
        return states;
    }

    @Test
    void roomHasItsMessagesUnderTheirSequenceNumbers() {
        writeStory(Instant.now());
        var events = all(ROOM_CHANNEL, live);
        assertThat(offsets(events))
                .isEqualTo(upTo(recorded(Room.AGGREGATE, ROOM).size()));
        assertThat(events.getFirst().change()).as("the room was opened").isEmpty();
        assertThat(events.stream().flatMap(it -> it.change().stream()).filter(it -> it instanceof Change.MessagePosted))
                .extracting(it -> ((Change.MessagePosted) it).message().id())
                .startsWith("msg_1", "msg_2");
        assertThat(events.stream().flatMap(it -> it.change().stream()).filter(it -> it instanceof Change.MemberChanged))
                .containsExactly(
                        new Change.MemberChanged(ANN, true),
                        new Change.MemberChanged(ANN, false),
                        new Change.MemberChanged(CLIENT, true),
                        new Change.MemberChanged(CLIENT, false),
                        new Change.MemberChanged(CLIENT, true));
        assertThat(events.getLast().change().orElseThrow()).isInstanceOf(Change.RoomMadeReadOnly.class);
        assertThat(result(live.read(ROOM_CHANNEL, 2))).isEqualTo(events.subList(2, events.size()));
        assertThat(result(live.read(ROOM_CHANNEL, events.size()))).isEmpty();
    }

    /** A node of the next version has written it. */
    @Test
    void changeOfAnUnknownListKeepsItsOffsetAndIsNotShown() throws Exception {
        writeStory(Instant.now());
        applyStory();
        var me = Channel.of(Channel.Kind.ME, CLIENT);
        var before = all(me, live);
        try (var connection = journal.database.getConnection()) {
            Sql.update(connection, "UPDATE live_entry SET list = 'FUTURE' WHERE account_id = ? AND number = 2", CLIENT);
        }
        var after = all(me, newEvents());
        assertThat(offsets(after)).isEqualTo(offsets(before));
        assertThat(after.get(1).list()).isEmpty();
        assertThat(after.get(1).change()).isEmpty();
        assertThat(after.get(2)).isEqualTo(before.get(2));
    }

    private List<MessageRow> messages(long after) {
        return result(live.read(ROOM_CHANNEL, after)).stream()
                .flatMap(it -> it.change().stream())
                .flatMap(it -> switch (it) {
                    case Change.MessagePosted(var message) -> Stream.of(message);
                    case Change.MessageChanged(var message) -> Stream.of(message);
                    case Change.MemberChanged _,
                            Change.RoomListed _,
                            Change.RoomMadeReadOnly _,
                            Change.ContractChanged _,
                            Change.JobChanged _,
                            Change.ProposalChanged _,
                            Change.InviteChanged _,
                            Change.GigChanged _,
                            Change.Notified _ -> Stream.empty();
                })
                .toList();
    }

    /** Without the times: the database stores microseconds. */
    private static List<Object> content(MessageRow row) {
        return List.of(row.number(), row.text(), row.mentions(), row.reactions(), row.isDeleted(), row.version());
    }

    private static List<List<Object>> contents(Collection<MessageRow> rows) {
        return rows.stream().map(LiveEventsTest::content).toList();
    }

    @Test
    void messagesAreShownInTheirPresentStateFromAnyOffsetWhateverTheViewHasRead() throws Exception {
        writeStory(Instant.now());
        int last = recorded(Room.AGGREGATE, ROOM).size();
        var present = new HashMap<Long, MessageRow>();
        messages(0).forEach(it -> present.put(it.number(), it));
        assertThat(requireNonNull(present.get(3L)).isDeleted()).isTrue();
        assertThat(requireNonNull(present.get(4L)).text()).isEqualTo("Yes!");
        assertThat(requireNonNull(present.get(4L)).reactions()).hasSize(2);
        for (int after = 0; after < last; after++)
            assertThat(contents(messages(after))).as("no row, after %s", after).isSubsetOf(contents(present.values()));
        applyStory();
        for (int after = 0; after < last; after++)
            assertThat(contents(messages(after)))
                    .as("all rows, after %s", after)
                    .isSubsetOf(contents(present.values()));
        // The view lags behind by the last change.
        journal.write(
                Room.AGGREGATE,
                ROOM,
                last + 1,
                new RoomEvent.ReactionAdded("msg_1", 1, "chg_99", ANN, Reaction.HEART, Instant.now()),
                Instant.now());
        assertThat(messages(last).getFirst().reactions()).containsExactly(new MessageReaction(Reaction.HEART, ANN));
        assertThat(messages(last).getFirst().text())
                .isEqualTo(requireNonNull(present.get(1L)).text());
    }

    @Test
    void contractAndJobHaveTheStateAfterEachEventFromAnyOffset() {
        writeStory(Instant.now());
        var contracts = states(Contract.AGGREGATE, CONTRACT);
        var jobs = states(Job.AGGREGATE, JOB);
        // Forwards with the cache, backwards without its help, and without a cache.
        for (int after : List.of(0, 1, 5, contracts.size(), 3, 0)) {
            for (var events : List.of(live, newEvents())) {
                assertThat(result(events.read(Channel.of(Channel.Kind.CONTRACT, CONTRACT), after)))
                        .as("after %s", after)
                        .extracting(it -> it.change().orElseThrow())
                        .isEqualTo(contracts.stream()
                                .skip(after)
                                .map(it -> new Change.ContractChanged(CONTRACT, it))
                                .toList());
                assertThat(result(events.read(Channel.of(Channel.Kind.JOB, JOB), after)))
                        .extracting(it -> it.change().orElseThrow())
                        .isEqualTo(jobs.stream()
                                .skip(after)
                                .map(it -> new Change.JobChanged(JOB, it))
                                .toList());
            }
        }
    }

    @Test
    void accountHasEveryChangeOfItsListsWithTheStateAfterIt() throws Exception {
        writeStory(Instant.now());
        applyStory();
        assertThat(announced)
                .contains(
                        new LiveSignal(LiveSignal.Kind.ME, CLIENT),
                        new LiveSignal(LiveSignal.Kind.ME, ANN),
                        new LiveSignal(LiveSignal.Kind.ME, BOB),
                        new LiveSignal(LiveSignal.Kind.COUNTERS, CLIENT),
                        new LiveSignal(LiveSignal.Kind.PRESENCE, RoomScenario.HIDDEN));
        for (var account : List.of(CLIENT, ANN, BOB)) {
            var events = all(Channel.me(account), live);
            assertThat(offsets(events)).isEqualTo(upTo(events.size()));
            assertThat(events)
                    .allMatch(it -> it.list().isPresent() && it.change().isPresent());
        }
        var ofClient = all(Channel.me(CLIENT), live);
        assertThat(ofClient)
                .extracting(it -> it.list().orElseThrow())
                .contains(
                        AccountList.NOTIFICATIONS,
                        AccountList.JOBS,
                        AccountList.RECEIVED_PROPOSALS,
                        AccountList.SENT_INVITES,
                        AccountList.CONTRACTS);
        assertThat(ofClient.stream()
                        .map(it -> it.change().orElseThrow())
                        .filter(new HashSet<Change>(states(Contract.AGGREGATE, CONTRACT).stream()
                                .map(it -> new Change.ContractChanged(CONTRACT, it))
                                .toList())::contains))
                .as("one for each event of the contract")
                .hasSameSizeAs(states(Contract.AGGREGATE, CONTRACT));
        var entries = result(Views.readModel(new ReadDatabase(journal.database, 2))
                        .notifications()
                        .ofAccount(CLIENT, ViewFixture.firstPage(100)))
                .items();
        assertThat(ofClient)
                .filteredOn(it -> it.change().orElseThrow() instanceof Change.Notified)
                .extracting(it -> ((Change.Notified) it.change().orElseThrow()).notification())
                .as("each notification, with the entry that includes it")
                .hasSize(entries.stream().mapToInt(it -> (int) it.count()).sum())
                .containsOnlyOnceElementsOf(
                        entries.stream().filter(it -> it.count() == 1).toList())
                .containsAll(entries);
        assertThat(all(Channel.me(ANN), live))
                .extracting(it -> it.list().orElseThrow())
                .contains(AccountList.PROPOSALS, AccountList.CONTRACTS, AccountList.GIGS)
                .doesNotContain(AccountList.JOBS);
    }

    @Test
    void changeOfARoomHasTheRoomAsItsListShowsIt() throws Exception {
        writeStory(Instant.now());
        applyStory();
        var listed = result(Views.readModel(new ReadDatabase(journal.database, 2))
                        .roomList()
                        .ofAccount(ANN, ViewFixture.firstPage(100)))
                .items();
        assertThat(all(Channel.me(ANN), live))
                .extracting(it -> it.change().orElseThrow())
                .containsAll(listed.stream()
                        .map(it -> new Change.RoomListed(it.roomId(), Optional.of(it)))
                        .toList());
        assertThat(all(Channel.me(CLIENT), live))
                .extracting(it -> it.change().orElseThrow())
                .as("the client was removed")
                .contains(new Change.RoomListed(ROOM, Optional.empty()));
    }

    @Test
    void eventsThatAreHandledAgainAddNothing() throws Exception {
        writeStory(Instant.now());
        applyStory();
        var before = all(Channel.me(CLIENT), live);
        applyStory();
        assertThat(all(Channel.me(CLIENT), live)).isEqualTo(before);
        assertThat(result(live.last(List.of(Channel.me(CLIENT)))))
                .containsEntry(Channel.me(CLIENT), (long) before.size());
    }

    @Test
    void eventsOlderThanTheRetentionAreNotAnnounced() throws Exception {
        writeStory(Instant.now().minus(LiveEvents.RETENTION).minusSeconds(60));
        applyStory();
        assertThat(all(Channel.me(CLIENT), live)).isEmpty();
    }

    private LiveEvents.Head head(long after) {
        return result(live.head(ROOM_CHANNEL, OptionalLong.of(after)));
    }

    private void writeMessages(long first, long last, Instant at) {
        LongStream.rangeClosed(first, last)
                .forEach(it -> journal.write(Room.AGGREGATE, ROOM, it, TestJournal.said(it, "text"), at));
    }

    @Test
    void headTellsWhetherEveryMissedEventCanBeRead() {
        writeMessages(1, 2, Instant.now().minus(LiveEvents.RETENTION).minusSeconds(60));
        writeMessages(3, 5, Instant.now().minus(Duration.ofMinutes(1)));
        writeMessages(6, 7, Instant.now());
        assertThat(head(0).isComplete()).as("the first event is too old").isFalse();
        assertThat(head(1).isComplete()).isFalse();
        assertThat(head(2).isComplete()).isTrue();
        assertThat(head(7).isComplete()).isTrue();
        assertThat(head(8).isComplete()).as("an offset that does not exist").isFalse();
        assertThat(head(7).last()).isEqualTo(7);
        assertThat(head(7).recent()).as("before the events of the last seconds").isEqualTo(5);
        assertThat(head(7).epoch()).isNotEmpty().isEqualTo(head(2).epoch());
    }

    @Test
    void headOfAClientThatIsTooFarBehindIsNotComplete() throws SQLException {
        journal.execute("""
                INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp, event_ser_id,
                                           event_ser_manifest, event_payload)
                SELECT 'room|%s', n, 'test', extract(epoch FROM now()) * 1000, 0, '', '' FROM generate_series(1, %d) AS n
                """.formatted(ROOM, LiveEvents.MAX_MISSED + 5));
        assertThat(head(4).isComplete()).isFalse();
        assertThat(head(5).isComplete()).isTrue();
    }

    @Test
    void headOfAChannelWithoutEventsIsZero() {
        assertThat(head(0)).isEqualTo(new LiveEvents.Head(head(0).epoch(), 0, 0, true));
        assertThat(result(live.last(List.of(ROOM_CHANNEL, Channel.me("acc_x")))))
                .isEmpty();
    }
}
