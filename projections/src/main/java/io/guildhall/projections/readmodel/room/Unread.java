package io.guildhall.projections.readmodel.room;

/**
 * The unread messages of an account, in its newest {@value #MAX_ROOMS} rooms.
 *
 * @param messages the number of messages by others after its read marks; at most {@value #MAX_OF_ROOM} of each room count
 * @param rooms the number of rooms with such messages
 */
public record Unread(long messages, long rooms) {
    public static final int MAX_ROOMS = 1_000;
    public static final int MAX_OF_ROOM = 100;
    public static final Unread NOTHING = new Unread(0, 0);
}
