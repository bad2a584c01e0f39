package io.guildhall.domain.invite;

import static io.guildhall.domain.invite.InviteRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.invite.InviteCommand.*;
import io.guildhall.domain.invite.InviteEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Dates;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.SuspensionRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A client's offer to a freelancer. It is pending until it is accepted, or ends because it is declined, withdrawn or
 * expires. The id of an invite to a job is derived from job and freelancer, so there is at most one at a time; after it
 * has ended it can be sent again. The hire that follows an accepted invite can fail, which refuses the invite.
 */
public sealed interface Invite extends Journalled {
    Aggregate<Invite, InviteCommand, InviteEvent, InviteRejection> AGGREGATE = new Aggregate<>(
                    "invite",
                    Invite.class,
                    InviteCommand.class,
                    InviteEvent.class,
                    InviteRejection.class,
                    new NotCreated(),
                    Invite::decide,
                    Invite::evolve)
            .ownedBy((_, invite) -> invite.findDetails()
                    .map(it -> List.of(it.clientId(), it.freelancerId()))
                    .orElse(List.of()))
            .with(new SuspensionRule<>(InviteParties::of, CALLER_SUSPENDED, COUNTERPART_SUSPENDED));

    String PREFIX = "inv";

    static String id(String jobId, String freelancerId) {
        return PREFIX + "_" + Ids.body(jobId) + "-" + Ids.body(freelancerId);
    }

    enum End {
        DECLINED,
        WITHDRAWN,
        EXPIRED,
        REFUSED
    }

    record NotCreated() implements Invite {}

    /** A hire that failed after an acceptance. */
    record FailedHire(String contractId, AcceptanceFailure reason) {}

    /**
     * @param dates from the last sending on; reminders do not change them
     * @param lastFailure of the hire after the last acceptance
     */
    record Pending(InviteDetails details, Dates dates, boolean isReminded, Optional<FailedHire> lastFailure)
            implements Invite {
        private static Pending of(Sent sent) {
            return new Pending(sent.letter(), Dates.createdAt(sent.at()), false, Optional.empty());
        }

        private Decision<InviteEvent, InviteRejection> handle(InviteCommand command, Instant now) {
            return switch (command) {
                case Send send when !send.by().equals(details.clientId()) -> reject(NOT_YOURS);
                // An equal offer under the same id is a repeated request.
                case Send send -> isRepeated(send, details) ? accept() : reject(ALREADY_SENT);
                case Withdraw withdraw when !withdraw.by().equals(details.clientId()) -> reject(NOT_YOURS);
                case Withdraw _ -> accept(new Withdrawn(details, now));
                case FreelancerCommand freelancerCommand
                when !freelancerCommand.by().equals(details.freelancerId()) -> reject(NOT_YOURS);
                // The acceptance is repeated: its hire has failed.
                case Accept accept when hasFailed(accept.contractId()) -> accept();
                case Accept _ when !now.isBefore(details.expiresAt()) -> reject(EXPIRED);
                case Accept accept when !accept.canBePaid() -> reject(PAYOUT_NOT_READY);
                case Accept accept ->
                    accept(new InviteEvent.Accepted(
                            details, accept.contractId(), Optional.of(accept.feeBasisPoints()), now));
                case Decline decline -> accept(new Declined(details, decline.reason(), now));
                case Remind remind when remind.number() != details.number() || isReminded -> accept();
                case Remind _ -> accept(new Reminded(details, now));
                case Expire expire ->
                    expire.number() == details.number() ? accept(new Expired(details, now)) : accept();
                // The invite was already refused; the process can repeat the command.
                case Refuse _ -> accept();
            };
        }

        private Ended ended(End end, InviteEvent event) {
            return new Ended(details, dates.changed(event.at()), end);
        }

        private boolean hasFailed(String contractId) {
            return lastFailure.filter(it -> it.contractId().equals(contractId)).isPresent();
        }
    }

    /** @param feeBasisPoints the fee of the contract; empty for an acceptance that is older than pinned fees */
    record Accepted(InviteDetails details, Dates dates, String contractId, Optional<Integer> feeBasisPoints)
            implements Invite {
        private Decision<InviteEvent, InviteRejection> handle(InviteCommand command, Instant now) {
            return switch (command) {
                case Send send when !send.by().equals(details.clientId()) -> reject(NOT_YOURS);
                case Send send -> isRepeated(send, details) ? accept() : reject(ALREADY_ACCEPTED);
                case Withdraw withdraw ->
                    reject(withdraw.by().equals(details.clientId()) ? ALREADY_ACCEPTED : NOT_YOURS);
                case FreelancerCommand freelancerCommand
                when !freelancerCommand.by().equals(details.freelancerId()) -> reject(NOT_YOURS);
                case Accept _, Remind _, Expire _ -> accept();
                case Decline _ -> reject(ALREADY_ACCEPTED);
                case Refuse refuse
                when refuse.contractId().equals(contractId) ->
                    accept(new Refused(details, contractId, refuse.reason(), now));
                case Refuse _ -> accept();
            };
        }
    }

