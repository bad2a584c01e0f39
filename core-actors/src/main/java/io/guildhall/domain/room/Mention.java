package io.guildhall.domain.room;

import io.guildhall.kernel.Personal;

/**
 * A member of the room whom a message names.
 *
 * @param handle as it was when the message was written; the text contains it after an {@code @}
 */
public record Mention(@Personal(of = "accountId") String handle, String accountId) {}
