package io.guildhall.bench.seed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Some people with all they post, as {@code POST /guildhall/seed} takes them.
 *
 * @param documents how many profiles, gigs and jobs there are in it
 */
record Batch(List<Map<String, Object>> people, long documents) {

    static Map<String, Object> person(SeedPerson person) {
        var written = new LinkedHashMap<String, Object>();
        written.put("id", person.id());
        written.put("email", person.email());
        written.put("name", person.name());
        written.put("country", person.country());
        written.put("roles", person.roles());
        person.profile().ifPresent(profile -> written.put("profile", profile));
        return written;
    }

    static Batch of(List<SeedPerson> people, Map<String, List<SeedGig>> gigs, Map<String, List<SeedJob>> jobs) {
        var written = people.stream()
                .map(person -> {
                    var whole = person(person);
                    whole.put("gigs", gigs.getOrDefault(person.id(), List.of()));
                    whole.put("jobs", jobs.getOrDefault(person.id(), List.of()));
                    return whole;
                })
                .toList();
        long documents = people.stream()
                .flatMap(person -> Stream.of(
                        person.profile().stream().count(),
                        (long) gigs.getOrDefault(person.id(), List.of()).size(),
                        (long) jobs.getOrDefault(person.id(), List.of()).size()))
                .mapToLong(Long::longValue)
                .sum();
        return new Batch(written, documents);
    }
}
