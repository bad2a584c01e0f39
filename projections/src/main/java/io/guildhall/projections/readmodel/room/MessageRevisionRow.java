package io.guildhall.projections.readmodel.room;

import java.time.Instant;

/**
 * A text that a message had before it was edited.
 *
 * @param number of the message in its room
 * @param version the sequence number of the room's event that has replaced the text
 * @param at when the text was written
 */
public record MessageRevisionRow(String roomId, long number, long version, String text, Instant at) {}
