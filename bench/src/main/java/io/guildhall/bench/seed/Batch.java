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
                    whole.put("gigs", posted(gigs, person).map(Batch::gig).toList());
                    whole.put("jobs", posted(jobs, person).map(Batch::job).toList());
                    return whole;
                })
                .toList();
        long documents = people.stream()
                .mapToLong(person -> person.profile().stream().count()
                        + posted(gigs, person).count()
                        + posted(jobs, person).count())
                .sum();
        return new Batch(written, documents);
    }

    private static <T> Stream<T> posted(Map<String, List<T>> by, SeedPerson person) {
        return by.getOrDefault(person.id(), List.of()).stream();
    }

    private static Map<String, Object> gig(SeedGig gig) {
        return Map.of(
                "id",
                gig.id(),
                "gig",
                Map.of(
                        "title",
                        gig.title(),
                        "description",
                        gig.description(),
                        "category",
                        gig.category(),
                        "tags",
                        gig.tags(),
                        "packages",
                        gig.packages()));
    }

    private static Map<String, Object> job(SeedJob job) {
        return Map.of(
                "id",
                job.id(),
                "job",
                Map.of(
                        "title",
                        job.title(),
                        "description",
                        job.description(),
                        "category",
                        job.category(),
                        "skills",
                        job.skills(),
                        "pay",
                        job.pay(),
                        "budget",
                        job.budget()));
    }
}
