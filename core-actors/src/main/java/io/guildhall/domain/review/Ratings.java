package io.guildhall.domain.review;

import java.util.stream.IntStream;

/** Ratings from 1 to 5; 5 is best. */
public record Ratings(int overall, int quality, int communication, int timeliness, int professionalism) {
    boolean areInRange() {
        return IntStream.of(overall, quality, communication, timeliness, professionalism)
                .allMatch(it -> 1 <= it && it <= 5);
    }
}
