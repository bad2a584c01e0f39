package io.guildhall.domain.contact;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.Optional;

/** Events of the contacts of an account, stored permanently: add new ones, never change existing ones. */
public sealed interface ContactsEvent extends Journalled {
    /**
     * @param requestId identifies a repeated request; the id of the first message
     * @param text of the first message
     */
    @JournalName("contacts.conversation-requested")
    record ConversationRequested(
            String by,
            String otherId,
            String requestId,
            ContactEvidence evidence,
            @Personal(of = "by") Optional<String> text,
            Instant at)
            implements ContactsEvent {}

    /** The conversation was not opened, because one of the accounts was blocked or removed after the request. */
    @JournalName("contacts.conversation-not-opened")
    record ConversationNotOpened(String by, String otherId, String requestId, Instant at) implements ContactsEvent {}

    /** An invite counts, also if it is withdrawn later. */
    @JournalName("contacts.invite-counted")
    record InviteCounted(String by, String otherId, String requestId, Instant at) implements ContactsEvent {}
}
