package io.guildhall.domain.room;

/** Commands that a room accepts. */
public sealed interface RoomCommand {
    record Open(String contractId, String title, String clientId, String freelancerId) implements RoomCommand {}

    /** @param messageId chosen by the sender; a message with a known id is a repeated request */
    record PostMessage(String by, String messageId, String text) implements RoomCommand {}
}
