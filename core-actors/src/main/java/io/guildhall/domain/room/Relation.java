package io.guildhall.domain.room;

import io.guildhall.domain.room.RoomEvent.Blocked;
import io.guildhall.domain.room.RoomEvent.InvitePermitted;
import io.guildhall.domain.room.RoomEvent.PairEvent;
import io.guildhall.domain.room.RoomEvent.Unblocked;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the two accounts of a conversation have decided about each other.
 *
 * @param blockedBy the accounts that block the other one
 * @param permittedInviteId the invite that was permitted last, to recognise a repeated request
 */
public record Relation(Set<String> blockedBy, Optional<String> permittedInviteId) {
    public static final Relation NONE = new Relation(Set.of(), Optional.empty());

    public Relation {
        blockedBy = Set.copyOf(blockedBy);
    }

    Relation with(PairEvent event) {
        return switch (event) {
            case Blocked it ->
                withBlocks(Stream.concat(blockedBy.stream(), Stream.of(it.by())).collect(Collectors.toSet()));
            case Unblocked it ->
                withBlocks(blockedBy.stream().filter(by -> !by.equals(it.by())).collect(Collectors.toSet()));
            case InvitePermitted it -> new Relation(blockedBy, Optional.of(it.inviteId()));
        };
    }

    private Relation withBlocks(Set<String> ids) {
        return new Relation(ids, permittedInviteId);
    }
}
