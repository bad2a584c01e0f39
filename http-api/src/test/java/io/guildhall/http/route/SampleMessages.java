package io.guildhall.http.route;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.room.MessageHit;
import io.guildhall.projections.readmodel.room.MessageHit.Part;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.Messages;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One message in every room and in every search. Its number shows which query was called. */
final class SampleMessages implements Messages {
    static MessageRow message(String roomId) {
        return message(roomId, 1);
    }

    private static MessageRow message(String roomId, long number) {
        return new MessageRow("msg_1", roomId, number, "acc_1", "<script>alert(1)</script>", SampleReadModel.AT);
    }

    private static CompletionStage<Page<MessageRow>> page(String roomId, long number) {
        return completedFuture(new Page<>(List.of(message(roomId, number)), Optional.empty()));
    }

    @Override
    public CompletionStage<Page<MessageRow>> ofRoom(String roomId, Page.Request page) {
        return page(roomId, 1);
    }

    @Override
    public CompletionStage<Page<MessageRow>> before(String roomId, long number, Page.Request page) {
        return page(roomId, number - 1);
    }

    @Override
    public CompletionStage<Page<MessageRow>> after(String roomId, long number, Page.Request page) {
        return page(roomId, number + 1);
    }

    @Override
    public CompletionStage<List<MessageRow>> around(String roomId, long number, int limit) {
        return completedFuture(List.of(message(roomId, number)));
    }

    @Override
    public CompletionStage<Page<MessageHit>> searchRoom(String roomId, String query, Page.Request page) {
        var parts = List.of(new Part("<script>", false), new Part("alert", true), new Part("(1)</script>", false));
        return completedFuture(
                new Page<>(List.of(new MessageHit(message(roomId), parts, false, false)), Optional.empty()));
    }

    @Override
    public CompletionStage<Page<MessageHit>> searchRoomsOf(String accountId, String query, Page.Request page) {
        return searchRoom("rm_1", query, page);
    }
}