    record Ended(InviteDetails details, Dates dates, End end) implements Invite {
        private Decision<InviteEvent, InviteRejection> handle(InviteCommand command, Instant now) {
            return switch (command) {
                case Send send when !send.by().equals(details.clientId()) -> reject(NOT_YOURS);
                case Send send -> send(send, details.number() + 1, now);
                case Withdraw withdraw when !withdraw.by().equals(details.clientId()) -> reject(NOT_YOURS);
                case Withdraw _ -> end == End.WITHDRAWN ? accept() : reject(ALREADY_ENDED);
                case FreelancerCommand freelancerCommand
                when !freelancerCommand.by().equals(details.freelancerId()) -> reject(NOT_YOURS);
                case Accept _ -> reject(end == End.EXPIRED ? EXPIRED : ALREADY_ENDED);
                case Decline _ -> end == End.DECLINED ? accept() : reject(ALREADY_ENDED);
                case Remind _, Expire _, Refuse _ -> accept();
            };
        }
    }

    default Optional<InviteDetails> findDetails() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Pending pending -> Optional.of(pending.details);
            case Accepted accepted -> Optional.of(accepted.details);
            case Ended ended -> Optional.of(ended.details);
        };
    }

    /** Whether the hire for that contract is in progress or has succeeded. */
    default boolean isAcceptedFor(String contractId) {
        return switch (this) {
            case Accepted accepted -> accepted.contractId.equals(contractId);
            case NotCreated _, Pending _, Ended _ -> false;
        };
    }

    default boolean isVisibleTo(String accountId) {
        return findDetails()
                .filter(it ->
                        it.clientId().equals(accountId) || it.freelancerId().equals(accountId))
                .isPresent();
    }

    default Decision<InviteEvent, InviteRejection> decide(InviteCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case Send send -> send(send, 1, now);
                    case Withdraw _, FreelancerCommand _, Remind _, Expire _, Refuse _ -> reject(NOT_SENT);
                };
            case Pending pending -> pending.handle(command, now);
            case Accepted accepted -> accepted.handle(command, now);
            case Ended ended -> ended.handle(command, now);
        };
    }

    private static Decision<InviteEvent, InviteRejection> send(Send command, int number, Instant now) {
        if (command.by().equals(command.freelancerId())) return reject(SELF_INVITE);
        if (!command.offer().milestonesAddUp()) return reject(MILESTONES_DO_NOT_ADD_UP);
        if (!command.offer().milestonesFit()) return reject(MILESTONES_TOO_LONG);
        var expiresAt = now.plus(Duration.ofDays(command.days()));
        return accept(new Sent(
                new InviteDetails(
                        command.source(), command.by(), command.freelancerId(), command.offer(), expiresAt, number),
                now));
    }

    private static boolean isRepeated(Send command, InviteDetails details) {
        return command.freelancerId().equals(details.freelancerId())
                && command.source().equals(details.source())
                && command.offer().equals(details.offer());
    }

    default Invite evolve(InviteEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Sent sent -> Pending.of(sent);
                    case InviteEvent.Accepted _, Declined _, Withdrawn _, Reminded _, Expired _, Refused _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Pending pending ->
                switch (event) {
                    case InviteEvent.Accepted accepted ->
                        new Accepted(
                                pending.details,
                                pending.dates.changed(accepted.at()),
                                accepted.contractId(),
                                accepted.feeBasisPoints());
                    case Declined _ -> pending.ended(End.DECLINED, event);
                    case Withdrawn _ -> pending.ended(End.WITHDRAWN, event);
                    case Expired _ -> pending.ended(End.EXPIRED, event);
                    case Reminded _ -> new Pending(pending.details, pending.dates, true, pending.lastFailure);
                    case Sent _, Refused _ -> throw new CorruptJournalException(this, event);
                };
            case Accepted accepted ->
                switch (event) {
                    case Refused refused
                    when refused.why().isRetryable() ->
                        new Pending(
                                accepted.details,
                                accepted.dates.changed(refused.at()),
                                false,
                                Optional.of(new FailedHire(refused.contractId(), refused.why())));
                    case Refused refused ->
                        new Ended(accepted.details, accepted.dates.changed(refused.at()), End.REFUSED);
                    case Sent _, InviteEvent.Accepted _, Declined _, Withdrawn _, Reminded _, Expired _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Ended _ ->
                switch (event) {
                    case Sent sent -> Pending.of(sent);
                    case InviteEvent.Accepted _, Declined _, Withdrawn _, Reminded _, Expired _, Refused _ ->
                        throw new CorruptJournalException(this, event);
                };
        };
    }
}
