package io.guildhall.projections.readmodel.notification;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What somebody is told.
 *
 * @param kind stable, as {@code WORK_SUBMITTED}
 * @param text a sentence
 * @param detail a reason, a note, a code or the name of a saved search; empty where there is none
 * @param foundId the job, gig or freelancer that a saved search found
 */
public record NotificationRow(
        String id,
        String kind,
        String text,
        String detail,
        Optional<String> jobId,
        Optional<String> proposalId,
        Optional<String> inviteId,
        Optional<String> contractId,
        OptionalInt milestone,
        Optional<String> foundId,
        Optional<String> searchId,
        Instant at) {}
