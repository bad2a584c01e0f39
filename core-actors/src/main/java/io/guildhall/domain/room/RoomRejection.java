package io.guildhall.domain.room;

/** Why a room refuses; the HTTP edge maps each constant to one status. */
public enum RoomRejection {
    NOT_OPENED,
    OPENED_OTHERWISE,
    NOT_YOURS,
    NOTHING_SAID
}
