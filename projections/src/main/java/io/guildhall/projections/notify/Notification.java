package io.guildhall.projections.notify;

import io.guildhall.kernel.Ids;
import io.guildhall.projections.Recorded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one person is told of one event.
 *
 * @param id follows from the event and the recipient, and sorts by time: the same notice has the same id whenever and wherever it is made
 * @param title of the job, contract or milestone that it is about, where the event says
 * @param detail a reason, a note, a code or the name of a saved search; empty where there is none
 */
public record Notification(
        String id,
        String recipientId,
        NotificationKind kind,
        Optional<String> title,
        String detail,
        About about,
        Instant at) {

    /**
     * Where it leads.
     *
     * @param foundId the job, gig or freelancer that a saved search found
     */
    record About(
            Optional<String> jobId,
            Optional<String> proposalId,
            Optional<String> inviteId,
            Optional<String> contractId,
            OptionalInt milestone,
            Optional<String> foundId,
            Optional<String> searchId) {
        static final About NOTHING = new About(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());

        static About job(String jobId) {
            return NOTHING.job(Optional.of(jobId));
        }

        static About contract(String contractId) {
            return NOTHING.drawn(contractId);
        }

        static About invite(String inviteId, Optional<String> jobId) {
            var about = NOTHING.job(jobId);
            return new About(
                    about.jobId,
                    about.proposalId,
                    Optional.of(inviteId),
                    about.contractId,
                    about.milestone,
                    about.foundId,
                    about.searchId);
        }

        private About job(Optional<String> id) {
            return new About(id, proposalId, inviteId, contractId, milestone, foundId, searchId);
        }

        About proposal(String id) {
            return new About(jobId, Optional.of(id), inviteId, contractId, milestone, foundId, searchId);
        }

        About drawn(String contract) {
            return new About(jobId, proposalId, inviteId, Optional.of(contract), milestone, foundId, searchId);
        }

        About milestone(int number) {
            return new About(jobId, proposalId, inviteId, contractId, OptionalInt.of(number), foundId, searchId);
        }

        About found(String id, String search) {
            return new About(jobId, proposalId, inviteId, contractId, milestone, Optional.of(id), Optional.of(search));
        }
    }

    static String id(Recorded<?> recorded, String recipientId, NotificationKind kind, Instant at) {
        return id(recorded.entityId() + "/" + recorded.sequence() + "/" + recipientId + "/" + kind, at);
    }

    /** @param identity what is told to whom: the same again is the same notice, at the same time */
    static String id(String identity, Instant at) {
        try {
            var digest = ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8)));
            return Ids.mint("ntf", at, digest::getLong);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
