package io.guildhall.domain.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.profile.Completeness.Hint;
import io.guildhall.domain.profile.Showcase.Availability;
import io.guildhall.domain.profile.Showcase.Availability.State;
import io.guildhall.domain.profile.Showcase.Language;
import io.guildhall.domain.profile.Showcase.Work;
import io.guildhall.kernel.Money;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CompletenessTest {
    static final Showcase WHOLE = new Showcase(
            List.of(new Language("de", Language.Level.NATIVE)),
            Optional.of(new Availability(State.PARTLY, OptionalInt.of(20), Optional.empty())),
            "Lisbon",
            List.of("https://example.org"),
            Optional.of("acc_ann/picture/fil_1.png"),
            List.of(new Work("A boat", "Of oak", Optional.empty(), List.of("acc_ann/portfolio/fil_2.pdf"))));

    private static ProfileDetails details(Showcase showcase) {
        return new ProfileDetails(
                "I build boats",
                "word ".repeat(40),
                List.of("oak", "sails", "ropes"),
                Optional.of(new Money(8_000, "USD")),
                Optional.of(showcase));
    }

    private static List<String> codes(ProfileDetails details) {
        return Completeness.of(details).stream().map(Hint::code).toList();
    }

    @Test
    void aBlankProfileLacksEverythingTheMostHelpfulFirst() {
        assertEquals(
                List.of("headline", "bio", "skills", "portfolio", "rate", "availability", "picture", "languages"),
                codes(ProfileDetails.BLANK));
    }

    @Test
    void aWholeProfileLacksNothing() {
        assertEquals(List.of(), codes(details(WHOLE)));
    }

    @Test
    void eachThingThatIsSaidTakesItsHintAway() {
        assertEquals(List.of("portfolio", "availability", "picture", "languages"), codes(details(Showcase.EMPTY)));
    }

    @Test
    void filesOfOthersAreNotOnesOwn() {
        assertTrue(details(WHOLE).hasOnlyFilesOf("acc_ann"));
        assertFalse(details(WHOLE).hasOnlyFilesOf("acc_an"));
        assertTrue(ProfileDetails.BLANK.hasOnlyFilesOf("acc_ann"));
    }
}
