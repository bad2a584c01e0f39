package io.guildhall.domain.handle;

import static io.guildhall.domain.handle.HandleRejection.TAKEN;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.handle.HandleCommand.Claim;
import io.guildhall.domain.handle.HandleEvent.Claimed;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;

/** A public name such as {@code ann-meyer} that belongs to at most one account. The name is the id of the entity. */
public sealed interface Handle extends Journalled {
    int MAX_LENGTH = 30;

    Aggregate<Handle, HandleCommand, HandleEvent, HandleRejection> AGGREGATE = new Aggregate<>(
            "handle",
            Handle.class,
            HandleCommand.class,
            HandleEvent.class,
            HandleRejection.class,
            new Free(),
            Handle::decide,
            Handle::evolve);

    record Free() implements Handle {}

    record Taken(String accountId) implements Handle {}

    /**
     * The n-th handle to try for a name: lower-case letters, digits and hyphens, at most {@value #MAX_LENGTH}
     * characters. The second and later ones end in their number. A name without any such character becomes
     * {@code member}.
     *
     * @param n from 1
     */
    static String candidate(String name, int n) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        var suffix = n == 1 ? "" : "-" + n;
        var stem = plain.isEmpty() ? "member" : plain;
        var cut = stem.substring(0, Math.min(stem.length(), MAX_LENGTH - suffix.length()));
        return cut.replaceAll("-$", "") + suffix;
    }

    default Decision<HandleEvent, HandleRejection> decide(HandleCommand command, Instant now) {
        return switch (this) {
            case Free _ ->
                switch (command) {
                    case Claim claim -> accept(new Claimed(claim.accountId(), now));
                };
            case Taken taken ->
                switch (command) {
                    case Claim claim when claim.accountId().equals(taken.accountId) -> accept();
                    case Claim _ -> reject(TAKEN);
                };
        };
    }

    default Handle evolve(HandleEvent event) {
        return switch (this) {
            case Free _ ->
                switch (event) {
                    case Claimed claimed -> new Taken(claimed.accountId());
                };
            case Taken _ -> throw new CorruptJournalException(this, event);
        };
    }
}
