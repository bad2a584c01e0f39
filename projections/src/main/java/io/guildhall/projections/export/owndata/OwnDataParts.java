package io.guildhall.projections.export.owndata;

import io.guildhall.domain.contact.Contacts;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutStatus;
import io.guildhall.domain.preference.Preferences;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.savedsearch.SavedSearches;
import io.guildhall.domain.webhook.Webhook;
import io.guildhall.domain.webhook.Webhooks;
import io.guildhall.projections.export.owndata.Dataset.Current;
import io.guildhall.projections.export.owndata.Dataset.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list of everything that an export of own data has. Every table that names an account, and every aggregate, is in
 * this list or {@linkplain OwnDataLeftOut left out}.
 */
final class OwnDataParts {
    private static final String MINE = "account_id = :account";
    private static final String EITHER_PARTY = "client_id = :account OR freelancer_id = :account";
    private static final String MY_CONTRACTS = "contract_id IN (SELECT id FROM contract WHERE " + EITHER_PARTY + ")";
    private static final String MY_ROOMS =
            "room_id IN (SELECT room_id FROM room_list WHERE account_id = :account AND NOT is_removed)";
    private static final String LEFT_ROOMS =
            "room_id IN (SELECT room_id FROM room_list WHERE account_id = :account AND is_removed)";
    private static final String VERSION = "version";

    private OwnDataParts() {}

    static final List<Part> ALL = List.of(
            account(),
            profile(),
            gigs(),
            jobs(),
            proposals(),
            contracts(),
            payments(),
            reviews(),
            rooms(),
            contacts(),
            notifications(),
            preferences(),
            webhooks(),
            exports());

    private static Part account() {
        return new Part(
                "account",
                "Your account: who you are, your roles, your suspensions and sessions.",
                List.of("account", "email", "handle"),
                List.of(
                        rows("account", "Your identity and your roles.", "account", "id = :account", "id", VERSION),
                        rows(
                                "requests-and-decisions",
                                "What you have requested for your account, and what admins have decided about it.",
                                "admin_log",
                                MINE,
                                "at, id",
                                "by_id"),
                        rows("public", "What other users see of you.", "public_user", MINE, "account_id", VERSION),
                        rows(
                                "suspensions",
                                "Your suspensions.",
                                "account_suspension",
                                MINE,
                                "number",
                                "by_id",
                                "lifted_by"),
                        rows(
                                "sessions",
                                "Your sessions.",
                                "session",
                                MINE + " AND ended_at IS NULL",
                                "id",
                                "generation",
                                "token_number",
                                "token_at")));
    }

    private static Part profile() {
        return new Part(
                "profile",
                "Your public profile.",
                List.of(),
                List.of(new Current<>("profile", "What your profile shows.", Profile.AGGREGATE, it -> it)));
    }

    private static Part gigs() {
        return new Part(
                "gigs",
                "What you offer.",
                List.of("gig"),
                List.of(rows(
                        "gigs",
                        "Your gigs, also drafts and archived ones.",
                        "gig",
                        "freelancer_id = :account",
                        "id",
                        VERSION)));
    }

    private static Part jobs() {
        return new Part(
                "jobs",
                "The work that you have posted.",
                List.of("job"),
                List.of(rows("jobs", "Your jobs.", "job", "client_id = :account", "id", VERSION)));
    }

    private static Part proposals() {
        return new Part(
                "proposals",
                "Proposals, invites and orders.",
                List.of("proposal", "invite", "hire"),
                List.of(
                        rows(
                                "sent",
                                "Proposals that you have sent.",
                                "proposal",
                                "freelancer_id = :account",
                                "id",
                                VERSION),
                        rows(
                                "received",
                                "Proposals for your jobs.",
                                "proposal",
                                "job_id IN (SELECT id FROM job WHERE client_id = :account)",
                                "id",
                                VERSION),
                        rows(
                                "invites",
                                "Invites and orders that you have sent or received.",
                                "invite",
                                EITHER_PARTY,
                                "id",
                                VERSION)));
    }

