package io.guildhall.domain.profile;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a profile lacks, the most helpful first. The order is that of what a client, and the search, look at first: what one does, with which
 * skills, what there is to see of it, and when and for how much one is to be had.
 */
public final class Completeness {
    private static final int FEW_WORDS = 40;
    private static final int FEW_SKILLS = 3;

    private Completeness() {}

    /**
     * @param code stable
     * @param what would help
     * @param why it would
     */
    public record Hint(String code, String what, String why) {}

    private record Check(boolean isMissing, Hint hint) {}

    /** Empty where nothing is missing. */
    public static List<Hint> of(ProfileDetails it) {
        var shown = it.shown();
        return Stream.of(
                        check(
                                it.headline().isBlank(),
                                "headline",
                                "Say in one line what you do.",
                                "It is the first thing that clients read, and part of what you are found by."),
                        check(
                                it.bio().split("\\s+").length < FEW_WORDS,
                                "bio",
                                "Describe what you have done and for whom, in forty words or more.",
                                "You are found by the meaning of this text: what it does not say cannot match."),
                        check(
                                it.skills().size() < FEW_SKILLS,
                                "skills",
                                "Name three skills or more.",
                                "Clients filter by skills, and a match names those that you have."),
                        check(
                                shown.portfolio().isEmpty(),
                                "portfolio",
                                "Show a piece of work.",
                                "Clients believe what they see before what they read."),
                        check(
                                it.hourlyRate().isEmpty(),
                                "rate",
                                "Name an hourly rate.",
                                "Who filters by price does not find you without one."),
                        check(
                                shown.availability().isEmpty(),
                                "availability",
                                "Say when and how much you are available.",
                                "Who is in a hurry filters by it."),
                        check(
                                shown.picture().isEmpty(),
                                "picture",
                                "Add a picture of yourself.",
                                "People prefer to work with somebody who has a face."),
                        check(
                                shown.languages().isEmpty(),
                                "languages",
                                "Name the languages that you work in.",
                                "Clients need to know whether you will understand each other."))
                .filter(Check::isMissing)
                .map(Check::hint)
                .toList();
    }

    private static Check check(boolean isMissing, String code, String what, String why) {
        return new Check(isMissing, new Hint(code, what, why));
    }
}
