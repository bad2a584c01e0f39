package io.guildhall.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Which saved searches what is new meets. A document is new once in its life: when its vector is stored for the first time after it was
 * listed; no edit and no later listing makes it new again. It meets searches that were saved, or last changed, before it was listed. All of this
 * may be asked for twice.
 */
public interface Alerts {

    /** A saved search that no model of this name has read, as its saver wrote it. */
    record Unread(String searchId, Instant since, String text, List<String> skills) {}

    /**
     * @param vector of length one; none where there is no text, or one that the model cannot read: then all its words must be met
     * @param skills of each of these, one of its spellings
     */
    record Read(Unread search, Optional<float[]> vector, List<Set<String>> skills) {}

    /** What is to be compared. */
    sealed interface Batch {
        List<String> ids();

        /** New ones, with every search. */
        record Documents(List<String> ids) implements Batch {}

        /** Read for the first time, with everything that was listed since they were saved. */
        record Searches(List<String> ids) implements Batch {}
    }

    /** @param listedAt when the document could first be found; the same however often it is matched */
    record Match(String accountId, String searchId, String documentId, String title, Instant listedAt) {}

    /** From now on this model reads searches; what another has read is read again. */
    CompletionStage<Void> register(String model);

    /** In no order, so that one that cannot be read holds up no other for long. */
    CompletionStage<List<Unread>> unread(int limit);

    /** Passed over where the search was changed meanwhile: then it waits to be read anew. */
    CompletionStage<Void> keep(String model, List<Read> read);

    /** What waits to be compared; nothing once all is. A document that left the list before is new again when it comes back. */
    CompletionStage<Optional<Batch>> next(String model, int limit);

    /** In one order, from after the last one; nobody's own document. */
    CompletionStage<List<Match>> matches(String model, Batch batch, Optional<Match> after, int limit);

    /** All its matches were told: it waits no more. */
    CompletionStage<Void> done(Batch batch);
}
