package io.guildhall.projections.readmodel.invite;

import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.InviteDetails;
import java.time.Instant;
import java.util.Optional;

/**
 * An invite in a list, as it was last sent.
 *
 * @param acceptanceFailure why the last accept could not be completed
 * @param contractId the contract that follows from the accept
 */
public record InviteRow(
        String id,
        InviteDetails details,
        InviteStatus status,
        Optional<AcceptanceFailure> acceptanceFailure,
        Optional<String> contractId,
        Instant sentAt,
        Instant changedAt) {}
