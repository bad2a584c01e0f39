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
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One party's review of the other after a contract. It is pending until it is written, and then sealed: only its author can read it. It is
 * revealed when the other party has written too or the review period ends. It lapses if it is not written in time. Its id is derived from
 * contract and side, so each party writes at most one.
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

    record Sealed(Subject subject, Ratings ratings, String text, Instant writtenAt) implements Review {}

    record Revealed(Subject subject, Ratings ratings, String text, Instant writtenAt) implements Review {}

    record Lapsed(Subject subject) implements Review {}

    default Optional<Subject> findSubject() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Pending r -> Optional.of(r.subject);
            case Sealed r -> Optional.of(r.subject);
            case Revealed r -> Optional.of(r.subject);
            case Lapsed r -> Optional.of(r.subject);
        };
    }

    default Decision<ReviewEvent, ReviewRejection> decide(ReviewCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case Open c -> accept(new Opened(c.subject(), now));
                    case Write _, Reveal _, EndPeriod _ -> reject(NOT_OPENED);
                };
            case Pending r ->
                switch (command) {
                    case Open c -> repeated(c, r.subject);
                    case Write c when !c.by().equals(r.subject.authorId()) -> reject(NOT_YOURS);
                    case Write _ when now.isAfter(r.subject.closesAt()) -> reject(TOO_LATE);
                    case Write c when !c.ratings().areInRange() -> reject(RATINGS_OUT_OF_RANGE);
                    case Write c -> accept(new Written(r.subject, c.ratings(), c.text(), now));
                    case Reveal _ -> reject(NOT_WRITTEN);
                    case EndPeriod _ when now.isBefore(r.subject.closesAt()) -> reject(TOO_EARLY);
                    case EndPeriod _ -> accept(new ReviewEvent.Lapsed(r.subject, now));
                };
            case Sealed r ->
                switch (command) {
                    case Open c -> repeated(c, r.subject);
                    case Write c -> rewrite(c, r.subject, r.ratings, r.text);
                    case Reveal _ -> accept(new ReviewEvent.Revealed(r.subject, r.ratings, r.text, now));
                    case EndPeriod _ when now.isBefore(r.subject.closesAt()) -> reject(TOO_EARLY);
                    case EndPeriod _ -> accept(new ReviewEvent.Revealed(r.subject, r.ratings, r.text, now));
                };
            case Revealed r ->
                switch (command) {
                    case Open c -> repeated(c, r.subject);
                    case Write c -> rewrite(c, r.subject, r.ratings, r.text);
                    case Reveal _, EndPeriod _ -> accept();
                };
            case Lapsed r ->
                switch (command) {
                    case Open c -> repeated(c, r.subject);
                    case Write c when !c.by().equals(r.subject.authorId()) -> reject(NOT_YOURS);
                    case Write _ -> reject(TOO_LATE);
                    case Reveal _ -> reject(NOT_WRITTEN);
                    case EndPeriod _ -> accept();
                };
        };
    }

    private static Decision<ReviewEvent, ReviewRejection> repeated(Open c, Subject subject) {
        return c.subject().contractId().equals(subject.contractId()) ? accept() : reject(OPENED_OTHERWISE);
    }

    private static Decision<ReviewEvent, ReviewRejection> rewrite(
            Write c, Subject subject, Ratings ratings, String text) {
        if (!c.by().equals(subject.authorId())) return reject(NOT_YOURS);
        return c.ratings().equals(ratings) && c.text().equals(text) ? accept() : reject(ALREADY_WRITTEN);
    }

    default Review evolve(ReviewEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Opened e -> new Pending(e.subject());
                    case Written _, ReviewEvent.Revealed _, ReviewEvent.Lapsed _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Pending r ->
                switch (event) {
                    case Written e -> new Sealed(r.subject, e.ratings(), e.text(), e.at());
                    case ReviewEvent.Lapsed _ -> new Lapsed(r.subject);
                    case Opened _, ReviewEvent.Revealed _ -> throw new CorruptJournalException(this, event);
                };
            case Sealed r ->
                switch (event) {
                    case ReviewEvent.Revealed _ -> new Revealed(r.subject, r.ratings, r.text, r.writtenAt);
                    case Opened _, Written _, ReviewEvent.Lapsed _ -> throw new CorruptJournalException(this, event);
                };
            case Revealed _, Lapsed _ -> throw new CorruptJournalException(this, event);
        };
    }
}
