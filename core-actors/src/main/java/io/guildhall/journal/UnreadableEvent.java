package io.guildhall.journal;

/**
 * Stands for an event in the journal that this version cannot read, such as one of the next version.
 *
 * @param name of the event in the journal
 */
public record UnreadableEvent(String name, String reason) {}
