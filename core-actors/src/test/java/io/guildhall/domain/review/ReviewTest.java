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
import io.guildhall.given.Conversation;
import io.guildhall.given.Conversation.Said;
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
                .thenItIsSoAlready()
                .when(new Open(ELSEWHERE))
                .thenRefused(OPENED_OTHERWISE);
        given(AGGREGATE).when(new Write(CLIENT, FINE, "It floats")).thenRefused(NOT_OPENED);
    }

    @Test
    void isWrittenOnceByItsAuthor() {
        given(AGGREGATE, OPENED)
                .when(new Write(FREELANCER, FINE, "It floats"))
                .thenRefused(NOT_YOURS)
                .when(new Write(STRANGER, FINE, "It floats"))
                .thenRefused(NOT_YOURS)
                .when(new Write(CLIENT, FINE, "It floats"))
                .then(WRITTEN)
                .when(new Write(CLIENT, FINE, "It floats"))
                .thenItIsSoAlready()
                .when(new Write(CLIENT, POOR, "It sank"))
                .thenRefused(ALREADY_WRITTEN)
                .when(new Write(STRANGER, FINE, "It floats"))
                .thenRefused(NOT_YOURS);
    }

    @Test
    void marksAreFromOneToFive() {
        for (var wrong : List.of(new Ratings(0, 5, 5, 5, 5), new Ratings(5, 5, 5, 5, 6), new Ratings(5, -1, 5, 5, 5)))
            given(AGGREGATE, OPENED).when(new Write(CLIENT, wrong, "")).thenRefused(RATINGS_OUT_OF_RANGE);
        given(AGGREGATE, OPENED).when(new Write(CLIENT, POOR, "")).then(new Written(SUBJECT, POOR, "", NOW));
    }

    @Test
    void isBlindUntilBothAreInOrTimeIsOver() {
        given(AGGREGATE, OPENED).when(new Reveal()).thenRefused(NOT_WRITTEN);
        given(AGGREGATE, OPENED, WRITTEN)
                .when(new EndPeriod(), CLOSES.minusMillis(1))
                .thenRefused(TOO_EARLY)
                .when(new Reveal())
                .then(REVEALED)
                .when(new Reveal())
                .thenItIsSoAlready()
                .when(new EndPeriod(), LATER)
                .thenItIsSoAlready();
        given(AGGREGATE, OPENED, WRITTEN)
                .when(new EndPeriod(), CLOSES)
                .then(new Revealed(SUBJECT, FINE, "It floats", CLOSES));
    }

    @Test
    void whatWasNotWrittenInTimeLapses() {
        given(AGGREGATE, OPENED).when(new EndPeriod()).thenRefused(TOO_EARLY);
        given(AGGREGATE, OPENED).when(new Write(CLIENT, FINE, ""), LATER).thenRefused(TOO_LATE);
        given(AGGREGATE, OPENED)
                .when(new EndPeriod(), CLOSES)
                .then(LAPSED)
                .when(new EndPeriod(), LATER)
                .thenItIsSoAlready()
                .when(new Write(CLIENT, FINE, ""), LATER)
                .thenRefused(TOO_LATE)
                .when(new Write(STRANGER, FINE, ""), LATER)
                .thenRefused(NOT_YOURS)
                .when(new Reveal(), LATER)
                .thenRefused(NOT_WRITTEN);
    }

    @Test
    void eachSideHasItsOwn() {
        assertNotEquals(Review.id("ctr_1", Side.CLIENT), Review.id("ctr_1", Side.FREELANCER));
        assertEquals(FREELANCER, SUBJECT.mirrored().authorId());
        assertEquals(SUBJECT, SUBJECT.mirrored().mirrored());
    }

    /** Shown is what was written, and nothing before; it is either shown or missed. */
    @Property
    void nothingIsRevealedButWhatWasWritten(@ForAll("conversations") List<Said<ReviewCommand>> said) {
        var held = Conversation.hold(AGGREGATE, said);
        var written = held.all(Written.class);
        var revealed = held.all(Revealed.class);
        assertTrue(written.size() <= 1 && revealed.size() <= written.size());
        assertTrue(written.size() + held.all(Lapsed.class).size() <= 1);
        for (var it : revealed) {
            assertEquals(written.getFirst().ratings(), it.ratings());
            assertEquals(written.getFirst().text(), it.text());
            assertTrue(
                    held.journal().indexOf(written.getFirst()) < held.journal().indexOf(it));
        }
    }

    @Provide
    Arbitrary<List<Said<ReviewCommand>>> conversations() {
        return Conversation.random(VOCABULARY, Duration.ZERO, Duration.ofDays(5));
    }

    static final List<ReviewCommand> VOCABULARY = List.of(
            new Open(SUBJECT),
            new Open(ELSEWHERE),
            new Write(CLIENT, FINE, "It floats"),
            new Write(CLIENT, POOR, "It sank"),
            new Write(CLIENT, new Ratings(0, 0, 0, 0, 0), ""),
            new Write(STRANGER, FINE, "It floats"),
            new Reveal(),
            new EndPeriod());

    @Test
    void nothingIsLeftUnsaid() {
        Conversation.reachesEverything(AGGREGATE, VOCABULARY, Set.of(), Duration.ZERO, Duration.ofDays(15));
    }
}
