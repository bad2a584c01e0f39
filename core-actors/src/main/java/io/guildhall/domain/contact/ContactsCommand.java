package io.guildhall.domain.contact;

import java.util.Optional;

/** Commands that the contacts of an account accept. */
public sealed interface ContactsCommand {
    /**
     * The account wants to write to another one.
     *
     * @param requestId identifies a repeated request; the id of the first message
     * @param evidence why the account can contact the other one; the caller has checked it
     * @param text of the first message
     */
    record RequestConversation(
            String by, String otherId, String requestId, ContactEvidence evidence, Optional<String> text)
            implements ContactsCommand {}

    /** The conversation was not opened, because one of the accounts was blocked or removed after the request. */
    record RecordUnopened(String by, String otherId, String requestId) implements ContactsCommand {}

    /**
     * The account is about to send an invite to another one.
     *
     * @param requestId identifies a repeated request
     */
    record CountInvite(String by, String otherId, String requestId) implements ContactsCommand {}
}
