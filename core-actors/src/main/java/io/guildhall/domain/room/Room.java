package io.guildhall.domain.room;

import static io.guildhall.domain.room.RoomRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.room.RoomCommand.Say;
import io.guildhall.domain.room.RoomEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Journalled;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Where the two parties of a contract talk. What was said lives in the journal and the read model, not here. */
public sealed interface Room extends Journalled {
    Aggregate<Room, RoomCommand, RoomEvent, RoomRejection> AGGREGATE = new Aggregate<>(
            "room",
            Room.class,
            RoomCommand.class,
            RoomEvent.class,
            RoomRejection.class,
            new NotCreated(),
            Room::decide,
            Room::evolve);

    static String id(String contractId) {
        return "rm_" + Ids.body(contractId);
    }

    record NotCreated() implements Room {}

    /**
     * @param said how many messages there are
     * @param latest the identities of the last {@value #REMEMBERED}, oldest first, by which a message sent again is known
     */
    record Furnished(
            String contractId, String title, String clientId, String freelancerId, long said, List<String> latest)
            implements Room {
        private static final int REMEMBERED = 32;

        private boolean seats(String accountId) {
            return clientId.equals(accountId) || freelancerId.equals(accountId);
        }

        private Furnished after(Said e) {
            var known = Stream.concat(
                            latest.stream().skip(Math.max(0, latest.size() + 1 - REMEMBERED)), Stream.of(e.messageId()))
                    .toList();
            return new Furnished(contractId, title, clientId, freelancerId, e.number(), known);
        }
    }

    default boolean isVisibleTo(String accountId) {
        return switch (this) {
            case NotCreated _ -> false;
            case Furnished room -> room.seats(accountId);
        };
    }

    default Decision<RoomEvent, RoomRejection> decide(RoomCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case RoomCommand.Open c ->
                        accept(new Opened(c.contractId(), c.title(), c.clientId(), c.freelancerId(), now));
                    case Say _ -> reject(NOT_OPENED);
                };
            case Furnished room ->
                switch (command) {
                    case RoomCommand.Open c ->
                        c.contractId().equals(room.contractId) ? accept() : reject(OPENED_OTHERWISE);
                    case Say c when !room.seats(c.by()) -> reject(NOT_YOURS);
                    case Say c when c.text().isBlank() -> reject(NOTHING_SAID);
                    case Say c when room.latest.contains(c.messageId()) -> accept();
                    case Say c -> accept(new Said(c.messageId(), room.said + 1, c.by(), c.text(), now));
                };
        };
    }

    default Room evolve(RoomEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Opened e ->
                        new Furnished(e.contractId(), e.title(), e.clientId(), e.freelancerId(), 0, List.of());
                    case Said _ -> throw new CorruptJournalException(this, event);
                };
            case Furnished room ->
                switch (event) {
                    case Said e -> room.after(e);
                    case Opened _ -> throw new CorruptJournalException(this, event);
                };
        };
    }
}
