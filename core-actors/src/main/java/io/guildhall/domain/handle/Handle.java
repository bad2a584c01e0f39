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

/** A public name such as {@code ann-meyer}, held by one account at most: its entity is found under the name itself. */
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

    record Held(String accountId) implements Handle {}

    /**
     * The n-th handle to try for a name: lower-case letters, digits and hyphens, at most {@value #MAX_LENGTH}; from the second on with a number
     * behind it. What has no such letter becomes {@code member}.
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
                    case Claim c -> accept(new Claimed(c.accountId(), now));
                };
            case Held held ->
                switch (command) {
                    case Claim c when c.accountId().equals(held.accountId) -> accept();
                    case Claim _ -> reject(TAKEN);
                };
        };
    }

    default Handle evolve(HandleEvent event) {
        return switch (this) {
            case Free _ ->
                switch (event) {
                    case Claimed e -> new Held(e.accountId());
                };
            case Held _ -> throw new CorruptJournalException(this, event);
        };
    }
}
