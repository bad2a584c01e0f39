package io.guildhall.http.route.room;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.actors.Entities;
import io.guildhall.domain.room.Room;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.AggregateReader;
import io.guildhall.projections.readmodel.room.RoomExports;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Export a whole room as a ZIP file. */
public final class RoomExportEndpoints {
    private final AggregateReader<Room> rooms;
    private final RoomExports exports;

    public RoomExportEndpoints(Entities entities, RoomExports exports) {
        this.rooms = new AggregateReader<>(entities, Room.AGGREGATE);
        this.exports = exports;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post(
                                "/api/rooms/{roomId}/exports",
                                "Export a room as a ZIP file of HTML, JSON and the files. While your export of the room is in progress, returns that one. At most 10 a day. Each node writes one at a time. You are notified of the result.")
                        .requiresLogin()
                        .with(Feature.IDEMPOTENCY_KEY)
                        .with(Feature.OPEN_TO_SUSPENDED)
                        .returns(202, RoomExportResource.class)
                        .problems(429, "too-many-requests")
                        .handledBy(this::request),
                get(
                                "/api/rooms/{roomId}/exports/{exportId}",
                                "Get your export of a room, with its progress. It is deleted after 7 days, or when your next export of the room has finished.")
                        .requiresLogin()
                        .returns(200, RoomExportResource.class)
                        .handledBy(this::read));
    }

    private CompletionStage<Room> visible(Call<Void> call) {
        return rooms.read(
                call.pathId("roomId", "rm"), it -> it.isVisibleTo(call.caller().id()));
    }

    private CompletionStage<RoomExportResource> request(Call<Void> call) {
        var id = call.newId("exp");
        return visible(call)
                .thenCompose(room -> exports.request(
                        id,
                        call.pathId("roomId", "rm"),
                        call.caller().id(),
                        room.findContent().map(Room.Open::messageCount).orElse(0L),
                        call.requestedAt()))
                .thenApply(it -> it.map(RoomExportResource::from).orElseThrow(RoomExportEndpoints::tooMany));
    }

    private static Problem tooMany() {
        return Problem.later(
                429,
                "too-many-requests",
                "You have requested " + RoomExports.MAX_PER_DAY + " exports within a day. Try again later.",
                Duration.ofHours(1).toSeconds());
    }

    private CompletionStage<RoomExportResource> read(Call<Void> call) {
        return visible(call)
                .thenCompose(_ ->
                        exports.find(call.pathId("roomId", "rm"), call.caller().id(), call.pathId("exportId", "exp")))
                .thenApply(it -> it.map(RoomExportResource::from).orElseThrow(AggregateApi::notFound));
    }
}
