package io.guildhall.projections.export.owndata;

import java.util.Map;
import java.util.TreeMap;

/** What an export of own data leaves out, each with the reason that the export states. */
final class OwnDataLeftOut {
    private OwnDataLeftOut() {}

    /** What is left out of tables that parts have, with the reason. */
    static final Map<String, String> ROWS = new TreeMap<>(Map.of(
            "Sessions that have ended",
            "They are deleted soon after.",
            "Reviews about you that are not published",
            "They are published when both reviews are written, or when the time to write them has ended.",
            "Reports of abuse about you",
            "They would reveal who has reported you.",
            "Accounts that have blocked you",
            "Whom they block is their own data.",
            "Messages of others in rooms from which you were removed",
            "You cannot read these rooms any more.",
            "Files that others have uploaded to your rooms",
            "The export of a room has them."));

    /** Tables that name accounts and that no part has, each with the reason. */
    static final Map<String, String> TABLES = new TreeMap<>(Map.ofEntries(
            Map.entry("suspension", "The same is in account/suspensions.json."),
            Map.entry("session_generation", "How often all of your sessions were ended."),
            Map.entry("room_member", "The same is in rooms/rooms.json."),
            Map.entry("webhook", "The same is in webhooks/webhooks.json."),
            Map.entry("webhook_turn", "The order in which accounts are served, which has no information about you."),
            Map.entry("notification_preference", "The same is in preferences/preferences.json."),
            Map.entry("presence_preference", "The same is in preferences/preferences.json."),
            Map.entry("saved_search", "The same is in preferences/saved-searches.json."),
            Map.entry("person_key", "The key with which the program encrypts your data."),
            Map.entry("search_document", "Computed from your profile, gigs and jobs."),
            Map.entry("search_person", "Computed from your account."),
            Map.entry("embedding.backlog", "The queue in which texts wait for the search index."),
            Map.entry("embedding.queue", "The queue in which texts wait for the search index."),
            Map.entry("record_contract", "Computed from your contracts."),
            Map.entry("record_milestone", "Computed from your contracts."),
            Map.entry("record_review", "Computed from your reviews."),
            Map.entry("ledger_account", "Sums of the ledger, which payments has."),
            Map.entry("audit_entity", "Sums of the ledger, which payments has."),
            Map.entry("audit_finding", "Differences between the ledger and the payment provider."),
            Map.entry("audit_movement", "Payments as the payment provider reports them; the ledger has the same."),
            Map.entry("audit_run", "Checks of the ledger by admins."),
            Map.entry("discrepancy", "Differences between the ledger and the payment provider."),
            Map.entry("operator_task", "Tasks of the operators. The payments that they concern are in payments."),
            Map.entry(
                    "idempotency",
                    "Responses that are kept for some hours, so that a repeated request has one effect."),
            Map.entry("live_account", "Positions in a list of changes that is kept for 7 days."),
            Map.entry("live_entry", "A list of changes that is kept for 7 days. It refers to data of the other parts."),
            Map.entry("live_ticket", "Secrets that are valid for 30 seconds."),
            Map.entry("presence", "Whether you are online at this moment."),
            Map.entry("deadline", "Timers of the program. They refer to data of the other parts."),
            Map.entry("parked_entity", "Errors of the program."),
            Map.entry("dropped_event", "Errors of the program."),
            Map.entry("waiting_proposal", "Computed from the proposals."),
            Map.entry("mail_outbox", "E-mails of a node for development, which sends none."),
            Map.entry("event_journal", "The source from which the data of all parts is computed."),
            Map.entry("snapshot", "Copies of the state of the journal.")));

    /** Aggregates that no part has, each with the reason. */
    static final Map<String, String> AGGREGATES = new TreeMap<>(Map.of(
            "discrepancy",
            "Differences between the ledger and the payment provider.",
            "mail-address",
            "Whether your address has refused e-mails; notifications/mails.json has the reason for each e-mail."));
}
