package io.guildhall.projections.notify;

import static io.guildhall.projections.notify.NotificationKind.*;
import static io.guildhall.projections.readmodel.notification.Link.Kind.*;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.contact.Contacts;
import io.guildhall.domain.contact.ContactsEvent;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.dataexport.DataExports;
import io.guildhall.domain.dataexport.DataExportsEvent;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.domain.export.Export;
import io.guildhall.domain.export.ExportEvent;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteEvent;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.mailaddress.MailAddress;
import io.guildhall.domain.mailaddress.MailAddressEvent;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalEvent;
import io.guildhall.domain.review.Review;
import io.guildhall.domain.review.ReviewEvent;
import io.guildhall.domain.savedsearch.SavedSearches;
import io.guildhall.domain.savedsearch.SavedSearchesEvent;
import io.guildhall.domain.webhook.Webhooks;
import io.guildhall.domain.webhook.WebhooksEvent;
import io.guildhall.kernel.Aggregate;
import io.guildhall.port.MailKind;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.readmodel.notification.Link;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Maps events to notifications. A pure function: the same event always gives the same notifications, with the same ids.
 */
public final class NotificationMatrix {
    private NotificationMatrix() {}

    /** The notifications that one aggregate's events cause. */
    public record Source<E>(Aggregate<?, ?, E, ?> aggregate, Function<Recorded<E>, List<Notification>> notifications) {}

    public static final List<Source<?>> SOURCES = List.of(
            new Source<>(Account.AGGREGATE, NotificationMatrix::ofAccount),
            new Source<>(Job.AGGREGATE, NotificationMatrix::ofJob),
            new Source<>(Proposal.AGGREGATE, NotificationMatrix::ofProposal),
            new Source<>(Invite.AGGREGATE, NotificationMatrix::ofInvite),
            new Source<>(Escrow.AGGREGATE, NotificationMatrix::ofEscrow),
            new Source<>(Contract.AGGREGATE, ContractNotifications::of),
            new Source<>(Review.AGGREGATE, NotificationMatrix::ofReview),
            new Source<>(SavedSearches.AGGREGATE, NotificationMatrix::ofSavedSearches),
            new Source<>(MailAddress.AGGREGATE, NotificationMatrix::ofMailAddress),
            new Source<>(Contacts.AGGREGATE, NotificationMatrix::ofContacts),
            new Source<>(Webhooks.AGGREGATE, NotificationMatrix::ofWebhooks),
            new Source<>(Export.AGGREGATE, NotificationMatrix::ofExport),
            new Source<>(DataExports.AGGREGATE, NotificationMatrix::ofDataExports));

