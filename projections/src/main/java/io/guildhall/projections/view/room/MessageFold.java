package io.guildhall.projections.view.room;

import io.guildhall.domain.room.RoomEvent;
import io.guildhall.domain.room.RoomEvent.MessageChange;
import io.guildhall.domain.room.RoomEvent.PostEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.readmodel.room.MessageRevisionRow;
import io.guildhall.projections.readmodel.room.MessageRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Applies events of rooms to their messages. */
final class MessageFold {
    /** The number of a message, and its room. */
    record Key(String roomId, long number) {
        static Key of(Recorded<?> recorded, RoomEvent.MessageEvent event) {
            return new Key(recorded.entityId(), event.number());
        }
    }

    private final Map<Key, MessageRow> messages = new LinkedHashMap<>();
    private final List<MessageRevisionRow> revisions = new ArrayList<>();

    /** @param present the messages before the events */
    MessageFold(Collection<MessageRow> present) {
        for (var it : present) messages.put(new Key(it.roomId(), it.number()), it);
    }

    /** A change of a message that is not known is skipped. */
    void apply(Recorded<RoomEvent> recorded) {
        switch (recorded.event()) {
            case PostEvent e ->
                messages.putIfAbsent(
                        Key.of(recorded, e), MessageRow.posted(recorded.entityId(), e, recorded.sequence()));
            case MessageChange e ->
                messages.computeIfPresent(
                        Key.of(recorded, e), (_, message) -> changed(message, e, recorded.sequence()));
            case RoomEvent.Opened _,
                    RoomEvent.ConversationOpened _,
                    RoomEvent.PairEvent _,
                    RoomEvent.MadeReadOnly _,
                    RoomEvent.MemberEvent _ -> {}
        }
    }

    private MessageRow changed(MessageRow message, MessageChange event, long sequence) {
        var changed = message.after(event, sequence);
        if (!changed.editedAt().equals(message.editedAt()))
            revisions.add(new MessageRevisionRow(
                    message.roomId(),
                    message.number(),
                    sequence,
                    message.text(),
                    message.editedAt().orElse(message.at())));
        return changed;
    }

    Collection<MessageRow> messages() {
        return messages.values();
    }

    /** The texts that edits have replaced. */
    List<MessageRevisionRow> revisions() {
        return revisions;
    }
}
