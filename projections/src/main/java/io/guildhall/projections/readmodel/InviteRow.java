package io.guildhall.projections.readmodel;

import io.guildhall.domain.invite.Letter;
import io.guildhall.domain.invite.Refusal;
import java.time.Instant;
import java.util.Optional;

/**
 * An invite in a list, as it was last sent.
 *
 * @param refused why the last acceptance came to nothing
 * @param contractId of what follows from its acceptance
 */
public record InviteRow(
        String id,
        Letter letter,
        InviteStatus status,
        Optional<Refusal> refused,
        Optional<String> contractId,
        Instant sentAt) {}
