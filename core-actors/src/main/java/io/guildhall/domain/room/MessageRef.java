package io.guildhall.domain.room;

import java.util.Optional;

/**
 * The parts of a message that never change. The room does not remember its messages, so a command on one of them has
 * these.
 *
 * @param number of the message in its room
 * @param authorId the member who has sent it; empty if the system has posted it
 */
public record MessageRef(String id, long number, Optional<String> authorId) {}
