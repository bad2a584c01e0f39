package io.guildhall.http.route.room;

import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.actors.Entities;
import io.guildhall.domain.room.Room;
import io.guildhall.http.endpoint.AccountLimit;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.route.AggregateReader;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.room.Messages;
import io.guildhall.projections.readmodel.room.RoomList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** List the caller's rooms and search their messages. */
public final class RoomListEndpoints {
    private static final Query<String> QUERY = Query.text(
                    "q",
                    200,
                    "Words that the messages or the names of their files contain; phrases in quotation marks; -word excludes a word. Without a word, nothing is found.")
            .required();

    private static final AccountLimit SEARCHES =
            AccountLimit.perMinute("message-search", 60, "searched messages too often");

    private final AggregateReader<Room> rooms;
    private final RoomList list;
    private final Messages messages;

    public RoomListEndpoints(Entities entities, RoomList list, Messages messages) {
        this.rooms = new AggregateReader<>(entities, Room.AGGREGATE);
        this.list = list;
        this.messages = messages;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get(
                                "/api/me/rooms",
                                "List your rooms, newest activity first. All pages have the order of the first page. A cursor is valid for 7 days.")
                        .requiresLogin()
                        .returnsPageOf(ListedRoomResource.class)
                        .handledBy(this::mine),
                get(
                                "/api/me/messages",
                                "Search the messages of the 1,000 most recently active rooms that you can read, newest first. Of more than 2,000 matches, only those among the newest messages are found: 20,000, divided among the rooms.")
                        .requiresLogin()
                        .returnsPageOf(MessageHitResource.class)
                        .queries(QUERY)
                        .limited(SEARCHES)
                        .handledBy(this::searchMine),
                get(
                                "/api/rooms/{roomId}/search",
                                "Search the messages of a room, newest first. Of more than 2,000 matches, only those among the newest 20,000 messages are found.")
                        .requiresLogin()
                        .returnsPageOf(MessageHitResource.class)
                        .queries(QUERY)
                        .limited(SEARCHES)
                        .handledBy(this::searchRoom));
    }

    private CompletionStage<Page<ListedRoomResource>> mine(Call<Void> call) {
        return list.ofAccount(call.caller().id(), call.page()).thenApply(page -> page.map(ListedRoomResource::from));
    }

    private CompletionStage<Page<MessageHitResource>> searchMine(Call<Void> call) {
        return messages.searchRoomsOf(call.caller().id(), call.query(QUERY), call.page())
                .thenApply(page -> page.map(
                        it -> MessageHitResource.forReader(it, call.caller().id())));
    }

    private CompletionStage<Page<MessageHitResource>> searchRoom(Call<Void> call) {
        var id = call.pathId("roomId", "rm");
        return rooms.read(id, it -> it.isVisibleTo(call.caller().id()))
                .thenCompose(_ -> messages.searchRoom(id, call.query(QUERY), call.page()))
                .thenApply(page -> page.map(
                        it -> MessageHitResource.forReader(it, call.caller().id())));
    }
}
