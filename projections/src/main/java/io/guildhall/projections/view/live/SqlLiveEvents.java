package io.guildhall.projections.view.live;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.readmodel.live.AccountList;
import io.guildhall.projections.readmodel.live.Channel;
import io.guildhall.projections.readmodel.live.LiveEvent;
import io.guildhall.projections.readmodel.live.LiveEvent.Change;
import io.guildhall.projections.readmodel.live.LiveEvents;
import io.guildhall.projections.readmodel.notification.NotificationRow;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.RoomListing;
import io.guildhall.projections.store.EntityJournal;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.RoomEvents;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** Reads channels from the journal, and the channels of accounts from {@code live_entry}. */
public final class SqlLiveEvents implements LiveEvents {
    /** The identity of the database: its server, the server's timeline, and the database on the server. */
    private static final String EPOCH = """
            (SELECT to_hex(s.system_identifier) || '-' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) || '-' || d.oid
               FROM pg_control_system() s, pg_database d WHERE d.datname = current_database())
            """;

    /**
     * The newest events, of which {@code recent} is before those of the last seconds. Lists lag no further behind,
     * unless a follower fails.
     */
    private static final String HEAD = """
            SELECT %s AS epoch, coalesce(max(number), 0) AS last,
                   coalesce(min(number) FILTER (WHERE at > now() - interval '10 seconds') - 1, max(number), 0) AS recent
              FROM (SELECT number, at FROM (%s) AS entry ORDER BY number DESC LIMIT 100) AS newest
            """;

    private static final String ENTRIES = "SELECT number, at FROM live_entry WHERE account_id = ?";
    private static final String EVENTS = """
            SELECT sequence_number AS number, to_timestamp(write_timestamp / 1000.0) AS at
              FROM event_journal WHERE persistence_id = ?
            """;

    private static final String LAST_OF_ACCOUNTS =
            "SELECT account_id AS id, last_number AS last FROM live_account WHERE account_id = ANY(?)";
    private static final String LAST_OF_ENTITIES = """
            SELECT e.id, j.last FROM unnest(?::text[]) AS e(id)
             CROSS JOIN LATERAL (SELECT sequence_number AS last FROM event_journal WHERE persistence_id = e.id
                                  ORDER BY sequence_number DESC LIMIT 1) AS j
            """;

    private final ReadDatabase database;
    private final RoomEvents.Query roomEvents;
    private final EntityStates states;
    private final NotificationQuery notifications;
    private final RoomQuery rooms;

    /** Returns the existing ones of some notifications, by id. */
    @FunctionalInterface
    public interface NotificationQuery {
        Map<String, NotificationRow> find(Connection connection, List<String> ids) throws SQLException;
    }

    /** Returns those of some rooms that an account can read, by id. */
    @FunctionalInterface
    public interface RoomQuery {
        Map<String, RoomListing> find(Connection connection, String accountId, List<String> roomIds)
                throws SQLException;
    }

    public SqlLiveEvents(
            ReadDatabase database,
            EntityJournal journal,
            RoomEvents.Query roomEvents,
            NotificationQuery notifications,
            RoomQuery rooms) {
        this.notifications = notifications;
        this.rooms = rooms;
        this.database = database;
        this.roomEvents = roomEvents;
        this.states = new EntityStates(journal);
    }

    @Override
    public CompletionStage<Head> head(Channel channel, OptionalLong after) {
        return database.query(connection -> head(connection, channel, after));
    }

    private static Head head(Connection connection, Channel channel, OptionalLong after) throws SQLException {
        var numbers = channel.kind() == Channel.Kind.ME ? ENTRIES : EVENTS;
        var head = Sql.list(
                        connection,
                        HEAD.formatted(EPOCH, numbers),
                        row -> new Head(row.getString("epoch"), row.getLong("last"), row.getLong("recent"), true),
                        key(channel))
                .getFirst();
        boolean isComplete = after.isEmpty() || isComplete(connection, channel, head, after.getAsLong());
        return new Head(head.epoch(), head.last(), head.recent(), isComplete);
    }

