package io.guildhall.domain.room;

/**
 * A member of the room whom a message names.
 *
 * @param handle as it was when the message was written; the text contains it after an {@code @}
 */
public record Mention(String handle, String accountId) {}
