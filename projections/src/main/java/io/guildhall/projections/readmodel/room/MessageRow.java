package io.guildhall.projections.readmodel.room;

import java.time.Instant;

/** @param number the message's number in its room, from 1 without gaps */
public record MessageRow(String id, String roomId, long number, String authorId, String text, Instant at) {}
