package io.guildhall.projections.relay;

import io.guildhall.domain.abusereport.AbuseReport;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.contact.Contacts;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.dataexport.DataExports;
import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.email.Email;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.export.Export;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.handle.Handle;
import io.guildhall.domain.hire.Hire;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.mailaddress.MailAddress;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.preference.Preferences;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.review.Review;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.savedsearch.SavedSearches;
import io.guildhall.domain.webhook.Webhooks;
import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.NotificationMatrix;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Maps events of the journal to published events. For each aggregate, an exhaustive switch names every event, so the
 * code compiles only if it states whether a new event is published.
 */
public final class PublishedEvents {
    private PublishedEvents() {}

    /**
     * The mapping for the events of one aggregate, except notifications.
     *
     * @param published empty if the event is not published
     */
    public record Source<E>(
            Aggregate<?, ?, E, ?> aggregate, Function<Recorded<E>, Optional<PublishedEvent>> published) {

        /** Returns all published events of an event, with ids that stay the same when it is published again. */
        public List<Identified> all(Recorded<E> recorded) {
            var itself = published.apply(recorded).stream()
                    .map(it -> new Identified(aggregate.name() + "/" + it.key() + "/" + recorded.sequence(), it));
            var notifications = NotificationMatrix.notifications(aggregate, recorded).stream()
                    .map(it -> new Identified(it.id(), notification(it)));
            return Stream.concat(itself, notifications).toList();
        }
    }

    /** @param id unique among all published events */
    public record Identified(String id, PublishedEvent event) {}

    /** All aggregates. */
    public static final List<Source<?>> SOURCES = List.of(
            new Source<>(Account.AGGREGATE, UserEvents::ofAccount),
            new Source<>(Email.AGGREGATE, UserEvents::ofEmail),
            new Source<>(Handle.AGGREGATE, UserEvents::ofHandle),
            new Source<>(Profile.AGGREGATE, UserEvents::ofProfile),
            new Source<>(PayoutAccount.AGGREGATE, UserEvents::ofPayoutAccount),
            new Source<>(SavedSearches.AGGREGATE, UserEvents::ofSavedSearches),
            new Source<>(MailAddress.AGGREGATE, UserEvents::ofMailAddress),
            new Source<>(Preferences.AGGREGATE, UserEvents::ofPreferences),
            new Source<>(Webhooks.AGGREGATE, UserEvents::ofWebhooks),
            new Source<>(Contacts.AGGREGATE, UserEvents::ofContacts),
            new Source<>(AbuseReport.AGGREGATE, UserEvents::ofAbuseReport),
            new Source<>(Export.AGGREGATE, UserEvents::ofExport),
            new Source<>(DataExports.AGGREGATE, UserEvents::ofDataExports),
            new Source<>(Gig.AGGREGATE, JobEvents::ofGig),
            new Source<>(Invite.AGGREGATE, JobEvents::ofInvite),
            new Source<>(Job.AGGREGATE, JobEvents::ofJob),
            new Source<>(Proposal.AGGREGATE, JobEvents::ofProposal),
            new Source<>(Hire.AGGREGATE, JobEvents::ofHire),
            new Source<>(Contract.AGGREGATE, ContractEvents::ofContract),
            new Source<>(Room.AGGREGATE, ContractEvents::ofRoom),
            new Source<>(Review.AGGREGATE, ContractEvents::ofReview),
            new Source<>(Escrow.AGGREGATE, PaymentEvents::ofEscrow),
            new Source<>(Discrepancy.AGGREGATE, PaymentEvents::ofDiscrepancy));

    static PublishedEvent notification(Notification notification) {
        return new PublishedNotification.Created(
                notification.id(),
                notification.recipientId(),
                notification.kind().name(),
                notification.links().stream()
                        .map(it -> new PublishedNotification.Link(it.kind().name(), it.id()))
                        .toList());
    }
}
