package io.guildhall.projections.readmodel.room;

/**
 * What an account has not read: messages in its {@value #MAX_ROOMS} rooms with the newest activity, and notifications.
 *
 * @param messages the number of messages by other members after its read marks, without deleted ones and reports of contract
 *     events; at most {@value #MAX_OF_ROOM} of each room count
 * @param rooms the number of rooms with such messages
 * @param notifications the number of unread entries of the list of notifications; at most {@value #MAX_NOTIFICATIONS}
 */
public record Counters(long messages, long rooms, long notifications) {
    public static final int MAX_ROOMS = 1_000;
    public static final int MAX_OF_ROOM = 100;
    public static final int MAX_NOTIFICATIONS = 1_000;
    public static final Counters NOTHING = new Counters(0, 0);

    public Counters(long messages, long rooms) {
        this(messages, rooms, 0);
    }
}
