package io.guildhall.domain.room;

/** Commands that a room accepts. */
public sealed interface RoomCommand {
    record Open(String contractId, String title, String clientId, String freelancerId) implements RoomCommand {}

    /** @param messageId chosen by the sender; a message with a known id is a repeated request */
    record PostMessage(String by, String messageId, String text) implements RoomCommand {}

    /**
     * An admin takes a member's access to the room.
     *
     * @param by the account id of the admin
     */
    record RemoveMember(String by, String accountId, String reason) implements RoomCommand {}

    /**
     * An admin gives a removed member access again.
     *
     * @param by the account id of the admin
     */
    record RestoreMember(String by, String accountId) implements RoomCommand {}
}