    /** Whether the first event after the offset is still kept, and neither too old nor too far behind the newest one. */
    private static boolean isComplete(Connection connection, Channel channel, Head head, long after)
            throws SQLException {
        if (after == head.last()) return true;
        if (after > head.last() || head.last() - after > MAX_MISSED) return false;
        var numbers = channel.kind() == Channel.Kind.ME ? ENTRIES : EVENTS;
        return Sql.list(
                                connection,
                                "SELECT number FROM (" + numbers + ") AS entry WHERE number = ? AND at > ?",
                                row -> row.getLong("number"),
                                key(channel),
                                after + 1,
                                Instant.now().minus(RETENTION))
                        .size()
                == 1;
    }

    /** The id of an account, or the persistence id of an entity. */
    private static String key(Channel channel) {
        return switch (channel.kind()) {
            case ME -> channel.id();
            case ROOM -> persistenceId(Room.AGGREGATE, channel);
            case CONTRACT -> persistenceId(Contract.AGGREGATE, channel);
            case JOB -> persistenceId(Job.AGGREGATE, channel);
        };
    }

    private static String persistenceId(Aggregate<?, ?, ?, ?> aggregate, Channel channel) {
        return aggregate.name() + "|" + channel.id();
    }

    @Override
    public CompletionStage<Map<Channel, Long>> last(Collection<Channel> channels) {
        var accounts = new HashMap<String, Channel>();
        var entities = new HashMap<String, Channel>();
        for (var it : channels) (it.kind() == Channel.Kind.ME ? accounts : entities).put(key(it), it);
        return database.query(connection -> {
            var last = new HashMap<Channel, Long>();
            last(connection, LAST_OF_ACCOUNTS, accounts, last);
            last(connection, LAST_OF_ENTITIES, entities, last);
            return last;
        });
    }

    private static void last(Connection connection, String sql, Map<String, Channel> channels, Map<Channel, Long> last)
            throws SQLException {
        if (channels.isEmpty()) return;
        record Last(String key, long number) {}
        for (var it : Sql.list(
                connection,
                sql,
                row -> new Last(row.getString("id"), row.getLong("last")),
                Sql.texts(List.copyOf(channels.keySet()))))
            Optional.ofNullable(channels.get(it.key())).ifPresent(channel -> last.put(channel, it.number()));
    }

    @Override
    public CompletionStage<List<LiveEvent>> read(Channel channel, long after) {
        return database.query(connection -> switch (channel.kind()) {
            case ME -> ofAccount(connection, channel.id(), after);
            case ROOM -> ofRoom(connection, channel.id(), after);
            case CONTRACT -> ofEntity(connection, Contract.AGGREGATE, channel.id(), after, Change.ContractChanged::new);
            case JOB -> ofEntity(connection, Job.AGGREGATE, channel.id(), after, Change.JobChanged::new);
        });
    }

    private <S, E> List<LiveEvent> ofEntity(
            Connection connection,
            Aggregate<S, ?, E, ?> aggregate,
            String id,
            long after,
            BiFunction<String, S, Change> change)
            throws SQLException {
        var events = new ArrayList<LiveEvent>();
        states.read(connection, aggregate, id, after, (recorded, state) -> {
            events.add(event(recorded, Optional.of(change.apply(id, state))));
            return events.size() < MAX_READ;
        });
        return events;
    }

    /** The state of a room has no messages: they are in its events. */
    private List<LiveEvent> ofRoom(Connection connection, String id, long after) throws SQLException {
        var page = roomEvents.read(connection, id, after, MAX_READ);
        return page.events().stream()
                .map(it -> event(it, changeOfRoom(it, page.messages())))
                .toList();
    }

