package io.guildhall.http.route.room;

import io.guildhall.projections.readmodel.room.Counters;

/**
 * @param unreadMessages the number of messages by others after your read marks, in your 1,000 rooms with the newest activity;
 *     at most 100 of each room count
 * @param unreadRooms the number of these rooms with such messages
 * @param unreadNotifications the number of unread entries of your notifications; at most 1,000 count
 */
public record CountersResource(long unreadMessages, long unreadRooms, long unreadNotifications) {
    public static CountersResource of(Counters counters) {
        return new CountersResource(counters.messages(), counters.rooms(), counters.notifications());
    }
}
