package io.guildhall.domain.invite;

import static io.guildhall.domain.invite.InviteRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.invite.InviteCommand.*;
import io.guildhall.domain.invite.InviteEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Journalled;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A client's offer to a freelancer. It is pending until it is accepted, or ends because it is declined, withdrawn or expires. The id of an
 * invite to a job is derived from job and freelancer, so there is at most one at a time; after it has ended it can be sent again. The hire
 * that follows an accepted invite can fail, which refuses the invite.
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
            Invite::evolve);

    String PREFIX = "inv";

    static String id(String jobId, String freelancerId) {
        return idPrefix(jobId) + Ids.body(freelancerId);
    }

    /** The common prefix of the ids of all invites to a job. */
    static String idPrefix(String jobId) {
        return PREFIX + "_" + Ids.body(jobId) + "-";
    }

    enum End {
        DECLINED,
        WITHDRAWN,
        EXPIRED,
        REFUSED
    }

    record NotCreated() implements Invite {}

    /** @param lastFailure why the hire after the last acceptance failed */
    record Pending(InviteDetails details, boolean isReminded, Optional<AcceptanceFailure> lastFailure)
            implements Invite {
        private Decision<InviteEvent, InviteRejection> handle(InviteCommand command, Instant now) {
            return switch (command) {
                case Send c when !c.by().equals(details.clientId()) -> reject(NOT_YOURS);
                // An equal offer under the same id is a repeated request.
                case Send c -> isRepeated(c, details) ? accept() : reject(ALREADY_SENT);
                case Withdraw c when !c.by().equals(details.clientId()) -> reject(NOT_YOURS);
                case Withdraw _ -> accept(new Withdrawn(details, now));
                case FreelancerCommand c when !c.by().equals(details.freelancerId()) -> reject(NOT_YOURS);
                case Accept _ when !now.isBefore(details.expiresAt()) -> reject(IS_EXPIRED);
                case Accept c -> accept(new InviteEvent.Accepted(details, c.contractId(), now));
                case Decline c -> accept(new Declined(details, c.reason(), now));
                case Remind c when c.number() != details.number() || isReminded -> accept();
                case Remind _ -> accept(new Reminded(details, now));
                case Expire c -> c.number() == details.number() ? accept(new Expired(details, now)) : accept();
                // The invite was already refused; the process can repeat the command.
                case Refuse _ -> accept();
            };
        }
    }

    record Accepted(InviteDetails details, String contractId) implements Invite {
        private Decision<InviteEvent, InviteRejection> handle(InviteCommand command, Instant now) {
            return switch (command) {
                case Send c when !c.by().equals(details.clientId()) -> reject(NOT_YOURS);
                case Send c -> isRepeated(c, details) ? accept() : reject(ALREADY_ACCEPTED);
                case Withdraw c -> reject(c.by().equals(details.clientId()) ? ALREADY_ACCEPTED : NOT_YOURS);
                case FreelancerCommand c when !c.by().equals(details.freelancerId()) -> reject(NOT_YOURS);
                case Accept _, Remind _, Expire _ -> accept();
                case Decline _ -> reject(ALREADY_ACCEPTED);
                case Refuse c
                when c.contractId().equals(contractId) -> accept(new Refused(details, contractId, c.reason(), now));
                case Refuse _ -> accept();
            };
        }
    }

    record Ended(InviteDetails details, End end) implements Invite {
        private Decision<InviteEvent, InviteRejection> handle(InviteCommand command, Instant now) {
            return switch (command) {
                case Send c when !c.by().equals(details.clientId()) -> reject(NOT_YOURS);
                case Send c -> send(c, details.number() + 1, now);
                case Withdraw c when !c.by().equals(details.clientId()) -> reject(NOT_YOURS);
                case Withdraw _ -> end == End.WITHDRAWN ? accept() : reject(IS_OVER);
                case FreelancerCommand c when !c.by().equals(details.freelancerId()) -> reject(NOT_YOURS);
                case Accept _ -> reject(end == End.EXPIRED ? IS_EXPIRED : IS_OVER);
                case Decline _ -> end == End.DECLINED ? accept() : reject(IS_OVER);
                case Remind _, Expire _, Refuse _ -> accept();
            };
        }
    }

    default Optional<InviteDetails> findDetails() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Pending i -> Optional.of(i.details);
            case Accepted i -> Optional.of(i.details);
            case Ended i -> Optional.of(i.details);
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
                    case Send c -> send(c, 1, now);
                    case Withdraw _, FreelancerCommand _, Remind _, Expire _, Refuse _ -> reject(NOT_SENT);
                };
            case Pending i -> i.handle(command, now);
            case Accepted i -> i.handle(command, now);
            case Ended i -> i.handle(command, now);
        };
    }

    private static Decision<InviteEvent, InviteRejection> send(Send c, int number, Instant now) {
        if (c.by().equals(c.freelancerId())) return reject(YOURSELF);
        if (!c.offer().milestonesAddUp()) return reject(MILESTONES_DO_NOT_ADD_UP);
        var expiresAt = now.plus(Duration.ofDays(c.days()));
        return accept(
                new Sent(new InviteDetails(c.source(), c.by(), c.freelancerId(), c.offer(), expiresAt, number), now));
    }

    private static boolean isRepeated(Send c, InviteDetails details) {
        return c.freelancerId().equals(details.freelancerId())
                && c.source().equals(details.source())
                && c.offer().equals(details.offer());
    }

    default Invite evolve(InviteEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Sent e -> new Pending(e.letter(), false, Optional.empty());
                    case InviteEvent.Accepted _, Declined _, Withdrawn _, Reminded _, Expired _, Refused _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Pending i ->
                switch (event) {
                    case InviteEvent.Accepted e -> new Accepted(i.details, e.contractId());
                    case Declined _ -> new Ended(i.details, End.DECLINED);
                    case Withdrawn _ -> new Ended(i.details, End.WITHDRAWN);
                    case Expired _ -> new Ended(i.details, End.EXPIRED);
                    case Reminded _ -> new Pending(i.details, true, i.lastFailure);
                    case Sent _, Refused _ -> throw new CorruptJournalException(this, event);
                };
            case Accepted i ->
                switch (event) {
                    case Refused e when e.why().isRetryable() -> new Pending(i.details, false, Optional.of(e.why()));
                    case Refused _ -> new Ended(i.details, End.REFUSED);
                    case Sent _, InviteEvent.Accepted _, Declined _, Withdrawn _, Reminded _, Expired _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Ended _ ->
                switch (event) {
                    case Sent e -> new Pending(e.letter(), false, Optional.empty());
                    case InviteEvent.Accepted _, Declined _, Withdrawn _, Reminded _, Expired _, Refused _ ->
                        throw new CorruptJournalException(this, event);
                };
        };
    }
}
