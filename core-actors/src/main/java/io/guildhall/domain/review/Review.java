package io.guildhall.domain.review;

import static io.guildhall.domain.review.ReviewRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.review.ReviewCommand.*;
import io.guildhall.domain.review.ReviewEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Duration;
import java.time.Instant;

/**
 * One party's review of the other after a contract. It is pending until it is written, and then sealed: only its author
 * can read it. It is revealed when the other party has written too or the review period ends. It lapses if it is not
 * written in time. Its id is derived from contract and side, so each party writes at most one.
 */
public sealed interface Review extends Journalled {
    /** The review period after the completion of a contract. */
    Duration PERIOD = Duration.ofDays(14);

    Aggregate<Review, ReviewCommand, ReviewEvent, ReviewRejection> AGGREGATE = new Aggregate<>(
            "review",
            Review.class,
            ReviewCommand.class,
            ReviewEvent.class,
            ReviewRejection.class,
            new NotCreated(),
            Review::decide,
            Review::evolve);

    static String id(String contractId, Side side) {
        return "rev_" + Ids.body(contractId) + (side == Side.CLIENT ? "-c" : "-f");
    }

    record NotCreated() implements Review {}

    record Pending(Subject subject) implements Review {}

    record Sealed(
            Subject subject,
            Ratings ratings,
            @Personal(of = "subject.subjectId") String text,
            Instant writtenAt) implements Review {}

    record Revealed(
            Subject subject,
            Ratings ratings,
            @Personal(of = "subject.subjectId") String text,
            Instant writtenAt) implements Review {}

    record Lapsed(Subject subject) implements Review {}

    default Decision<ReviewEvent, ReviewRejection> decide(ReviewCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case Open open -> accept(new Opened(open.subject(), now));
                    case Write _, Reveal _, EndPeriod _ -> reject(NOT_OPENED);
                };
            case Pending pending ->
                switch (command) {
                    case Open open -> repeated(open, pending.subject);
                    case Write write when !write.by().equals(pending.subject.authorId()) -> reject(NOT_YOURS);
                    case Write _ when now.isAfter(pending.subject.closesAt()) -> reject(TOO_LATE);
                    case Write write when !write.ratings().areInRange() -> reject(RATINGS_OUT_OF_RANGE);
                    case Write write -> accept(new Written(pending.subject, write.ratings(), write.text(), now));
                    case Reveal _ -> reject(NOT_WRITTEN);
                    case EndPeriod _ when now.isBefore(pending.subject.closesAt()) -> reject(TOO_EARLY);
                    case EndPeriod _ -> accept(new ReviewEvent.Lapsed(pending.subject, now));
                };
            case Sealed sealed ->
                switch (command) {
                    case Open open -> repeated(open, sealed.subject);
                    case Write write -> rewrite(write, sealed.subject, sealed.ratings, sealed.text);
                    case Reveal _ -> accept(new ReviewEvent.Revealed(sealed.subject, sealed.ratings, sealed.text, now));
                    case EndPeriod _ when now.isBefore(sealed.subject.closesAt()) -> reject(TOO_EARLY);
                    case EndPeriod _ ->
                        accept(new ReviewEvent.Revealed(sealed.subject, sealed.ratings, sealed.text, now));
                };
            case Revealed revealed ->
                switch (command) {
                    case Open open -> repeated(open, revealed.subject);
                    case Write write -> rewrite(write, revealed.subject, revealed.ratings, revealed.text);
                    case Reveal _, EndPeriod _ -> accept();
                };
            case Lapsed lapsed ->
                switch (command) {
                    case Open open -> repeated(open, lapsed.subject);
                    case Write write when !write.by().equals(lapsed.subject.authorId()) -> reject(NOT_YOURS);
                    case Write _ -> reject(TOO_LATE);
                    case Reveal _ -> reject(NOT_WRITTEN);
                    case EndPeriod _ -> accept();
                };
        };
    }

    private static Decision<ReviewEvent, ReviewRejection> repeated(Open command, Subject subject) {
        return command.subject().contractId().equals(subject.contractId()) ? accept() : reject(EXISTS_WITH_OTHER_TERMS);
    }

    private static Decision<ReviewEvent, ReviewRejection> rewrite(
            Write command, Subject subject, Ratings ratings, String text) {
        if (!command.by().equals(subject.authorId())) return reject(NOT_YOURS);
        return command.ratings().equals(ratings) && command.text().equals(text) ? accept() : reject(ALREADY_WRITTEN);
    }

    default Review evolve(ReviewEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Opened opened -> new Pending(opened.subject());
                    case Written _, ReviewEvent.Revealed _, ReviewEvent.Lapsed _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Pending pending ->
                switch (event) {
                    case Written written ->
                        new Sealed(pending.subject, written.ratings(), written.text(), written.at());
                    case ReviewEvent.Lapsed _ -> new Lapsed(pending.subject);
                    case Opened _, ReviewEvent.Revealed _ -> throw new CorruptJournalException(this, event);
                };
            case Sealed sealed ->
                switch (event) {
                    case ReviewEvent.Revealed _ ->
                        new Revealed(sealed.subject, sealed.ratings, sealed.text, sealed.writtenAt);
                    case Opened _, Written _, ReviewEvent.Lapsed _ -> throw new CorruptJournalException(this, event);
                };
            case Revealed _, Lapsed _ -> throw new CorruptJournalException(this, event);
        };
    }
}
