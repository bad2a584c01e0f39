package io.guildhall.domain.room;

/** Commands that a room accepts. */
public sealed interface RoomCommand {
    record Open(String contractId, String title, String clientId, String freelancerId) implements RoomCommand {}

    /** @param messageId chosen by the sender; a message with a known id is a repeated request */
    record PostMessage(String by, String messageId, String text) implements RoomCommand {}

    /**
     * An admin removes a member from the room.
     *
     * @param by the account id of the admin
     */
    record RemoveMember(String by, String accountId, String reason) implements RoomCommand {}

    /**
     * An admin restores a removed member's access to the room.
     *
     * @param by the account id of the admin
     */
    record RestoreMember(String by, String accountId) implements RoomCommand {}
}
