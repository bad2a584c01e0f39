package io.guildhall.domain.profile;

import java.util.List;
import java.util.stream.Stream;

/** Hints about missing parts of a profile, most helpful first: what clients and the search read first comes first. */
public final class Completeness {
    private static final int MIN_BIO_WORDS = 40;
    private static final int MIN_SKILLS = 3;

    private Completeness() {}

    /**
     * @param code stable
     * @param advice a sentence
     * @param reason why the advice helps, as a sentence
     */
    public record ProfileHint(String code, String advice, String reason) {}

    private record Check(boolean isMissing, ProfileHint hint) {}

    /** Returns the hints for a profile; empty if nothing is missing. */
    public static List<ProfileHint> hintsFor(ProfileDetails profile) {
        var showcase = profile.showcaseOrEmpty();
        return Stream.of(
                        check(
                                profile.headline().isBlank(),
                                "headline",
                                "Describe what you do in one line.",
                                "Clients read it first, and the search uses it."),
                        check(
                                profile.bio().split("\\s+").length < MIN_BIO_WORDS,
                                "bio",
                                "Describe what you have done and for whom, in at least forty words.",
                                "The search compares the meaning of this text with what clients look for."),
                        check(
                                profile.skills().size() < MIN_SKILLS,
                                "skills",
                                "Name at least three skills.",
                                "Clients filter by skills, and each match lists the ones that you have."),
                        check(
                                showcase.portfolio().isEmpty(),
                                "portfolio",
                                "Add a piece of work to your portfolio.",
                                "Clients trust work that they can see."),
                        check(
                                profile.hourlyRate().isEmpty(),
                                "rate",
                                "Add an hourly rate.",
                                "Clients who filter by price cannot find you without one."),
                        check(
                                showcase.availability().isEmpty(),
                                "availability",
                                "Add when and how much you are available.",
                                "Clients with urgent work filter by it."),
                        check(
                                showcase.picture().isEmpty(),
                                "picture",
                                "Add a picture of yourself.",
                                "Clients prefer freelancers whose picture they can see."),
                        check(
                                showcase.languages().isEmpty(),
                                "languages",
                                "Add the languages that you work in.",
                                "Clients need to know which languages they can use with you."))
                .filter(Check::isMissing)
                .map(Check::hint)
                .toList();
    }

    private static Check check(boolean isMissing, String code, String advice, String reason) {
        return new Check(isMissing, new ProfileHint(code, advice, reason));
    }
}