    private static Part contracts() {
        return new Part(
                "contracts",
                "Your contracts as client or freelancer.",
                List.of("contract"),
                List.of(
                        rows("contracts", "The contracts.", "contract", EITHER_PARTY, "id", VERSION),
                        rows(
                                "milestones",
                                "Their milestones.",
                                "contract_milestone",
                                MY_CONTRACTS,
                                "contract_id, number"),
                        rows("timelines", "Their timelines.", "timeline_entry", MY_CONTRACTS, "contract_id, number"),
                        rows(
                                "held-releases",
                                "Releases that wait or have waited, for example during a suspension.",
                                "held_release",
                                EITHER_PARTY,
                                "id",
                                VERSION)));
    }

    private static Part payments() {
        return new Part(
                "payments",
                "Payments of your contracts, and your payout account.",
                List.of("escrow"),
                List.of(
                        rows(
                                "ledger",
                                "The entries of the ledger. Amounts are in minor units, such as cents. Lines with the same escrow and sequence are one movement of money.",
                                "ledger_posting",
                                MY_CONTRACTS,
                                "escrow_id, sequence, line",
                                "in_totals"),
                        new Current<>(
                                "payout-account",
                                "Your account at the payment provider, without its link, which gives access to it.",
                                PayoutAccount.AGGREGATE,
                                OwnDataParts::payoutAccount)));
    }

    private static Part reviews() {
        return new Part(
                "reviews",
                "Reviews that you have written, and those about you that are published.",
                List.of("review"),
                List.of(rows(
                        "reviews",
                        "The reviews.",
                        "review",
                        MY_CONTRACTS + " AND (author_id = :account OR (subject_id = :account AND status = 'REVEALED'))",
                        "id",
                        VERSION)));
    }

    private static Part rooms() {
        return new Part(
                "rooms",
                "Your rooms with all of their messages. The folder files has the files that you have uploaded; an export of a room has the files of its other members too.",
                List.of("room"),
                List.of(
                        rows(
                                "rooms",
                                "Your rooms, also those from which you were removed.",
                                "room_list",
                                "(account_id = :account AND is_removed) OR (account_id = :account AND NOT is_removed)",
                                "room_id",
                                VERSION),
                        rows(
                                "messages",
                                "The messages of the rooms of which you are a member.",
                                "message",
                                MY_ROOMS,
                                "room_id, number",
                                VERSION,
                                "words"),
                        rows(
                                "messages-in-other-rooms",
                                "Your messages in rooms from which you were removed.",
                                "message",
                                LEFT_ROOMS + " AND by_id = :account",
                                "room_id, number",
                                VERSION,
                                "words"),
                        rows(
                                "earlier-texts",
                                "Earlier texts of messages that were edited.",
                                "message_revision",
                                MY_ROOMS,
                                "room_id, number, version"),
                        rows(
                                "read-marks",
                                "The last message that you have read in each room.",
                                "read_mark",
                                MY_ROOMS + " AND " + MINE,
                                "room_id"),
                        rows("uploads", "The files that you have uploaded to rooms.", "room_file", MINE, "id")));
    }

    private static Part contacts() {
        return new Part(
                "contacts",
                "Conversations that you have requested, accounts that you have blocked, and your reports of abuse.",
                List.of("abuse-report"),
                List.of(
                        new Current<>(
                                "contacts",
                                "The conversations that you have requested on one day, and the invites that count towards your limits.",
                                Contacts.AGGREGATE,
                                it -> it),
                        rows(
                                "blocks",
                                "Accounts that you have blocked, also those that you have unblocked.",
                                "account_block",
                                "blocker_id = :account",
                                "blocked_id",
                                VERSION),
                        rows(
                                "abuse-reports",
                                "Your reports of abuse.",
                                "abuse_report",
                                "reporter_id = :account",
                                "id",
                                VERSION,
                                "settled_by",
                                "note")));
    }

