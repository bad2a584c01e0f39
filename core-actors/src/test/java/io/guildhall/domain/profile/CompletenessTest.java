package io.guildhall.domain.profile;

import static io.guildhall.testing.ProfileBuilder.aProfile;
import static io.guildhall.testing.ShowcaseBuilder.aShowcase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.profile.Completeness.ProfileHint;
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
    static final Showcase WHOLE = aShowcase()
            .withLanguages(new Language("de", Language.Level.NATIVE))
            .withAvailability(new Availability(State.PARTLY, OptionalInt.of(20), Optional.empty()))
            .withLocation("Lisbon")
            .withLinks("https://example.org")
            .withPicture("acc_ann/picture/fil_1.png")
            .withPortfolio(new Work("A boat", "Of oak", Optional.empty(), List.of("acc_ann/portfolio/fil_2.pdf")))
            .build();

    private static ProfileDetails details(Showcase showcase) {
        return aProfile()
                .withHeadline("I build boats")
                .withBio("word ".repeat(40))
                .withSkills("oak", "sails", "ropes")
                .withHourlyRate(new Money(8_000, "USD"))
                .withShowcase(showcase)
                .build();
    }

    private static List<String> codes(ProfileDetails details) {
        return Completeness.hintsFor(details).stream().map(ProfileHint::code).toList();
    }

    @Test
    void emptyProfileGetsAllHintsMostHelpfulFirst() {
        assertEquals(
                List.of("headline", "bio", "skills", "portfolio", "rate", "availability", "picture", "languages"),
                codes(ProfileDetails.EMPTY));
    }

    @Test
    void completeProfileGetsNoHints() {
        assertEquals(List.of(), codes(details(WHOLE)));
    }

    @Test
    void eachCompletedPartRemovesItsHint() {
        assertEquals(List.of("portfolio", "availability", "picture", "languages"), codes(details(Showcase.EMPTY)));
    }

    @Test
    void recognisesFilesOfOtherAccounts() {
        assertTrue(details(WHOLE).hasOnlyFilesOf("acc_ann"));
        assertFalse(details(WHOLE).hasOnlyFilesOf("acc_an"));
        assertTrue(ProfileDetails.EMPTY.hasOnlyFilesOf("acc_ann"));
    }
}
