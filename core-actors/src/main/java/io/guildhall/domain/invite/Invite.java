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
 * A client's offer to a freelancer: it waits, is taken, or is over. For a job its identity is made of job and freelancer, so that there is one
 * at a time; one that is over may be sent again. Once taken, the hire that follows either comes about or is refused.
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
        return ofJob(jobId) + Ids.body(freelancerId);
    }

    /** What the identities of all invites for a job begin with. */
    static String ofJob(String jobId) {
        return PREFIX + "_" + Ids.body(jobId) + "-";
    }

    enum End {
        DECLINED,
        WITHDRAWN,
        EXPIRED,
        REFUSED
    }

    record NotCreated() implements Invite {}

    /** @param refused why the last acceptance came to nothing */
    record Waiting(InviteDetails letter, boolean isReminded, Optional<AcceptanceFailure> refused) implements Invite {
        private Decision<InviteEvent, InviteRejection> answer(InviteCommand command, Instant now) {
            return switch (command) {
                case Send c when !c.by().equals(letter.clientId()) -> reject(NOT_YOURS);
                // The same offer under the same identity is the same request sent again.
                case Send c -> isRepeated(c, letter) ? accept() : reject(ALREADY_SENT);
                case Withdraw c when !c.by().equals(letter.clientId()) -> reject(NOT_YOURS);
                case Withdraw _ -> accept(new Withdrawn(letter, now));
                case OfFreelancer c when !c.by().equals(letter.freelancerId()) -> reject(NOT_YOURS);
                case Accept _ when !now.isBefore(letter.expiresAt()) -> reject(IS_EXPIRED);
                case Accept c -> accept(new Accepted(letter, c.contractId(), now));
                case Decline c -> accept(new Declined(letter, c.why(), now));
                case Remind c when c.number() != letter.number() || isReminded -> accept();
                case Remind _ -> accept(new Reminded(letter, now));
                case Expire c -> c.number() == letter.number() ? accept(new Expired(letter, now)) : accept();
                // Refused before: the process may ask again.
                case Refuse _ -> accept();
            };
        }
    }

    record Taken(InviteDetails letter, String contractId) implements Invite {
        private Decision<InviteEvent, InviteRejection> answer(InviteCommand command, Instant now) {
            return switch (command) {
                case Send c when !c.by().equals(letter.clientId()) -> reject(NOT_YOURS);
                case Send c -> isRepeated(c, letter) ? accept() : reject(ALREADY_ACCEPTED);
                case Withdraw c -> reject(c.by().equals(letter.clientId()) ? ALREADY_ACCEPTED : NOT_YOURS);
                case OfFreelancer c when !c.by().equals(letter.freelancerId()) -> reject(NOT_YOURS);
                case Accept _, Remind _, Expire _ -> accept();
                case Decline _ -> reject(ALREADY_ACCEPTED);
                case Refuse c
                when c.contractId().equals(contractId) -> accept(new Refused(letter, contractId, c.why(), now));
                case Refuse _ -> accept();
            };
        }
    }

    record Over(InviteDetails letter, End end) implements Invite {
        private Decision<InviteEvent, InviteRejection> answer(InviteCommand command, Instant now) {
            return switch (command) {
                case Send c when !c.by().equals(letter.clientId()) -> reject(NOT_YOURS);
                case Send c -> send(c, letter.number() + 1, now);
                case Withdraw c when !c.by().equals(letter.clientId()) -> reject(NOT_YOURS);
                case Withdraw _ -> end == End.WITHDRAWN ? accept() : reject(IS_OVER);
                case OfFreelancer c when !c.by().equals(letter.freelancerId()) -> reject(NOT_YOURS);
                case Accept _ -> reject(end == End.EXPIRED ? IS_EXPIRED : IS_OVER);
                case Decline _ -> end == End.DECLINED ? accept() : reject(IS_OVER);
                case Remind _, Expire _, Refuse _ -> accept();
            };
        }
    }

    default Optional<InviteDetails> sent() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Waiting i -> Optional.of(i.letter);
            case Taken i -> Optional.of(i.letter);
            case Over i -> Optional.of(i.letter);
        };
    }

    default boolean isVisibleTo(String accountId) {
        return sent().filter(it ->
                        it.clientId().equals(accountId) || it.freelancerId().equals(accountId))
                .isPresent();
    }

    default Decision<InviteEvent, InviteRejection> decide(InviteCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case Send c -> send(c, 1, now);
                    case Withdraw _, OfFreelancer _, Remind _, Expire _, Refuse _ -> reject(NOT_SENT);
                };
            case Waiting i -> i.answer(command, now);
            case Taken i -> i.answer(command, now);
            case Over i -> i.answer(command, now);
        };
    }

    private static Decision<InviteEvent, InviteRejection> send(Send c, int number, Instant now) {
        if (c.by().equals(c.freelancerId())) return reject(YOURSELF);
        if (!c.offer().addsUp()) return reject(MILESTONES_DO_NOT_ADD_UP);
        var expiresAt = now.plus(Duration.ofDays(c.days()));
        return accept(
                new Sent(new InviteDetails(c.source(), c.by(), c.freelancerId(), c.offer(), expiresAt, number), now));
    }

    private static boolean isRepeated(Send c, InviteDetails letter) {
        return c.freelancerId().equals(letter.freelancerId())
                && c.source().equals(letter.source())
                && c.offer().equals(letter.offer());
    }

    default Invite evolve(InviteEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Sent e -> new Waiting(e.letter(), false, Optional.empty());
                    case Accepted _, Declined _, Withdrawn _, Reminded _, Expired _, Refused _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Waiting i ->
                switch (event) {
                    case Accepted e -> new Taken(i.letter, e.contractId());
                    case Declined _ -> new Over(i.letter, End.DECLINED);
                    case Withdrawn _ -> new Over(i.letter, End.WITHDRAWN);
                    case Expired _ -> new Over(i.letter, End.EXPIRED);
                    case Reminded _ -> new Waiting(i.letter, true, i.refused);
                    case Sent _, Refused _ -> throw new CorruptJournalException(this, event);
                };
            case Taken i ->
                switch (event) {
                    case Refused e when e.why().canBeMended() -> new Waiting(i.letter, false, Optional.of(e.why()));
                    case Refused _ -> new Over(i.letter, End.REFUSED);
                    case Sent _, Accepted _, Declined _, Withdrawn _, Reminded _, Expired _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Over _ ->
                switch (event) {
                    case Sent e -> new Waiting(e.letter(), false, Optional.empty());
                    case Accepted _, Declined _, Withdrawn _, Reminded _, Expired _, Refused _ ->
                        throw new CorruptJournalException(this, event);
                };
        };
    }
}
