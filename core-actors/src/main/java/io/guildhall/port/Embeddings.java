package io.guildhall.port;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What models have made of the documents that can be found, and which documents wait to be read. All of it may be asked for twice: what is
 * done already, or outdated by now, changes nothing.
 */
public interface Embeddings {

    /** A document's text as it stands; the hash tells it from what it said before. */
    record Text(String id, String hash, String content) {}

    /** @param vector of length one */
    record Vector(String id, String hash, float[] vector) {}

    /** From now on this model reads what waits. One that is new reads everything there is, and is searched by once it has. */
    CompletionStage<Void> register(String model);

    /** Documents that wait, the longest first. */
    CompletionStage<List<String>> waiting(Collection<String> except, int limit);

    /** Of these documents what the model has still to read; the others wait no more. */
    CompletionStage<List<Text>> unread(String model, List<String> ids);

    /** Keeps the vector of a document that is still listed with that text, in step with it: it then waits no more. */
    CompletionStage<Void> store(String model, List<Vector> vectors);

    /** Nothing can be made of this text: it waits no more, and is found by its words alone. */
    CompletionStage<Void> passOver(Text text);

    /** Notes that a model has read all there is, where it has, and lets go of what other models made. */
    CompletionStage<Void> settle(String model);

    /** Everything is to be read again by this model; what it has read serves meanwhile. How many documents there are. */
    CompletionStage<Long> readAgain(String model);

    /** How many documents wait. */
    CompletionStage<Long> backlog();

    /** The model that is searched by now; none before the first has read everything. */
    CompletionStage<Optional<String>> current();
}
