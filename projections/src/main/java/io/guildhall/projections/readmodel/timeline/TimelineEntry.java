package io.guildhall.projections.readmodel.timeline;

import io.guildhall.kernel.Money;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who did what when, in one contract. The hash covers the entry and the hash of the one before, so that nothing can be changed, left out or
 * put in between without every later hash changing; {@link #seal} recomputes it from what is shown here.
 *
 * @param number from 1 without gaps
 * @param by an account, or {@value #PLATFORM}
 * @param milestone that it is about, if one
 * @param note what was said; empty where nothing was
 * @param previous the hash of the entry before; 64 zeros for the first
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
    public static final String NOTHING_BEFORE = "0".repeat(64);

    public enum What {
        DRAWN,
        FUNDED,
        WORK_SUBMITTED,
        CHANGES_REQUESTED,
        ACCEPTED,
        PAID,
        COMPLETED,
        CANCELLED
    }

    /**
     * The hash that this entry must have: of its fields in the order of the record, each as text (the instant in ISO-8601, what is absent
     * as nothing, the amount and then its currency) after its length in UTF-8 bytes and a colon, the hash before included.
     */
    public String seal() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var field : new String[] {
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
                previous
            }) {
                var bytes = field.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The same with the hash that it must have. */
    public TimelineEntry sealed() {
        return new TimelineEntry(contractId, number, at, by, what, milestone, title, amount, note, previous, seal());
    }
}
