package io.guildhall.domain.account;

import io.guildhall.kernel.Personal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sessions of an account, and the devices that it has used.
 *
 * @param list oldest first, at most {@value #MAX}
 * @param devices the names of the devices of these sessions and of earlier ones, latest login last, at most
 *     {@value #MAX_DEVICES}
 */
public record Sessions(List<Session> list, @Personal List<String> devices) {
    public static final int MAX = 20;
    static final int MAX_DEVICES = 50;

    static Sessions none() {
        return new Sessions(List.of(), List.of());
    }

    /**
     * Whether the account has logged in before, but not on a device with this name. The first login is not new: the
     * account has just proved that it owns its e-mail address. A device without a name is new at each later login, since
     * nothing tells whether it was used before.
     */
    boolean isNew(String device) {
        return !devices.isEmpty() && (device.isBlank() || !devices.contains(device));
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

    /** With a session that has just started, and its device. */
    Sessions started(Session session) {
        var others = devices.stream().filter(it -> !it.equals(session.device()));
        var all = Stream.concat(others, Stream.of(session.device())).toList();
        var latest = all.subList(Math.max(0, all.size() - MAX_DEVICES), all.size());
        return new Sessions(with(session).list, List.copyOf(latest));
    }

    Sessions with(Session session) {
        return new Sessions(
                Stream.concat(without(session.id()).list.stream(), Stream.of(session))
                        .toList(),
                devices);
    }

    Sessions without(String id) {
        return new Sessions(list.stream().filter(it -> !it.id().equals(id)).toList(), devices);
    }

    /** No session, and the same devices. */
    Sessions ended() {
        return new Sessions(List.of(), devices);
    }
}
