package io.guildhall.bench.seed;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What suits what: known because it was generated so, and kept out of every text. */
public final class Truth {
    public static final int SAME = 3;
    public static final int ALSO = 2;
    public static final int NEAR = 1;
    public static final int NONE = 0;

    /** @param side what somebody does besides */
    record Topic(String field, Optional<String> side) {}

    private final Map<String, Topic> documents;
    private final Map<String, Set<String>> near;

    Truth(Map<String, Topic> documents, Map<String, Set<String>> near) {
        this.documents = Map.copyOf(documents);
        this.near = Map.copyOf(near);
    }

    /**
     * How well two suit, each a field's slug or the id of a freelancer, a gig or a job: 3 of the same field, 2 where one does the other's
     * field besides, 1 for near fields, 0 for all else. The same in both directions.
     */
    public int grade(String one, String other) {
        var a = topic(one);
        var b = topic(other);
        if (a.field.equals(b.field)) return SAME;
        if (b.side.filter(a.field::equals).isPresent()
                || a.side.filter(b.field::equals).isPresent()) return ALSO;
        return near.get(a.field).contains(b.field) || near.get(b.field).contains(a.field) ? NEAR : NONE;
    }

    /** The field of a freelancer, a gig or a job. */
    public String field(String id) {
        return topic(id).field;
    }

    /** Freelancers, gigs and jobs whose id begins so: {@code acc_}, {@code gig_} or {@code job_}. */
    public Stream<String> documents(String prefix) {
        return documents.keySet().stream().filter(id -> id.startsWith(prefix)).sorted();
    }

    /** @throws IllegalArgumentException where neither a document nor a field is called so */
    Topic topic(String name) {
        var topic = documents.get(name);
        if (topic != null) return topic;
        if (near.containsKey(name)) return new Topic(name, Optional.empty());
        throw new IllegalArgumentException("neither a document nor a field: " + name);
    }
}
