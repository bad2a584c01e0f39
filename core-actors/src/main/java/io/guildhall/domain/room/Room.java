package io.guildhall.domain.room;

import static io.guildhall.domain.room.RoomRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.room.RoomCommand.ConversationCommand;
import io.guildhall.domain.room.RoomCommand.MakeReadOnly;
import io.guildhall.domain.room.RoomCommand.MemberCommand;
import io.guildhall.domain.room.RoomCommand.PostMessage;
import io.guildhall.domain.room.RoomCommand.PostSystemMessage;
import io.guildhall.domain.room.RoomCommand.RemoveMember;
import io.guildhall.domain.room.RoomCommand.RestoreMember;
import io.guildhall.domain.room.RoomEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Journalled;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The workspace of a contract, or a conversation of two accounts, of which there is one for each pair. The
 * messages are in the journal and the read model, not in this state: its size does not depend on their number.
 */
public sealed interface Room extends Journalled {
    Aggregate<Room, RoomCommand, RoomEvent, RoomRejection> AGGREGATE = new Aggregate<>(
                    "room",
                    Room.class,
                    RoomCommand.class,
                    RoomEvent.class,
                    RoomRejection.class,
                    new NotCreated(),
                    Room::decide,
                    Room::evolve)
            .ownedBy((_, room) ->
                    room.findContent().map(it -> it.subject().parties()).orElse(List.of()));

    static String id(String contractId) {
        return "rm_" + Ids.body(contractId);
    }

    /** The room of the conversation of two accounts, in any order. */
    static String conversationId(String accountId, String otherId) {
        var first = accountId.compareTo(otherId) < 0 ? accountId : otherId;
        var second = first.equals(accountId) ? otherId : accountId;
        return "rm_" + Ids.body(first) + "-" + Ids.body(second);
    }

    record NotCreated() implements Room {}

    /**
     * The conversation was not opened, but one of its two accounts has blocked or invited the other.
     */
    record Unopened(Relation relation) implements Room {}

    /**
     * @param removedIds the members whom an admin has removed
     * @param relation of the parties of a conversation
     */
    record Open(RoomSubject subject, MessageLog log, Set<String> removedIds, Relation relation) implements Room {
        public long messageCount() {
            return log.count();
        }

        private boolean isParty(String accountId) {
            return subject.includes(accountId);
        }

        boolean hasMember(String accountId) {
            return isParty(accountId) && !removedIds.contains(accountId);
        }

        private Open withRemoved(Set<String> ids) {
            return new Open(subject, log, Set.copyOf(ids), relation);
        }

        private Open without(String accountId) {
            var ids = new HashSet<>(removedIds);
            ids.add(accountId);
            return withRemoved(ids);
        }

        private Open withRestored(String accountId) {
            var ids = new HashSet<>(removedIds);
            ids.remove(accountId);
            return withRemoved(ids);
        }

        private Open with(PairEvent event) {
            return new Open(subject, log, removedIds, relation.with(event));
        }

        private Open with(MessageEvent event) {
            return new Open(subject, log.with(event), removedIds, relation);
        }
    }

    /** The contract ended some time ago. Its members can read the room, and not write in it. */
    record ReadOnly(Open content, Instant since) implements Room {}

    /** What the room holds in every phase after its creation. */
    default Optional<Open> findContent() {
        return switch (this) {
            case NotCreated _, Unopened _ -> Optional.empty();
            case Open room -> Optional.of(room);
            case ReadOnly room -> Optional.of(room.content);
        };
    }

    /** Since when its members can only read it; empty if they can write in it. */
    default Optional<Instant> readOnlySince() {
        return switch (this) {
            case NotCreated _, Unopened _, Open _ -> Optional.empty();
            case ReadOnly room -> Optional.of(room.since);
        };
    }

    /** The accounts that can read it. */
    default Set<String> members() {
        return findContent().stream()
                .flatMap(room -> room.subject.parties().stream().filter(room::hasMember))
                .collect(Collectors.toUnmodifiableSet());
    }

    default boolean isVisibleTo(String accountId) {
        return findContent().filter(room -> room.hasMember(accountId)).isPresent();
    }

    /** What a pair of accounts has decided about each other, whether or not their conversation was opened. */
    default Relation relation() {
        return switch (this) {
            case NotCreated _ -> Relation.NONE;
            case Unopened room -> room.relation;
            case Open room -> room.relation;
            case ReadOnly room -> room.content.relation;
        };
    }

    /** The accounts of a pair that block the other one. */
    default Set<String> blockedBy() {
        return relation().blockedBy();
    }

