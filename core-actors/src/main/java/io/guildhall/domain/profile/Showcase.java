package io.guildhall.domain.profile;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What makes a profile complete.
 *
 * @param location as people say it, such as "Lisbon, or remote"; empty where nothing is said
 * @param links https only
 * @param picture a file's key
 */
public record Showcase(
        List<Language> languages,
        Optional<Availability> availability,
        String location,
        List<String> links,
        Optional<String> picture,
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
     * @param hoursPerWeek where that is known
     * @param from the first day, where it is not today
     */
    public record Availability(State state, OptionalInt hoursPerWeek, Optional<LocalDate> from) {
        public enum State {
            AVAILABLE,
            PARTLY,
            NOT
        }
    }

    /**
     * Something done before.
     *
     * @param files keys, in the order of showing
     */
    public record Work(String title, String text, Optional<String> link, List<String> files) {
        public Work {
            files = List.copyOf(files);
        }
    }

    /** A file's key begins with its owner. */
    boolean hasOnlyFilesOf(String accountId) {
        return Stream.concat(picture.stream(), portfolio.stream().flatMap(it -> it.files().stream()))
                .allMatch(it -> it.startsWith(accountId + "/"));
    }
}
