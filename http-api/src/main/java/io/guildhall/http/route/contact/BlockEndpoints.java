package io.guildhall.http.route.contact;

import static io.guildhall.http.endpoint.Endpoint.delete;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.put;

import io.guildhall.actors.Entities;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomCommand.Block;
import io.guildhall.domain.room.RoomCommand.Unblock;
import io.guildhall.domain.room.RoomRejection;
import io.guildhall.http.endpoint.AccountLimit;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.http.route.room.RoomEndpoints;
import io.guildhall.projections.readmodel.account.AccountDirectory;
import io.guildhall.projections.readmodel.contact.BlockRow;
import io.guildhall.projections.readmodel.contact.Blocks;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Block accounts: they cannot write to the caller, except in the rooms of contracts. */
public final class BlockEndpoints {
    private static final String BLOCK = "/api/me/blocks/{accountId}";

    private static final AccountLimit CHANGES =
            AccountLimit.perMinute("block", 20, "blocked and unblocked too many accounts");

    private final AggregateApi<Room, RoomCommand, RoomRejection> rooms;
    private final AccountDirectory directory;
    private final Blocks blocks;

    public BlockEndpoints(Entities entities, AccountDirectory directory, Blocks blocks) {
        this.rooms = new AggregateApi<>(entities, Room.AGGREGATE, RoomEndpoints::problem);
        this.directory = directory;
        this.blocks = blocks;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get("/api/me/blocks", "List the accounts that you block, newest first.")
                        .requiresLogin()
                        .returnsPageOf(BlockResource.class)
                        .handledBy(call -> blocks.by(call.caller().id(), call.page())
                                .thenApply(page -> page.map(BlockResource::fromRow))),
                put(
                                BLOCK,
                                "Block an account. Neither of you can start a conversation with the other, write in it or invite the other, and you do not see each"
                                        + " other's presence and read marks. The rooms of contracts stay open, and freelancers can submit proposals for open jobs.")
                        .requiresLogin()
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .limited(CHANGES)
                        .problems(403, "yourself")
                        .handledBy(this::block),
                delete(BLOCK, "Unblock an account.")
                        .requiresLogin()
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .limited(CHANGES)
                        .problems(403, "yourself")
                        .handledBy(
                                call -> execute(call, new Unblock(call.caller().id(), other(call)))));
    }

    public record BlockResource(UserResource user, Instant blockedAt) {
        static BlockResource fromRow(BlockRow row) {
            return new BlockResource(UserResource.of(row.accountId()), row.at());
        }
    }

    private CompletionStage<Void> block(Call<Void> call) {
        var other = other(call);
        return directory.find(other).thenCompose(account -> {
            if (account.isEmpty()) throw AggregateApi.notFound();
            return execute(call, new Block(call.caller().id(), other));
        });
    }

    private static String other(Call<?> call) {
        var other = call.pathId("accountId", "acc");
        if (other.equals(call.caller().id())) throw new Problem(403, "yourself", "You cannot block yourself.");
        return other;
    }

    private CompletionStage<Void> execute(Call<?> call, RoomCommand.ConversationCommand command) {
        return rooms.execute(call, Room.conversationId(command.by(), command.otherId()), command)
                .thenAccept(_ -> {});
    }
}
