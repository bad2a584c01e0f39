package io.guildhall.domain.room;

/** Everything one may ask of a room. */
public sealed interface RoomCommand {
    record Open(String contractId, String title, String clientId, String freelancerId) implements RoomCommand {}

    /** @param messageId chosen by who posts, so that the same message sent again is known */
    record Say(String by, String messageId, String text) implements RoomCommand {}
}
