package io.guildhall.domain.profile;

import io.guildhall.kernel.Personal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The optional parts of a profile.
 *
 * @param location free text such as "Lisbon, or remote"; can be empty
 * @param links https only
 * @param picture key of a file
 */
public record Showcase(
        List<Language> languages,
        Optional<Availability> availability,
        @Personal String location,
        @Personal List<String> links,
        @Personal Optional<String> picture,
        List<Work> portfolio) {
    public static final Showcase EMPTY =
            new Showcase(List.of(), Optional.empty(), "", List.of(), Optional.empty(), List.of());

    public Showcase {
        languages = List.copyOf(languages);
        links = List.copyOf(links);
        portfolio = List.copyOf(portfolio);
    }

    /** @param code ISO 639-1, such as {@code de} */
    public record Language(String code, Level level) {
        public enum Level {
            BASIC,
            CONVERSATIONAL,
            FLUENT,
            NATIVE
        }
    }

    /**
     * @param hoursPerWeek empty if unknown
     * @param from first day of availability; empty if it is today
     */
    public record Availability(State state, OptionalInt hoursPerWeek, Optional<LocalDate> from) {
        public enum State {
            AVAILABLE,
            PARTLY,
            NOT
        }
    }

    /**
     * A piece of work in the portfolio.
     *
     * @param files keys of files, in display order
     */
    public record Work(
            @Personal String title,
            @Personal String text,
            @Personal Optional<String> link,
            @Personal List<String> files) {
        public Work {
            files = List.copyOf(files);
        }
    }

    /** The key of a file starts with the id of its owner. */
    boolean hasOnlyFilesOf(String accountId) {
        return Stream.concat(picture.stream(), portfolio.stream().flatMap(it -> it.files().stream()))
                .allMatch(it -> it.startsWith(accountId + "/"));
    }
}
