package io.guildhall.http.route.room;

import io.guildhall.domain.room.Room;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.projections.readmodel.room.ReadMarkRow;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * @param messageCount the number of messages in the room
 * @param members the client and the freelancer
 * @param readMarks of those members who have read something
 */
public record RoomResource(
        String id,
        String contractId,
        String title,
        String clientId,
        String freelancerId,
        long messageCount,
        List<MemberResource> members,
        List<ReadMarkResource> readMarks) {

    /** @param removed whether an admin has removed the member from the room */
    public record MemberResource(String accountId, boolean removed) {}

    /** @param number of the last message that the member has read */
    public record ReadMarkResource(String accountId, long number, Instant at) {
        static ReadMarkResource fromRow(ReadMarkRow row) {
            return new ReadMarkResource(row.accountId(), row.number(), row.at());
        }
    }

    static RoomResource from(String id, Room room, List<ReadMarkRow> marks) {
        return switch (room) {
            case Room.NotCreated _ -> throw AggregateApi.notFound();
            case Room.Open it ->
                new RoomResource(
                        id,
                        it.contractId(),
                        it.title(),
                        it.clientId(),
                        it.freelancerId(),
                        it.messageCount(),
                        Stream.of(it.clientId(), it.freelancerId())
                                .map(member -> new MemberResource(member, !room.isVisibleTo(member)))
                                .toList(),
                        marks.stream().map(ReadMarkResource::fromRow).toList());
        };
    }
}
