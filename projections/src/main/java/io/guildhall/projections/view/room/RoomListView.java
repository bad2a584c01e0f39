package io.guildhall.projections.view.room;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.domain.room.RoomEvent.*;
import io.guildhall.domain.room.RoomKind;
import io.guildhall.projections.ListChange;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.live.AccountList;
import io.guildhall.projections.readmodel.live.LiveSignal;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.room.RoomListColumns.ListedRoom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Writes the list of each account's rooms, and so the members of each room. */
public final class RoomListView implements View {
    @Override
    public String name() {
        return "room-list";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(RoomListColumns.TABLE);
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Room.AGGREGATE, new BatchApplier()));
    }

    /**
     * One change for each room and member, whatever the number of events. Its item is the number of the first new message:
     * with it, {@link SqlRoomList} finds the place that the room had in the list before.
     */
    @Override
    public List<ListChange> listChanges(Connection connection, String kind, List<Recorded<?>> events)
            throws SQLException {
        var byRoom = events.stream()
                .map(it -> it.cast(RoomEvent.class))
                .filter(it -> !(it.event() instanceof PairEvent))
                .collect(Collectors.groupingBy(Recorded::entityId, LinkedHashMap::new, Collectors.toList()));
        var members = allMembers(connection, List.copyOf(byRoom.keySet()));
        var changes = new ArrayList<ListChange>();
        byRoom.forEach((roomId, ofRoom) -> {
            var item = ofRoom.stream()
                    .map(it -> firstNewMessage(it.event()))
                    .flatMapToLong(OptionalLong::stream)
                    .boxed()
                    .min(Long::compare)
                    .map(String::valueOf)
                    .orElse("");
            for (var it : members.getOrDefault(roomId, List.of()))
                changes.add(new ListChange(it, AccountList.ROOMS, item, kind, ofRoom.getLast()));
        });
        return changes;
    }

    /** Unread messages are counted in listed rooms. */
    @Override
    public List<LiveSignal> signals(Connection connection, String kind, List<Recorded<?>> events) throws SQLException {
        var rooms = events.stream()
                .map(it -> it.cast(RoomEvent.class))
                .filter(it -> !(it.event() instanceof PairEvent || it.event() instanceof MessageEvent))
                .map(Recorded::entityId)
                .distinct()
                .toList();
        return allMembers(connection, rooms).values().stream()
                .flatMap(List::stream)
                .distinct()
                .map(it -> new LiveSignal(LiveSignal.Kind.COUNTERS, it))
                .toList();
    }

    /** The number of a new message, 0 for a new room; empty if the event does not change the order of the list. */
    private static OptionalLong firstNewMessage(RoomEvent event) {
        return switch (event) {
            case Opened _, ConversationOpened _ -> OptionalLong.of(0);
            case PostEvent e -> OptionalLong.of(e.number());
            case MessageChange _, MadeReadOnly _, MemberEvent _, PairEvent _ -> OptionalLong.empty();
        };
    }

    /** The members of some rooms that can read them. */
    static List<String> members(Connection connection, Collection<String> roomIds) throws SQLException {
        return Sql.list(
                connection,
                "SELECT DISTINCT account_id FROM room_list WHERE room_id = ANY(?) AND NOT is_removed",
                row -> row.getString("account_id"),
                Sql.texts(List.copyOf(roomIds)));
    }

    /** All members, also removed ones: the room has left their lists. */
    private static Map<String, List<String>> allMembers(Connection connection, List<String> roomIds)
            throws SQLException {
        record Member(String roomId, String accountId) {}
        return Sql.list(
                        connection,
                        "SELECT room_id, account_id FROM room_list WHERE room_id = ANY(?)",
                        row -> new Member(row.getString("room_id"), row.getString("account_id")),
                        Sql.texts(roomIds))
                .stream()
                .collect(Collectors.groupingBy(
                        Member::roomId, Collectors.mapping(Member::accountId, Collectors.toList())));
    }

    /** Of the messages of a room that were read together, only the last one is written. */
    private static final class BatchApplier implements Applier<RoomEvent> {
        private static final String ACTIVITY =
                "UPDATE room_list SET active_at = ?, version = ? WHERE room_id = ? AND version < ?";
        private static final String REMOVED =
                "UPDATE room_list SET is_removed = ?, version = ? WHERE room_id = ? AND account_id = ? AND version < ?";

        @Override
        public void apply(Connection connection, Recorded<RoomEvent> recorded) throws SQLException {
            applyAll(connection, List.of(recorded));
        }

        @Override
        public void applyAll(Connection connection, List<Recorded<RoomEvent>> recorded) throws SQLException {
            var messages = new LinkedHashMap<String, Object[]>();
            for (var it : recorded) {
                switch (it.event()) {
                    case ConversationOpened e ->
                        open(connection, it, RoomKind.CONVERSATION, Optional.empty(), List.of(e.by(), e.otherId()));
                    case PairEvent _, MessageChange _, MadeReadOnly _ -> {}
                    case Opened e ->
                        open(
                                connection,
                                it,
                                RoomKind.CONTRACT,
                                Optional.of(e),
                                List.of(e.clientId(), e.freelancerId()));
                    case PostEvent e ->
                        messages.put(it.entityId(), new Object[] {e.at(), it.sequence(), it.entityId(), it.sequence()});
                    case MemberRemoved e -> setRemoved(connection, it, messages, e.accountId(), true);
                    case MemberRestored e -> setRemoved(connection, it, messages, e.accountId(), false);
                }
            }
            Sql.updateEach(connection, ACTIVITY, List.copyOf(messages.values()));
        }

        private static void open(
                Connection connection,
                Recorded<RoomEvent> recorded,
                RoomKind kind,
                Optional<Opened> contract,
                List<String> members)
                throws SQLException {
            for (var it : members)
                RoomListColumns.TABLE.insert(
                        connection,
                        new ListedRoom(
                                recorded.entityId(),
                                it,
                                members.get(members.getFirst().equals(it) ? 1 : 0),
                                kind,
                                contract.map(Opened::contractId),
                                contract.map(Opened::title),
                                recorded.event().at(),
                                recorded.event().at(),
                                false,
                                recorded.sequence()));
        }

        /** After the messages before it: a row includes the events up to its version. */
        private static void setRemoved(
                Connection connection,
                Recorded<RoomEvent> recorded,
                Map<String, Object[]> messages,
                String accountId,
                boolean isRemoved)
                throws SQLException {
            var roomId = recorded.entityId();
            var activity = messages.remove(roomId);
            if (activity != null) Sql.update(connection, ACTIVITY, activity);
            long sequence = recorded.sequence();
            Sql.update(connection, REMOVED, isRemoved, sequence, roomId, accountId, sequence);
        }
    }
}
