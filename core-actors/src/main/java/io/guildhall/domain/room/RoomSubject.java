package io.guildhall.domain.room;

import io.guildhall.kernel.Personal;
import java.util.List;
import java.util.Optional;

/**
 * What a room belongs to, and the two accounts that it is for.
 *
 * @param contractId of a contract's room
 * @param title of a contract's room
 * @param parties two: client and freelancer of the contract; of a conversation, the account that has opened it first
 */
public record RoomSubject(
        RoomKind kind,
        Optional<String> contractId,
        @Personal Optional<String> title,
        List<String> parties) {
    public RoomSubject {
        parties = List.copyOf(parties);
    }

    static RoomSubject contract(RoomEvent.Opened opened) {
        return new RoomSubject(
                RoomKind.CONTRACT,
                Optional.of(opened.contractId()),
                Optional.of(opened.title()),
                List.of(opened.clientId(), opened.freelancerId()));
    }

    static RoomSubject conversation(RoomEvent.ConversationOpened opened) {
        return new RoomSubject(
                RoomKind.CONVERSATION, Optional.empty(), Optional.empty(), List.of(opened.by(), opened.otherId()));
    }

    public boolean includes(String accountId) {
        return parties.contains(accountId);
    }

    /** The other party. */
    public String otherThan(String accountId) {
        return parties.get(parties.getFirst().equals(accountId) ? 1 : 0);
    }
}