    /** The notifications that an event causes. */
    public static <E> List<Notification> notifications(Aggregate<?, ?, E, ?> aggregate, Recorded<E> recorded) {
        return SOURCES.stream()
                .filter(it -> it.aggregate().equals(aggregate))
                .flatMap(it -> NotificationMatrix.<E>cast(it).notifications().apply(recorded).stream())
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static <E> Source<E> cast(Source<?> source) {
        return (Source<E>) source;
    }

    private static List<Notification> ofAccount(Recorded<AccountEvent> recorded) {
        var about = new NotificationSubject(recorded, recorded.event().at(), Optional.empty(), List.of());
        return switch (recorded.event()) {
            case AccountEvent.Suspended e ->
                List.of(about.to(e.accountId(), ACCOUNT_SUSPENDED, e.reason())
                        .mailedAs(SeparateMails.ofAccount(MailKind.SUSPENDED, recorded)));
            case AccountEvent.SuspensionLifted e ->
                List.of(about.to(e.accountId(), ACCOUNT_REINSTATED)
                        .mailedAs(SeparateMails.ofAccount(MailKind.SUSPENSION_LIFTED, recorded)));
            case AccountEvent.DeviceAdded e when e.isFirst() -> List.of();
            case AccountEvent.DeviceAdded e ->
                List.of(about.to(
                        e.accountId(), NEW_DEVICE, "%s, from the network %s".formatted(e.device(), e.network())));
            case AccountEvent.TokenReused e -> List.of(about.to(e.accountId(), TOKEN_REUSED));
            case AccountEvent.Opened _, AccountEvent.AllSessionsEnded _, AccountEvent.EntitlementEvent _ -> List.of();
        };
    }

    private static List<Notification> ofJob(Recorded<JobEvent> recorded) {
        var job = JOB.link(recorded.entityId());
        return switch (recorded.event()) {
            case JobEvent.ProposalReceived e ->
                List.of(NotificationSubject.of(recorded, e.at(), e.title(), job, PROPOSAL.link(e.proposalId()))
                        .to(e.clientId(), PROPOSAL_RECEIVED));
            case JobEvent.FillingAbandoned e -> {
                var source = Stream.concat(
                        e.proposalId().map(PROPOSAL::link).stream(), e.inviteId().map(INVITE::link).stream());
                var links = Stream.concat(Stream.of(job), source).toArray(Link[]::new);
                yield List.of(NotificationSubject.of(recorded, e.at(), e.title(), links)
                        .to(e.clientId(), HIRE_REFUSED, Reasons.ofHire(e.why())));
            }
            case JobEvent.PostingEvent _, JobEvent.ProposalsCounted _, JobEvent.HiringEvent _, JobEvent.EndEvent _ ->
                List.of();
        };
    }

    private static List<Notification> ofProposal(Recorded<ProposalEvent> recorded) {
        var proposal = PROPOSAL.link(recorded.entityId());
        return switch (recorded.event()) {
            case ProposalEvent.Accepted e ->
                List.of(NotificationSubject.of(
                                recorded,
                                e.at(),
                                e.jobTitle(),
                                JOB.link(e.jobId()),
                                proposal,
                                CONTRACT.link(e.contractId()))
                        .to(e.freelancerId(), PROPOSAL_ACCEPTED));
            // The event does not carry the job's title, so the list looks it up by the link.
            case ProposalEvent.Declined e ->
                List.of(new NotificationSubject(
                                recorded, e.at(), Optional.empty(), List.of(JOB.link(e.jobId()), proposal))
                        .to(e.freelancerId(), PROPOSAL_DECLINED, Reasons.of(e.why())));
            case ProposalEvent.Reinstated e ->
                List.of(new NotificationSubject(
                                recorded, e.at(), Optional.empty(), List.of(JOB.link(e.jobId()), proposal))
                        .to(e.freelancerId(), PROPOSAL_REINSTATED, Reasons.ofHire(e.why())));
            // The oldest events have no title: then the job's events notify.
            case ProposalEvent.SubmissionEvent e ->
                e
                        .jobTitle()
                        .map(title -> NotificationSubject.of(recorded, e.at(), title, JOB.link(e.jobId()), proposal)
                                .to(e.clientId(), PROPOSAL_RECEIVED))
                        .stream()
                        .toList();
            case ProposalEvent.PendingEvent _, ProposalEvent.Withdrawn _ -> List.of();
        };
    }

    private static List<Notification> ofInvite(Recorded<InviteEvent> recorded) {
        var gig = recorded.event().letter().source().gigId().map(GIG::link);
        return inviteNotifications(recorded).stream()
                .map(it -> gig.map(it::groupedWith).orElse(it))
                .toList();
    }

    private static List<Notification> inviteNotifications(Recorded<InviteEvent> recorded) {
        var invite = recorded.event().letter();
        var links = Stream.concat(
                        invite.source().jobId().map(JOB::link).stream(), Stream.of(INVITE.link(recorded.entityId())))
                .toArray(Link[]::new);
        var about = NotificationSubject.of(
                recorded, recorded.event().at(), invite.source().title(), links);
        return switch (recorded.event()) {
            case InviteEvent.Sent _ -> List.of(about.to(invite.freelancerId(), INVITE_RECEIVED));
            case InviteEvent.Declined e -> List.of(about.to(invite.clientId(), INVITE_DECLINED, e.why()));
            case InviteEvent.Withdrawn _ -> List.of(about.to(invite.freelancerId(), INVITE_WITHDRAWN));
            case InviteEvent.Reminded _ -> List.of(about.to(invite.freelancerId(), INVITE_EXPIRING));
            case InviteEvent.Expired _ ->
                List.of(about.to(invite.clientId(), INVITE_EXPIRED), about.to(invite.freelancerId(), INVITE_EXPIRED));
            case InviteEvent.Refused e -> List.of(about.to(invite.freelancerId(), INVITE_REFUSED, Reasons.of(e.why())));
            // The client is notified when the contract exists and can be funded.
            case InviteEvent.Accepted _ -> List.of();
        };
    }

    private static List<Notification> ofEscrow(Recorded<EscrowEvent> recorded) {
        var deal = recorded.event().deal();
        var about = NotificationSubject.of(
                recorded,
                recorded.event().at(),
                deal.title(),
                CONTRACT.link(deal.contractId()),
                MILESTONE.link(Integer.toString(deal.milestone())));
        return switch (recorded.event()) {
            // The client has dropped it.
            case EscrowEvent.FundingDeclined e when e.code().equals(Escrow.DROPPED) -> List.of();
            case EscrowEvent.FundingDeclined e ->
                List.of(about.to(deal.clientId(), FUNDING_DECLINED, Reasons.ofCharge(e.code())));
            case EscrowEvent.ActionRequired _ -> List.of(about.to(deal.clientId(), FUNDING_NEEDS_YOU));
            case EscrowEvent.MoneyRefunded e ->
                List.of(about.to(deal.clientId(), MONEY_REFUNDED, Amounts.refunded(e.amount())));
            case EscrowEvent.ReleaseSettledOutside e ->
                List.of(about.to(deal.freelancerId(), PAID_OUTSIDE, Reasons.of(e)));
            case EscrowEvent.RefundSettledOutside e ->
                List.of(about.to(deal.clientId(), REFUNDED_OUTSIDE, Reasons.of(e)));
            // One notification for the first attempt; later attempts can fail many times.
            case EscrowEvent.ReleaseFailed e
            when e.attempt() == 1 -> List.of(about.to(deal.freelancerId(), PAYOUT_FAILED, Reasons.ofPayout(e.why())));
            // The contract's events notify of held and paid money. Money that arrives after a cancellation is refunded
            // and causes only the refund notification.
            case EscrowEvent.MoneyEvent _,
                    EscrowEvent.CallEvent _,
                    EscrowEvent.SplitEvent _,
                    EscrowEvent.Opened _,
                    EscrowEvent.Cancelled _ -> List.of();
        };
    }

    private static List<Notification> ofReview(Recorded<ReviewEvent> recorded) {
        var subject = recorded.event().subject();
        var about = NotificationSubject.of(
                recorded, recorded.event().at(), subject.title(), CONTRACT.link(subject.contractId()));
        return switch (recorded.event()) {
            case ReviewEvent.Opened _ -> List.of(about.to(subject.authorId(), REVIEW_DUE));
            case ReviewEvent.Revealed _ -> List.of(about.to(subject.subjectId(), REVIEW_REVEALED));
            case ReviewEvent.Written _, ReviewEvent.Lapsed _ -> List.of();
        };
    }

    /** Notifies each account of a document at most once, even if several of its searches match. */
    private static List<Notification> ofSavedSearches(Recorded<SavedSearchesEvent> recorded) {
        return switch (recorded.event()) {
            case SavedSearchesEvent.Matched e -> {
                var id = Notification.id(recorded.entityId() + "/" + e.documentId() + "/" + NEW_MATCH, e.listedAt());
                var document = switch (e.kind()) {
                    case JOB -> JOB.link(e.documentId());
                    case GIG -> GIG.link(e.documentId());
                    case FREELANCER -> FREELANCER.link(e.documentId());
                };
                yield List.of(new Notification(
                        id,
                        recorded.entityId(),
                        NEW_MATCH,
                        Optional.of(e.title()),
                        e.name(),
                        List.of(SAVED_SEARCH.link(e.searchId()), document),
                        e.at()));
            }
            case SavedSearchesEvent.EditEvent _ -> List.of();
        };
    }

    /** The detail is the response of the mail server. */
    private static List<Notification> ofMailAddress(Recorded<MailAddressEvent> recorded) {
        return switch (recorded.event()) {
            case MailAddressEvent.Refused e ->
                List.of(new NotificationSubject(recorded, e.at(), Optional.empty(), List.of())
                        .to(e.accountId(), MAIL_REFUSED, e.reason()));
            case MailAddressEvent.Restored _ -> List.of();
        };
    }

    /** It does not say why, so that nobody learns of a block. */
    private static List<Notification> ofContacts(Recorded<ContactsEvent> recorded) {
        return switch (recorded.event()) {
            case ContactsEvent.ConversationNotOpened e ->
                List.of(new NotificationSubject(recorded, e.at(), Optional.empty(), List.of())
                        .to(e.by(), CONVERSATION_NOT_OPENED));
            case ContactsEvent.ConversationRequested _, ContactsEvent.InviteCounted _ -> List.of();
        };
    }

    private static List<Notification> ofWebhooks(Recorded<WebhooksEvent> recorded) {
        return switch (recorded.event()) {
            case WebhooksEvent.Disabled e ->
                List.of(NotificationSubject.of(
                                recorded, e.at(), URI.create(e.url()).getHost())
                        .to(recorded.entityId(), WEBHOOK_DISABLED, Reasons.of(e.reason())));
            case WebhooksEvent.DeliveriesDropped e ->
                List.of(NotificationSubject.of(
                                recorded, e.at(), URI.create(e.url()).getHost())
                        .to(recorded.entityId(), WEBHOOK_DROPPED));
            case WebhooksEvent.StateEvent _, WebhooksEvent.SendEvent _ -> List.of();
        };
    }

    private static List<Notification> ofDataExports(Recorded<DataExportsEvent> recorded) {
        var e = recorded.event();
        var about = new NotificationSubject(recorded, e.at(), Optional.empty(), List.of());
        return switch (e) {
            case DataExportsEvent.ExportFinished _ -> List.of(about.to(e.accountId(), DATA_EXPORT_READY));
            case DataExportsEvent.ExportFailed _ -> List.of(about.to(e.accountId(), DATA_EXPORT_FAILED));
            case DataExportsEvent.ExportRequested _ -> List.of();
        };
    }

    private static List<Notification> ofExport(Recorded<ExportEvent> recorded) {
        var e = recorded.event();
        var about = new NotificationSubject(recorded, e.at(), Optional.empty(), List.of(ROOM.link(e.roomId())));
        return switch (e) {
            case ExportEvent.Finished _ -> List.of(about.to(e.accountId(), EXPORT_FINISHED));
            case ExportEvent.Failed _ -> List.of(about.to(e.accountId(), EXPORT_FAILED));
        };
    }
}
