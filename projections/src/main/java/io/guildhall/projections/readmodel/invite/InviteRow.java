package io.guildhall.projections.readmodel.invite;

import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.InviteDetails;
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
        InviteDetails letter,
        InviteStatus status,
        Optional<AcceptanceFailure> refused,
        Optional<String> contractId,
        Instant sentAt) {}
