package io.guildhall.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.kernel.Personal;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each text of an event or a state is marked as {@link Personal}, or listed here with the reason why it is not. */
class PersonalClassificationTest {
    /** Ids of accounts and other things, and what the payment provider calls its own. */
    private static final List<String> IDS = List.of(
            "account.Logins.stolen",
            "contact.Contacts.unopened",
            "contract.Contract.Details.suspended",
            "dataexport.DataExports.running",
            "discrepancy.Report.reference",
            "discrepancy.Report.subject",
            "escrow.Escrow.Decline.request",
            "escrow.Escrow.Funding.paymentMethod",
            "escrow.Escrow.Funding.request",
            "escrow.Escrow.Payment.request",
            "escrow.Escrow.Redirected.reference",
            "escrow.EscrowEvent.FundingStarted.paymentMethod",
            "escrow.EscrowEvent.FundingStarted.request",
            "escrow.NextCharge.paymentMethod",
            "escrow.NextCharge.request",
            "job.JobEvent.Closed.declined",
            "job.JobEvent.Hired.declined",
            "room.Relation.blockedBy",
            "room.RoomSubject.parties",
            "savedsearch.SavedSearches.recentAlerts");

    /** Random values of links and tokens, or their hashes. */
    private static final List<String> TOKENS = List.of(
            "account.AccountEvent.DeviceAdded.deviceHash",
            "account.Logins.devices",
            "email.Email.Owned.lastNonce",
            "email.Email.Owned.linkNonce",
            "email.Email.Unowned.lastNonce",
            "email.Email.Kept.lastNonce",
            "email.Email.Registration.nonce",
            "email.Email.Reservation.nonce",
            "email.EmailEvent.Confirmed.nonce",
            "email.EmailEvent.Registered.nonce",
            "email.EmailEvent.RegistrationRepeated.nonce",
            "email.EmailEvent.RequestIgnored.nonce",
            "email.EmailEvent.Reserved.nonce",
            "email.EmailEvent.Verified.nonce");

    /** One of a fixed set of values, such as a country, a kind of e-mail or an error code. */
    private static final List<String> CODES = List.of(
            "Money.currency",
            "discrepancy.DiscrepancyEvent.ReturnFailed.why",
            "discrepancy.DiscrepancyEvent.ReturnStalled.why",
            "account.AccountOwner.country",
            "escrow.Escrow.Decline.code",
            "escrow.EscrowEvent.FundingDeclined.code",
            "escrow.EscrowEvent.RefundFailed.why",
            "escrow.EscrowEvent.RefundStalled.why",
            "escrow.EscrowEvent.ReleaseFailed.why",
            "escrow.EscrowEvent.ReleaseStalled.why",
            "escrow.PendingCall.detail",
            "hire.Hire.Failed.reason",
            "hire.HireEvent.Failed.reason",
            "job.Job.FailedHire.reason",
            "job.JobEvent.FillingAbandoned.why",
            "payout.PayoutAccount.Open.country",
            "payout.PayoutAccount.Opening.country",
            "payout.PayoutAccountEvent.Requested.country",
            "preference.NotificationSettings.choices",
            "preference.NotificationTimes.zone",
            "preference.Preferences.stoppedMails",
            "preference.PreferencesEvent.MailResumed.kind",
            "preference.PreferencesEvent.MailStopped.kind",
            "profile.Profile.Created.country",
            "profile.ProfileEvent.Created.country",
            "profile.Showcase.Language.code",
            "proposal.ProposalEvent.Reinstated.why",
            "room.Attachment.mediaType",
            "savedsearch.SearchCriteria.PriceRange.currency",
            "webhook.Webhook.kinds",
            "webhook.WebhooksEvent.Changed.kinds",
            "webhook.WebhooksEvent.Registered.kinds");

    /** Every record that events and states consist of. */
    private static Set<Class<?>> records() {
        var found = new HashSet<Class<?>>();
        for (var aggregate : Names.AGGREGATES)
            Stream.of(aggregate.events(), aggregate.states())
                    .flatMap(Names::members)
                    .forEach(it -> collect(it, found));
        return found;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        switch (type) {
            case ParameterizedType it ->
                Arrays.stream(it.getActualTypeArguments()).forEach(arg -> collect(arg, found));
            case Class<?> it when it.isSealed() -> Names.members(it).forEach(member -> collect(member, found));
            case Class<?> it
            when it.isRecord() && found.add(it) ->
                Arrays.stream(it.getRecordComponents())
                        .forEach(component -> collect(component.getGenericType(), found));
            default -> {}
        }
    }

    private static Stream<RecordComponent> texts() {
        return records().stream()
                .flatMap(it -> Arrays.stream(it.getRecordComponents()))
                .filter(it -> containsText(it.getGenericType()));
    }

    private static boolean containsText(Type type) {
        return switch (type) {
            case ParameterizedType it ->
                Arrays.stream(it.getActualTypeArguments()).anyMatch(PersonalClassificationTest::containsText);
            case Class<?> it ->
                it == String.class
                        || it == byte[].class
                        || it == Object.class
                        || CharSequence.class.isAssignableFrom(it);
            default -> true;
        };
    }

    /** Such as the account that has acted, in {@code by}. */
    private static boolean isId(RecordComponent component) {
        return component.getName().matches("id|by|[a-zA-Z]*Ids?");
    }

    private static String name(RecordComponent component) {
        var type = component.getDeclaringRecord();
        return (type.getPackageName() + "."
                        + type.getName()
                                .substring(type.getPackageName().length() + 1)
                                .replace('$', '.') + "." + component.getName())
                .replaceFirst("io\\.guildhall\\.(domain|kernel)\\.", "");
    }

    @Test
    void everyTextIsPersonalOrListed() {
        var other = texts().filter(it -> !it.isAnnotationPresent(Personal.class))
                .filter(it -> !isId(it))
                .map(PersonalClassificationTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(other)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(IDS, TOKENS, CODES).flatMap(List::stream).toList());
    }
}
