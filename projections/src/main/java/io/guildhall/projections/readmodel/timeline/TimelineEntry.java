package io.guildhall.projections.readmodel.timeline;

import io.guildhall.kernel.Money;
import io.guildhall.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One entry of a contract's timeline: who did what and when. The hash covers the entry and the previous entry's hash,
 * so a changed, missing or inserted entry changes every later hash. {@link #computeHash} computes it from the
 * components.
 *
 * @param number from 1 without gaps
 * @param by an account, or {@value #PLATFORM}
 * @param milestone the milestone's number, if the entry is about one
 * @param note the note or reason of the event; empty if it has none
 * @param previous the hash of the previous entry; 64 zeros for the first
 * @param hash SHA-256, in lower-case hexadecimal
 */
public record TimelineEntry(
        String contractId,
        long number,
        Instant at,
        String by,
        What what,
        OptionalInt milestone,
        String title,
        Optional<Money> amount,
        String note,
        String previous,
        String hash) {
    public static final String PLATFORM = "platform";
    public static final String NO_PREVIOUS = "0".repeat(64);

    public enum What {
        DRAWN,
        FUNDED,
        WORK_SUBMITTED,
        CHANGES_REQUESTED,
        ACCEPTED,
        PAID,
        COMPLETED,
        CANCELLED,
        ACCEPTED_BY_SILENCE,
        REFUND_REQUESTED,
        REFUND_DECLINED,
        REFUND_WITHDRAWN,
        RELEASE_STALLED,
        RELEASE_HELD,
        RELEASE_RESUMED,
        PARTY_SUSPENDED,
        PARTY_REINSTATED,
        REFUND_AGREED,
        REFUND_AGREED_BY_SILENCE,
        SPLIT_BY_ADMIN,
        SETTLED,
        SILENCE_STARTED,
        SILENCE_WARNING_ISSUED,
        SILENCE_WARNING_TOLD
    }

    /**
     * Computes the hash of this entry: of its components in the order of the record, without the hash itself. Each is
     * written as text (the instant in ISO-8601, an absent value as an empty text, the amount followed by its currency),
     * preceded by its length in UTF-8 bytes and a colon.
     */
    public String computeHash() {
        var fields = Stream.of(
                contractId,
                Long.toString(number),
                at.toString(),
                by,
                what.name(),
                milestone.isPresent() ? Integer.toString(milestone.getAsInt()) : "",
                title,
                amount.map(it -> Long.toString(it.amount())).orElse(""),
                amount.map(Money::currency).orElse(""),
                note,
                previous);
        return Sha256.hex(fields.map(it -> it.getBytes(StandardCharsets.UTF_8).length + ":" + it)
                .collect(Collectors.joining()));
    }

    /** Returns the same entry with its computed hash. */
    public TimelineEntry withHash() {
        return new TimelineEntry(
                contractId, number, at, by, what, milestone, title, amount, note, previous, computeHash());
    }
}
