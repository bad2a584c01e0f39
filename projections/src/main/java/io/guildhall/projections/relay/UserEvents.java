package io.guildhall.projections.relay;

import io.guildhall.domain.abusereport.AbuseReportEvent;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.contact.ContactsEvent;
import io.guildhall.domain.dataexport.DataExportsEvent;
import io.guildhall.domain.email.EmailEvent;
import io.guildhall.domain.export.ExportEvent;
import io.guildhall.domain.handle.HandleEvent;
import io.guildhall.domain.mailaddress.MailAddressEvent;
import io.guildhall.domain.payout.PayoutAccountEvent;
import io.guildhall.domain.preference.PreferencesEvent;
import io.guildhall.domain.profile.ProfileEvent;
import io.guildhall.domain.savedsearch.SavedSearchesEvent;
import io.guildhall.domain.webhook.WebhooksEvent;
import io.guildhall.projections.Recorded;
import java.util.Optional;

/** Selects the published events of a user. */
final class UserEvents {
    private UserEvents() {}

    static Optional<PublishedEvent> ofAccount(Recorded<AccountEvent> recorded) {
        return switch (recorded.event()) {
            case AccountEvent.Opened e ->
                Optional.of(new PublishedUser.Joined(
                        e.person().id(), e.person().name(), e.person().roles()));
            case AccountEvent.Suspended e -> Optional.of(new PublishedUser.Suspended(e.accountId()));
            case AccountEvent.SuspensionLifted e -> Optional.of(new PublishedUser.Reinstated(e.accountId()));
            // Private to the account and the operators.
            case AccountEvent.SessionEvent _,
                    AccountEvent.AdminGranted _,
                    AccountEvent.AdminRevoked _,
                    AccountEvent.PremiumGranted _,
                    AccountEvent.PremiumEnded _ -> Optional.empty();
        };
    }

    /** The account's event tells that a user has joined. The ids of addresses are derived from them, so they are not published. */
    static Optional<PublishedEvent> ofEmail(Recorded<EmailEvent> recorded) {
        return switch (recorded.event()) {
            case EmailEvent.RegistrationEvent _, EmailEvent.ChangeEvent _ -> Optional.empty();
        };
    }

    /** The profile's events have the handle. */
    static Optional<PublishedEvent> ofHandle(Recorded<HandleEvent> recorded) {
        return switch (recorded.event()) {
            case HandleEvent.Claimed _,
                    HandleEvent.Reserved _,
                    HandleEvent.Confirmed _,
                    HandleEvent.Cancelled _,
                    HandleEvent.Redirected _ -> Optional.empty();
        };
    }

    static Optional<PublishedEvent> ofProfile(Recorded<ProfileEvent> recorded) {
        return switch (recorded.event()) {
            case ProfileEvent.Created e ->
                Optional.of(new PublishedUser.ProfileCreated(recorded.entityId(), e.handle(), e.name()));
            case ProfileEvent.Edited _ -> Optional.of(new PublishedUser.ProfileEdited(recorded.entityId()));
            case ProfileEvent.HandleChanged e ->
                Optional.of(new PublishedUser.HandleChanged(recorded.entityId(), e.to()));
        };
    }

    /** Private to the freelancer and the payment provider. */
    static Optional<PublishedEvent> ofPayoutAccount(Recorded<PayoutAccountEvent> recorded) {
        return switch (recorded.event()) {
            case PayoutAccountEvent.Requested _,
                    PayoutAccountEvent.Opened _,
                    PayoutAccountEvent.Refused _,
                    PayoutAccountEvent.StatusChanged _,
                    PayoutAccountEvent.CheckEvent _ -> Optional.empty();
        };
    }

    /** Private to the account. */
    static Optional<PublishedEvent> ofSavedSearches(Recorded<SavedSearchesEvent> recorded) {
        return switch (recorded.event()) {
            case SavedSearchesEvent.Saved _,
                    SavedSearchesEvent.Renamed _,
                    SavedSearchesEvent.Changed _,
                    SavedSearchesEvent.Removed _,
                    SavedSearchesEvent.Matched _ -> Optional.empty();
        };
    }

    /** The address is personal data. */
    static Optional<PublishedEvent> ofMailAddress(Recorded<MailAddressEvent> recorded) {
        return switch (recorded.event()) {
            case MailAddressEvent.Refused _, MailAddressEvent.Restored _ -> Optional.empty();
        };
    }

    /** Private to the two accounts. */
    static Optional<PublishedEvent> ofContacts(Recorded<ContactsEvent> recorded) {
        return switch (recorded.event()) {
            case ContactsEvent.ConversationRequested _,
                    ContactsEvent.ConversationNotOpened _,
                    ContactsEvent.InviteCounted _ -> Optional.empty();
        };
    }

    /** Private to the reporter and the admins. */
    static Optional<PublishedEvent> ofAbuseReport(Recorded<AbuseReportEvent> recorded) {
        return switch (recorded.event()) {
            case AbuseReportEvent.Filed _, AbuseReportEvent.Settled _ -> Optional.empty();
        };
    }

    /** Private to the account. */
    static Optional<PublishedEvent> ofDataExports(Recorded<DataExportsEvent> recorded) {
        return switch (recorded.event()) {
            case DataExportsEvent.ExportRequested _,
                    DataExportsEvent.ExportFinished _,
                    DataExportsEvent.ExportFailed _ -> Optional.empty();
        };
    }

    /** Private to the account. */
    static Optional<PublishedEvent> ofExport(Recorded<ExportEvent> recorded) {
        return switch (recorded.event()) {
            case ExportEvent.Finished _, ExportEvent.Failed _ -> Optional.empty();
        };
    }

    /** Private to the account. */
    static Optional<PublishedEvent> ofPreferences(Recorded<PreferencesEvent> recorded) {
        return switch (recorded.event()) {
            case PreferencesEvent.MailStopped _,
                    PreferencesEvent.MailResumed _,
                    PreferencesEvent.NotificationsChosen _,
                    PreferencesEvent.PresenceHidden _,
                    PreferencesEvent.PresenceShown _ -> Optional.empty();
        };
    }

    /** Private to the account. */
    static Optional<PublishedEvent> ofWebhooks(Recorded<WebhooksEvent> recorded) {
        return switch (recorded.event()) {
            case WebhooksEvent.StateEvent _, WebhooksEvent.SendEvent _ -> Optional.empty();
        };
    }
}
