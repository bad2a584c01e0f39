package io.guildhall.domain.review;

import static io.guildhall.domain.review.Review.AGGREGATE;
import static io.guildhall.domain.review.ReviewRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.review.ReviewCommand.*;
import io.guildhall.domain.review.ReviewEvent.*;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ReviewTest {
    static final String CLIENT = "acc_client", FREELANCER = "acc_freelancer", STRANGER = "acc_stranger";
    static final Instant CLOSES = NOW.plus(Review.PERIOD), LATER = CLOSES.plusSeconds(1);
    static final Subject SUBJECT = new Subject("ctr_1", "A boat", Side.CLIENT, CLIENT, FREELANCER, CLOSES);
    static final Subject ELSEWHERE = new Subject("ctr_2", "A boat", Side.CLIENT, CLIENT, FREELANCER, CLOSES);
    static final Ratings FINE = new Ratings(5, 5, 4, 5, 3), POOR = new Ratings(1, 1, 1, 1, 1);
    static final ReviewEvent OPENED = new Opened(SUBJECT, NOW),
            WRITTEN = new Written(SUBJECT, FINE, "It floats", NOW),
            REVEALED = new Revealed(SUBJECT, FINE, "It floats", NOW),
            LAPSED = new Lapsed(SUBJECT, CLOSES);

    @Test
    void isOpenedOnce() {
        given(AGGREGATE)
                .when(new Open(SUBJECT))
                .then(OPENED)
                .when(new Open(SUBJECT))
                .thenNothingChanges()
                .when(new Open(ELSEWHERE))
                .thenRejected(EXISTS_WITH_OTHER_TERMS);
        given(AGGREGATE).when(new Write(CLIENT, FINE, "It floats")).thenRejected(NOT_OPENED);
    }

    @Test
    void isWrittenOnceByItsAuthor() {
        given(AGGREGATE, OPENED)
                .when(new Write(FREELANCER, FINE, "It floats"))
                .thenRejected(NOT_YOURS)
                .when(new Write(STRANGER, FINE, "It floats"))
                .thenRejected(NOT_YOURS)
                .when(new Write(CLIENT, FINE, "It floats"))
                .then(WRITTEN)
                .when(new Write(CLIENT, FINE, "It floats"))
                .thenNothingChanges()
                .when(new Write(CLIENT, POOR, "It sank"))
                .thenRejected(ALREADY_WRITTEN)
                .when(new Write(STRANGER, FINE, "It floats"))
                .thenRejected(NOT_YOURS);
    }

    @Test
    void rejectsRatingsOutOfRange() {
        for (var wrong : List.of(new Ratings(0, 5, 5, 5, 5), new Ratings(5, 5, 5, 5, 6), new Ratings(5, -1, 5, 5, 5)))
            given(AGGREGATE, OPENED).when(new Write(CLIENT, wrong, "")).thenRejected(RATINGS_OUT_OF_RANGE);
        given(AGGREGATE, OPENED).when(new Write(CLIENT, POOR, "")).then(new Written(SUBJECT, POOR, "", NOW));
    }

    @Test
    void isSealedUntilBothAreWrittenOrPeriodEnds() {
        given(AGGREGATE, OPENED).when(new Reveal()).thenRejected(NOT_WRITTEN);
        given(AGGREGATE, OPENED, WRITTEN)
                .when(new EndPeriod(), CLOSES.minusMillis(1))
                .thenRejected(TOO_EARLY)
                .when(new Reveal())
                .then(REVEALED)
                .when(new Reveal())
                .thenNothingChanges()
                .when(new EndPeriod(), LATER)
                .thenNothingChanges();
        given(AGGREGATE, OPENED, WRITTEN)
                .when(new EndPeriod(), CLOSES)
                .then(new Revealed(SUBJECT, FINE, "It floats", CLOSES));
    }

    @Test
    void lapsesIfNotWrittenInTime() {
        given(AGGREGATE, OPENED).when(new EndPeriod()).thenRejected(TOO_EARLY);
        given(AGGREGATE, OPENED).when(new Write(CLIENT, FINE, ""), LATER).thenRejected(TOO_LATE);
        given(AGGREGATE, OPENED)
                .when(new EndPeriod(), CLOSES)
                .then(LAPSED)
                .when(new EndPeriod(), LATER)
                .thenNothingChanges()
                .when(new Write(CLIENT, FINE, ""), LATER)
                .thenRejected(TOO_LATE)
                .when(new Write(STRANGER, FINE, ""), LATER)
                .thenRejected(NOT_YOURS)
                .when(new Reveal(), LATER)
                .thenRejected(NOT_WRITTEN);
    }

    @Test
    void idDependsOnSide() {
        assertNotEquals(Review.id("ctr_1", Side.CLIENT), Review.id("ctr_1", Side.FREELANCER));
        assertEquals(FREELANCER, SUBJECT.mirrored().authorId());
        assertEquals(SUBJECT, SUBJECT.mirrored().mirrored());
    }

    /** For random commands: a revealed review equals the written one, and a review is either revealed or lapses. */
    @Property
    void revealsOnlyWrittenReviews(@ForAll("sequences") List<Step<ReviewCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        var written = result.events(Written.class);
        var revealed = result.events(Revealed.class);
        assertTrue(written.size() <= 1 && revealed.size() <= written.size());
        assertTrue(written.size() + result.events(Lapsed.class).size() <= 1);
        for (var it : revealed) {
            assertEquals(written.getFirst().ratings(), it.ratings());
            assertEquals(written.getFirst().text(), it.text());
            assertTrue(result.journal().indexOf(written.getFirst())
                    < result.journal().indexOf(it));
        }
    }

    @Provide
    Arbitrary<List<Step<ReviewCommand>>> sequences() {
        return CommandSequence.random(COMMANDS, Duration.ZERO, Duration.ofDays(5));
    }

    static final List<ReviewCommand> COMMANDS = List.of(
            new Open(SUBJECT),
            new Open(ELSEWHERE),
            new Write(CLIENT, FINE, "It floats"),
            new Write(CLIENT, POOR, "It sank"),
            new Write(CLIENT, new Ratings(0, 0, 0, 0, 0), ""),
            new Write(STRANGER, FINE, "It floats"),
            new Reveal(),
            new EndPeriod());

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of(), Duration.ZERO, Duration.ofDays(15));
    }
}
