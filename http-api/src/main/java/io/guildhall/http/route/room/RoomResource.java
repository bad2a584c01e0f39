package io.guildhall.http.route.room;

import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomKind;
import io.guildhall.domain.room.RoomSubject;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.projections.readmodel.room.ReadMarkRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A room, for its members. The properties of a contract are absent for a conversation. */
public record RoomResource(
        String id,
        RoomKind kind,
        Optional<String> contractId,
        Optional<String> title,
        Optional<UserResource> client,
        Optional<UserResource> freelancer,
        long messageCount,
        Optional<Instant> readOnlySince,
        List<MemberResource> members,
        List<ReadMarkResource> readMarks) {

    public record MemberResource(UserResource user, boolean removed) {}

    public record ReadMarkResource(String accountId, long number, Instant at) {
        static ReadMarkResource fromRow(ReadMarkRow row) {
            return new ReadMarkResource(row.accountId(), row.number(), row.at());
        }
    }

    private static Optional<UserResource> ofContract(RoomSubject subject, int party) {
        return subject.kind() == RoomKind.CONTRACT
                ? Optional.of(UserResource.of(subject.parties().get(party)))
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
                        .map(member -> new MemberResource(UserResource.of(member), !room.isVisibleTo(member)))
                        .toList(),
                marks.stream().map(ReadMarkResource::fromRow).toList());
    }
}
