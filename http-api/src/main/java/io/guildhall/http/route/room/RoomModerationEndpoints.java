package io.guildhall.http.route.room;

import static io.guildhall.domain.account.Role.ADMIN;
import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.actors.Entities;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomCommand.RemoveMember;
import io.guildhall.domain.room.RoomCommand.RestoreMember;
import io.guildhall.domain.room.RoomRejection;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.http.route.room.RoomResource.MemberResource;
import io.guildhall.http.text.Paragraphs;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Endpoints with which admins remove members from rooms and restore their access. */
public final class RoomModerationEndpoints {
    private static final String MEMBER = "/api/admin/rooms/{roomId}/members/{accountId}";

    private final AggregateApi<Room, RoomCommand, RoomRejection> rooms;

    public RoomModerationEndpoints(Entities entities) {
        this.rooms = new AggregateApi<>(entities, Room.AGGREGATE, RoomEndpoints::problem);
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post(MEMBER + "/remove", "Remove a member from a room, with a reason. Ends the member's subscriptions.")
                        .requires(ADMIN)
                        .accepts(RemoveMemberFields.class)
                        .returns(200, MemberResource.class)
                        .problems(404, "member-not-found")
                        .handledBy(this::remove),
                post(MEMBER + "/restore", "Restore a removed member's access to a room.")
                        .requires(ADMIN)
                        .returns(200, MemberResource.class)
                        .problems(404, "member-not-found")
                        .handledBy(this::restore));
    }

    public record RemoveMemberFields(
            @NotBlank @Paragraphs(max = 500) String reason) {}

    private CompletionStage<MemberResource> remove(Call<RemoveMemberFields> call) {
        return execute(
                call,
                new RemoveMember(
                        call.caller().id(),
                        call.pathId("accountId", "acc"),
                        call.body().reason()));
    }

    private CompletionStage<MemberResource> restore(Call<Void> call) {
        return execute(call, new RestoreMember(call.caller().id(), call.pathId("accountId", "acc")));
    }

    private CompletionStage<MemberResource> execute(Call<?> call, RoomCommand command) {
        var accountId = call.pathId("accountId", "acc");
        return rooms.execute(call, call.pathId("roomId", "rm"), command)
                .thenApply(room -> new MemberResource(UserResource.of(accountId), !room.isVisibleTo(accountId)));
    }
}