    private static Optional<Change> changeOfRoom(Recorded<RoomEvent> recorded, Map<Long, MessageRow> messages) {
        return switch (recorded.event()) {
            case RoomEvent.Opened _, RoomEvent.ConversationOpened _, RoomEvent.PairEvent _ -> Optional.empty();
            case RoomEvent.MadeReadOnly e -> Optional.of(new Change.RoomMadeReadOnly(e.at()));
            case RoomEvent.MemberRemoved e -> Optional.of(new Change.MemberChanged(e.accountId(), true));
            case RoomEvent.MemberRestored e -> Optional.of(new Change.MemberChanged(e.accountId(), false));
            case RoomEvent.PostEvent e ->
                Optional.ofNullable(messages.get(e.number())).map(Change.MessagePosted::new);
            case RoomEvent.MessageChange e ->
                Optional.ofNullable(messages.get(e.number())).map(Change.MessageChanged::new);
        };
    }

    private static LiveEvent event(Recorded<?> recorded, Optional<Change> change) {
        return new LiveEvent(recorded.sequence(), recorded.at(), Optional.empty(), change);
    }

    /** A change of a list of an account, by an event of the journal. */
    private record Entry(
            long number, Optional<AccountList> list, String item, String entityId, long sequence, Instant at) {
        static Entry read(ResultSet row) throws SQLException {
            return new Entry(
                    row.getLong("number"),
                    AccountList.fromName(row.getString("list")),
                    row.getString("item"),
                    row.getString("entity_id"),
                    row.getLong("sequence"),
                    Sql.instant(row, "at").orElseThrow());
        }
    }

    private List<LiveEvent> ofAccount(Connection connection, String accountId, long after) throws SQLException {
        var entries = Sql.list(
                connection,
                "SELECT * FROM live_entry WHERE account_id = ? AND number > ? ORDER BY number LIMIT ?",
                Entry::read,
                accountId,
                after,
                MAX_READ);
        var notified = notifications.find(
                connection,
                entries.stream()
                        .filter(it -> it.list().equals(Optional.of(AccountList.NOTIFICATIONS)))
                        .map(Entry::item)
                        .toList());
        var listed = rooms.find(
                connection,
                accountId,
                entries.stream()
                        .filter(it -> it.list().equals(Optional.of(AccountList.ROOMS)))
                        .map(Entry::entityId)
                        .distinct()
                        .toList());
        var events = new ArrayList<LiveEvent>();
        for (var it : entries) {
            var change = Optional.<Change>empty();
            if (it.list().isPresent()) change = change(connection, it, it.list().get(), notified, listed);
            events.add(new LiveEvent(it.number(), it.at(), it.list(), change));
        }
        return events;
    }

    private Optional<Change> change(
            Connection connection,
            Entry entry,
            AccountList list,
            Map<String, NotificationRow> notified,
            Map<String, RoomListing> listed)
            throws SQLException {
        var id = entry.entityId();
        return switch (list) {
            case NOTIFICATIONS ->
                Optional.ofNullable(notified.get(entry.item())).map(Change.Notified::new);
            case JOBS -> after(connection, Job.AGGREGATE, entry, Change.JobChanged::new);
            case PROPOSALS, RECEIVED_PROPOSALS ->
                after(connection, Proposal.AGGREGATE, entry, Change.ProposalChanged::new);
            case SENT_INVITES, RECEIVED_INVITES ->
                after(connection, Invite.AGGREGATE, entry, Change.InviteChanged::new);
            case CONTRACTS -> after(connection, Contract.AGGREGATE, entry, Change.ContractChanged::new);
            case ROOMS -> Optional.of(new Change.RoomListed(id, Optional.ofNullable(listed.get(id))));
            case GIGS -> after(connection, Gig.AGGREGATE, entry, Change.GigChanged::new);
        };
    }

    /** The entity as it was after the event of the entry. */
    private <S, E> Optional<Change> after(
            Connection connection, Aggregate<S, ?, E, ?> aggregate, Entry entry, BiFunction<String, S, Change> change)
            throws SQLException {
        var found = new ArrayList<Change>();
        states.read(connection, aggregate, entry.entityId(), entry.sequence() - 1, (_, state) -> {
            found.add(change.apply(entry.entityId(), state));
            return false;
        });
        return found.stream().findFirst();
    }
}
