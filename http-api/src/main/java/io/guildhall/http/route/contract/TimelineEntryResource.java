package io.guildhall.http.route.contract;

import io.guildhall.http.route.profile.UserResource;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.timeline.TimelineEntry;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One entry of a contract's timeline. Anyone can compute its hash from the fields except actor, in this order, as
 * {@link TimelineEntry#computeHash} says.
 *
 * @param number from 1 without gaps
 * @param actorId an account, or {@value TimelineEntry#PLATFORM}
 * @param actor absent for the platform
 * @param milestone the milestone's number, if the entry is about one
 * @param note the note or reason; empty if there is none
 * @param previousHash the hash of the previous entry; 64 zeros for the first
 * @param hash SHA-256, in lower-case hexadecimal
 */
public record TimelineEntryResource(
        String contractId,
        long number,
        Instant at,
        String actorId,
        Optional<UserResource> actor,
        TimelineEntry.What type,
        OptionalInt milestone,
        String title,
        Optional<Money> amount,
        String note,
        String previousHash,
        String hash) {

    static TimelineEntryResource of(TimelineEntry entry) {
        return new TimelineEntryResource(
                entry.contractId(),
                entry.number(),
                entry.at(),
                entry.by(),
                Optional.of(entry.by())
                        .filter(it -> !it.equals(TimelineEntry.PLATFORM))
                        .map(UserResource::of),
                entry.what(),
                entry.milestone(),
                entry.title(),
                entry.amount(),
                entry.note(),
                entry.previous(),
                entry.hash());
    }
}
