package io.guildhall.http.route.room;

import io.guildhall.projections.readmodel.room.Counters;

/** The counters of the caller. */
public record CountersResource(long unreadMessages, long unreadRooms, long unreadNotifications) {
    public static CountersResource of(Counters counters) {
        return new CountersResource(counters.messages(), counters.rooms(), counters.notifications());
    }
}
