package io.guildhall.http.route.room;

import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomKind;
import io.guildhall.domain.room.RoomSubject;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.projections.readmodel.room.ReadMarkRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * @param messageCount the number of messages in the room
 * @param contractId of a contract's room, as title, clientId and freelancerId
 * @param readOnlySince when the room was made read-only; absent if the members can write in it
 * @param members the two parties
 * @param readMarks of those members who have read something
 */
public record RoomResource(
        String id,
        RoomKind kind,
        Optional<String> contractId,
        Optional<String> title,
        Optional<String> clientId,
        Optional<String> freelancerId,
        long messageCount,
        Optional<Instant> readOnlySince,
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

    private static Optional<String> ofContract(RoomSubject subject, int party) {
        return subject.kind() == RoomKind.CONTRACT
                ? Optional.of(subject.parties().get(party))
                : Optional.empty();
    }

    static RoomResource from(String id, Room room, List<ReadMarkRow> marks) {
        var content = room.findContent().orElseThrow(AggregateApi::notFound);
        var subject = content.subject();
        return new RoomResource(
                id,
                subject.kind(),
                subject.contractId(),
                subject.title(),
                ofContract(subject, 0),
                ofContract(subject, 1),
                content.messageCount(),
                room.readOnlySince(),
                subject.parties().stream()
                        .map(member -> new MemberResource(member, !room.isVisibleTo(member)))
                        .toList(),
                marks.stream().map(ReadMarkResource::fromRow).toList());
    }
}
