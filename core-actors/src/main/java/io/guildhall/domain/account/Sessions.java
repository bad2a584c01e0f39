package io.guildhall.domain.account;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The sessions of an account, oldest first, at most {@value #MAX}. */
public record Sessions(List<Session> list) {
    public static final int MAX = 20;

    static Sessions none() {
        return new Sessions(List.of());
    }

    public Optional<Session> find(String id) {
        return list.stream().filter(it -> it.id().equals(id)).findFirst();
    }

    boolean hasToken(String id, String tokenHash) {
        return find(id).filter(it -> it.hasToken(tokenHash)).isPresent();
    }

    /** The session that must end before another one starts. */
    Optional<Session> oldestIfFull() {
        return list.size() < MAX ? Optional.empty() : Optional.of(list.getFirst());
    }

    Sessions with(Session session) {
        return new Sessions(Stream.concat(without(session.id()).list.stream(), Stream.of(session))
                .toList());
    }

    Sessions without(String id) {
        return new Sessions(list.stream().filter(it -> !it.id().equals(id)).toList());
    }
}