    private static Part notifications() {
        return new Part(
                "notifications",
                "Notifications, what was decided about each, and e-mails to you.",
                List.of(),
                List.of(
                        rows("notifications", "Your notifications.", "notification", MINE, "id"),
                        rows(
                                "list",
                                "The entries of your list. Equal notifications are one entry.",
                                "notification_entry",
                                MINE,
                                "id"),
                        rows(
                                "deliveries",
                                "How each notification reaches you.",
                                "notification_delivery",
                                "notification_id IN (SELECT notification_id FROM notification_trace WHERE account_id = :account) AND "
                                        + MINE,
                                "notification_id, channel"),
                        rows(
                                "decisions",
                                "Why each notification was or was not sent.",
                                "notification_trace",
                                MINE,
                                "number"),
                        rows(
                                "mails",
                                "E-mails to you. The program deletes the text once an e-mail is sent. The text of a waiting one is left out, because its links can give access to your account.",
                                "mail_queue",
                                MINE,
                                "queued_at, id",
                                "mail_key",
                                "address_id",
                                "body",
                                "html",
                                "unsubscribe",
                                "priority",
                                "turn_at",
                                "claimed_until")));
    }

    private static Part preferences() {
        return new Part(
                "preferences",
                "Your preferences and saved searches.",
                List.of(),
                List.of(
                        new Current<>(
                                "preferences",
                                "Which notifications you get, and what other users see of you.",
                                Preferences.AGGREGATE,
                                it -> it),
                        new Current<>(
                                "saved-searches",
                                "Your saved searches.",
                                SavedSearches.AGGREGATE,
                                it -> it.searches().stream()
                                        .map(SavedSearches.Entry::search)
                                        .toList())));
    }

    private static Part webhooks() {
        return new Part(
                "webhooks",
                "Addresses that receive your events, and what was sent to them.",
                List.of(),
                List.of(
                        new Current<>(
                                "webhooks",
                                "The addresses, without their secrets.",
                                Webhooks.AGGREGATE,
                                OwnDataParts::webhooks),
                        rows(
                                "deliveries",
                                "The deliveries that are kept.",
                                "webhook_delivery",
                                "webhook_id IN (SELECT id FROM webhook WHERE account_id = :account)",
                                "webhook_id, id",
                                "claimed_until",
                                "requested_by")));
    }

    private static Part exports() {
        return new Part(
                "exports",
                "The exports of rooms and of your own data that you have requested.",
                List.of("data-exports", "export"),
                List.of(rows(
                        "exports",
                        "The exports that are kept.",
                        "export",
                        MINE,
                        "requested_at, id",
                        "failure",
                        "attempts",
                        "failures",
                        "claimed_until",
                        "is_reported")));
    }

    /** @param omitted columns of the program, and those that name other people */
    private static Rows rows(
            String name, String explanation, String table, String condition, String order, String... omitted) {
        return new Rows(name, explanation, table, condition, order, List.of(omitted));
    }

    private record OwnPayoutAccount(
            String country, Optional<String> providerId, Optional<PayoutStatus> status, Optional<Instant> asOf) {}

    private static Object payoutAccount(PayoutAccount account) {
        return switch (account) {
            case PayoutAccount.NotOpened _ -> Map.of();
            case PayoutAccount.Opening it ->
                new OwnPayoutAccount(it.country(), Optional.empty(), Optional.empty(), Optional.empty());
            case PayoutAccount.Open it ->
                new OwnPayoutAccount(
                        it.country(), Optional.of(it.providerId()), Optional.of(it.status()), Optional.of(it.asOf()));
        };
    }

    private record OwnWebhook(
            String id,
            String url,
            List<String> kinds,
            Webhook.Status status,
            Instant registeredAt,
            Instant activeSince) {}

    private static Object webhooks(Webhooks webhooks) {
        return webhooks.all().stream()
                .map(it ->
                        new OwnWebhook(it.id(), it.url(), it.kinds(), it.status(), it.registeredAt(), it.activeSince()))
                .toList();
    }
}