    default Decision<RoomEvent, RoomRejection> decide(RoomCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case RoomCommand.Open open ->
                        accept(new Opened(open.contractId(), open.title(), open.clientId(), open.freelancerId(), now));
                    case ConversationCommand it -> new ConversationDecisions(this, now).decide(it);
                    case MemberCommand _, PostSystemMessage _, MakeReadOnly _, RemoveMember _, RestoreMember _ ->
                        reject(NOT_OPENED);
                };
            case Unopened _ ->
                switch (command) {
                    case ConversationCommand it -> new ConversationDecisions(this, now).decide(it);
                    case RoomCommand.Open _ -> reject(EXISTS_WITH_OTHER_TERMS);
                    case MemberCommand _, PostSystemMessage _, MakeReadOnly _, RemoveMember _, RestoreMember _ ->
                        reject(NOT_OPENED);
                };
            case Open room ->
                switch (command) {
                    case RoomCommand.Open open ->
                        room.subject
                                        .contractId()
                                        .filter(open.contractId()::equals)
                                        .isPresent()
                                ? accept()
                                : reject(EXISTS_WITH_OTHER_TERMS);
                    case ConversationCommand _
                    when room.subject.kind() != RoomKind.CONVERSATION -> reject(EXISTS_WITH_OTHER_TERMS);
                    case ConversationCommand it -> new ConversationDecisions(this, now).decide(it);
                    case MemberCommand it -> new MessageDecisions(room, now).decide(it);
                    case PostSystemMessage message -> new MessageDecisions(room, now).report(message);
                    case MakeReadOnly _
                    when room.subject.kind() == RoomKind.CONVERSATION -> reject(EXISTS_WITH_OTHER_TERMS);
                    case MakeReadOnly _ -> accept(new MadeReadOnly(now));
                    case RemoveMember removal when !room.isParty(removal.accountId()) -> reject(NOT_A_MEMBER);
                    case RemoveMember removal when !room.hasMember(removal.accountId()) -> accept();
                    case RemoveMember removal ->
                        accept(new MemberRemoved(removal.accountId(), removal.by(), removal.reason(), now));
                    case RestoreMember restore when !room.isParty(restore.accountId()) -> reject(NOT_A_MEMBER);
                    case RestoreMember restore when room.hasMember(restore.accountId()) -> accept();
                    case RestoreMember restore -> accept(new MemberRestored(restore.accountId(), restore.by(), now));
                };
            case ReadOnly room ->
                switch (command) {
                    case MemberCommand it when !room.content.hasMember(it.by()) -> reject(NOT_YOURS);
                    case PostMessage it when room.content.log.hasRecent(it.messageId()) -> accept();
                    case MemberCommand _ -> reject(READ_ONLY);
                    case MakeReadOnly _ -> accept();
                    case RoomCommand.Open _,
                            ConversationCommand _,
                            PostSystemMessage _,
                            RemoveMember _,
                            RestoreMember _ -> room.content.decide(command, now);
                };
        };
    }

    default Room evolve(RoomEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Opened opened -> opened(RoomSubject.contract(opened));
                    case ConversationOpened opened -> opened(RoomSubject.conversation(opened));
                    case PairEvent pair -> new Unopened(Relation.NONE.with(pair));
                    case MessageEvent _, MadeReadOnly _, MemberEvent _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Unopened room ->
                switch (event) {
                    case ConversationOpened opened -> opened(RoomSubject.conversation(opened));
                    case PairEvent pair -> new Unopened(room.relation.with(pair));
                    case Opened _, MessageEvent _, MadeReadOnly _, MemberEvent _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Open room ->
                switch (event) {
                    case MessageEvent message -> room.with(message);
                    case MadeReadOnly it -> new ReadOnly(room, it.at());
                    case MemberRemoved removed -> room.without(removed.accountId());
                    case MemberRestored restored -> room.withRestored(restored.accountId());
                    case PairEvent pair -> room.with(pair);
                    case Opened _, ConversationOpened _ -> throw new CorruptJournalException(this, event);
                };
            case ReadOnly room ->
                switch (event) {
                    case MemberRemoved it -> new ReadOnly(room.content.without(it.accountId()), room.since);
                    case MemberRestored it -> new ReadOnly(room.content.withRestored(it.accountId()), room.since);
                    case MessageEvent it -> new ReadOnly(room.content.with(it), room.since);
                    case Opened _, ConversationOpened _, PairEvent _, MadeReadOnly _ ->
                        throw new CorruptJournalException(this, event);
                };
        };
    }

    /** A conversation is opened only while no party blocks the other. */
    private static Open opened(RoomSubject subject) {
        return new Open(subject, MessageLog.EMPTY, Set.of(), Relation.NONE);
    }
}
