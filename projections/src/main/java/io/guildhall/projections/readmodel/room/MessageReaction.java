package io.guildhall.projections.readmodel.room;

import io.guildhall.domain.room.Reaction;

/** A member's reaction to a message. */
public record MessageReaction(Reaction reaction, String accountId) {}
