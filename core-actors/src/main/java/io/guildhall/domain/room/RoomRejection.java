package io.guildhall.domain.room;

/** Reasons for which a room rejects a command. The HTTP API maps each constant to one status. */
public enum RoomRejection {
    NOT_OPENED,
    EXISTS_WITH_OTHER_TERMS,
    NOT_YOURS,
    NOT_A_MEMBER,
    EMPTY_MESSAGE,
    /** The other party of the conversation blocks the sender. */
    BLOCKED,
    /** The sender blocks the other party of the conversation. */
    YOU_BLOCK,
    /** The contract of the room ended some time ago. */
    READ_ONLY,
    /** No message of the room has this number. */
    NO_SUCH_MESSAGE,
    /** Only the author of a message can edit or delete it. */
    NOT_YOUR_MESSAGE
}
