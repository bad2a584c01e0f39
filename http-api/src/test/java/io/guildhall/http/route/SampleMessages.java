package io.guildhall.http.route;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.Mention;
import io.guildhall.domain.room.Reaction;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.domain.room.SystemMessage;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.room.ContractReport;
import io.guildhall.projections.readmodel.room.MessageHit;
import io.guildhall.projections.readmodel.room.MessageHit.Part;
import io.guildhall.projections.readmodel.room.MessageReaction;
import io.guildhall.projections.readmodel.room.MessageRevisionRow;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.Messages;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One message in every room and in every search. Its number shows which query was called. */
final class SampleMessages implements Messages {
    static MessageRow posted(String roomId, long number, String authorId, String text) {
        return MessageRow.posted(
                roomId, new MessagePosted("msg_" + number, number, authorId, text, Instant.now()), number);
    }

    static MessageRow message(String roomId) {
        return message(roomId, 1);
    }

    private static MessageRow message(String roomId, long number) {
        return new MessageRow(
                "msg_1",
                roomId,
                number,
                Optional.of("acc_1"),
                "<script>alert(1)</script>",
                Optional.of(new ContractReport(SystemMessage.Kind.WORK_SUBMITTED, "ctr_1", Optional.of(1))),
                Optional.of(1L),
                List.of(new Mention("ada", "acc_1")),
                List.of(new Attachment("fil_1", "<script>.txt", "application/octet-stream", 3)),
                List.of(new MessageReaction(Reaction.HEART, "acc_1")),
                SampleReadModel.AT,
                Optional.of(SampleReadModel.AT),
                Optional.of(SampleReadModel.AT),
                3);
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

    @Override
    public CompletionStage<Page<MessageRevisionRow>> revisions(String roomId, long number, Page.Request page) {
        return SampleReadModel.page(
                new MessageRevisionRow(roomId, number, 2, "<script>alert(1)</script>", SampleReadModel.AT));
    }
}
