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
 * @param detail a reason, a note or a code; empty where there is none
 */
public record Notice(
        String id, String recipientId, Kind kind, Optional<String> title, String detail, About about, Instant at) {

    /** Where it leads. */
    record About(
            Optional<String> jobId, Optional<String> proposalId, Optional<String> contractId, OptionalInt milestone) {
        static About job(String jobId) {
            return new About(Optional.of(jobId), Optional.empty(), Optional.empty(), OptionalInt.empty());
        }

        static About contract(String contractId) {
            return new About(Optional.empty(), Optional.empty(), Optional.of(contractId), OptionalInt.empty());
        }

        About proposal(String proposalId) {
            return new About(jobId, Optional.of(proposalId), contractId, milestone);
        }

        About drawn(String contract) {
            return new About(jobId, proposalId, Optional.of(contract), milestone);
        }

        About milestone(int number) {
            return new About(jobId, proposalId, contractId, OptionalInt.of(number));
        }
    }

    static String id(Recorded<?> recorded, String recipientId, Kind kind, Instant at) {
        try {
            var identity = recorded.entityId() + "/" + recorded.sequence() + "/" + recipientId + "/" + kind;
            var digest = ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8)));
            return Ids.mint("ntf", at, digest::getLong);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
