package io.guildhall.domain.account;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The devices on which one is logged in, oldest first; never more than {@link #LIMIT}. */
public record Sessions(List<Session> list) {
    public static final int LIMIT = 20;

    static Sessions none() {
        return new Sessions(List.of());
    }

    public Optional<Session> find(String id) {
        return list.stream().filter(it -> it.id().equals(id)).findFirst();
    }

    boolean holds(String id, String tokenHash) {
        return find(id).filter(it -> it.holds(tokenHash)).isPresent();
    }

    /** The one that must make place for another. */
    Optional<Session> surplus() {
        return list.size() < LIMIT ? Optional.empty() : Optional.of(list.getFirst());
    }

    Sessions with(Session session) {
        return new Sessions(Stream.concat(without(session.id()).list.stream(), Stream.of(session))
                .toList());
    }

    Sessions without(String id) {
        return new Sessions(list.stream().filter(it -> !it.id().equals(id)).toList());
    }
}
