package io.guildhall.bench.seed;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How well generated documents match each other. The generator knows it from their fields, which no text mentions. */
public final class RelevanceJudgements {
    public static final int SAME = 3;
    public static final int SECOND = 2;
    public static final int RELATED = 1;
    public static final int NONE = 0;

    /** @param secondField of a freelancer who works in two fields */
    record Topic(String field, Optional<String> secondField) {}

    private final Map<String, Topic> documents;
    private final Map<String, Set<String>> related;

    RelevanceJudgements(Map<String, Topic> documents, Map<String, Set<String>> related) {
        this.documents = Map.copyOf(documents);
        this.related = Map.copyOf(related);
    }

    /**
     * How well two items match; symmetric. Each is the slug of a field or the id of a freelancer, gig or job.
     *
     * @return 3 for the same field, 2 if one is the other's second field, 1 for related fields, otherwise 0
     */
    public int grade(String one, String other) {
        var a = topic(one);
        var b = topic(other);
        if (a.field.equals(b.field)) return SAME;
        if (b.secondField.filter(a.field::equals).isPresent()
                || a.secondField.filter(b.field::equals).isPresent()) return SECOND;
        return isRelated(a.field, b.field) || isRelated(b.field, a.field) ? RELATED : NONE;
    }

    private boolean isRelated(String field, String other) {
        return related.getOrDefault(field, Set.of()).contains(other);
    }

    /** The field of a freelancer, a gig or a job. */
    public String field(String id) {
        return topic(id).field;
    }

    /** The ids of the freelancers ({@code acc_}), gigs ({@code gig_}) or jobs ({@code job_}), sorted. */
    public Stream<String> documents(String prefix) {
        return documents.keySet().stream().filter(id -> id.startsWith(prefix)).sorted();
    }

    /** @throws IllegalArgumentException if the name is neither the id of a document nor the slug of a field */
    Topic topic(String name) {
        var topic = documents.get(name);
        if (topic != null) return topic;
        if (related.containsKey(name)) return new Topic(name, Optional.empty());
        throw new IllegalArgumentException("neither a document nor a field: " + name);
    }
}
