package io.guildhall.projections.view;

import io.guildhall.journal.JournalSerializer;
import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.Recorded;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Creates more events like those of a story, of other accounts and entities, and in another currency. */
final class StoryCopies {
    private static final JournalSerializer SERIALIZER = new JournalSerializer();
    private static final Pattern ID = Pattern.compile("\\b[a-z]{2,4}_[A-Za-z0-9]+(-[A-Za-z0-9]+)*");
    private static final Pattern HANDLE = Pattern.compile("(\"handle\":\"[^\"]+)");

    private final EventStory story;
    private int copies;

    StoryCopies(EventStory story) {
        this.story = story;
    }

    /** The events of these aggregates in a copy that shares nothing with the story and the other copies. */
    List<EventStory.StoredEvent<?>> next(Set<Aggregate<?, ?, ?, ?>> aggregates) {
        var suffix = "x" + ++copies;
        return story.events().stream()
                .filter(it -> aggregates.contains(it.aggregate()))
                .<EventStory.StoredEvent<?>>map(it -> copy(it, suffix))
                .toList();
    }

    private static <E> EventStory.StoredEvent<E> copy(EventStory.StoredEvent<E> original, String suffix) {
        var it = original.recorded();
        return new EventStory.StoredEvent<>(
                original.aggregate(),
                new Recorded<>(
                        it.entityId() + suffix,
                        it.sequence(),
                        original.aggregate().events().cast(copy(it.event(), suffix)),
                        it.at(),
                        it.correlation()));
    }

    private static Object copy(Object event, String suffix) {
        var json = new String(SERIALIZER.toBinary(event), StandardCharsets.UTF_8);
        var changed = ID.matcher(json).replaceAll(it -> it.group() + suffix);
        changed = HANDLE.matcher(changed).replaceAll(it -> it.group() + suffix);
        changed = changed.replace("@example.org", suffix + "@example.org").replace("\"USD\"", "\"CHF\"");
        try {
            return SERIALIZER.fromBinary(changed.getBytes(StandardCharsets.UTF_8), SERIALIZER.manifest(event));
        } catch (NotSerializableException e) {
            throw new AssertionError(changed, e);
        }
    }
}
