package io.guildhall.domain.room;

/** What a room belongs to. The names are stored and never change. */
public enum RoomKind {
    /** The workspace of a contract. */
    CONTRACT,
    /** A conversation of two accounts without a contract. */
    CONVERSATION
}
